import * as z from 'zod';
import { settleConfig, settleWiring } from '../admission/settle-wiring.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { perKey, streamHandler } from '../edge/stream-handler.ts';
import { releaseRecord } from './release-record.ts';

const config = readConfig(
  settleConfig.extend({
    DISPATCH_MACHINE: z.string(),
    GENERATION_MACHINE: z.string(),
    BULK_MACHINE: z.string(),
  }),
);
const { deps, startNamed } = settleWiring(config, 'system:release');

/** Items served at once; each waits for the store most of the time. */
const atOnce = 16;

export const handler = onLambda(
  streamHandler(
    perKey(
      releaseRecord({
        ...deps,
        startWait: (second) =>
          startNamed(config.DISPATCH_MACHINE, `${second.at}#${second.stripe}`, {
            seconds: [second],
          }),
        startGeneration: (name, input) => startNamed(config.GENERATION_MACHINE, name, input),
        startOperation: (name, input) => startNamed(config.BULK_MACHINE, name, input),
      }),
      atOnce,
    ),
  ),
);
