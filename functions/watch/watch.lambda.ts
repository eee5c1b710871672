import * as z from 'zod';
import { settleConfig, settleWiring } from '../admission/settle-wiring.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { watchAll } from './watch-all.ts';

const config = readConfig(settleConfig.extend({ GENERATION_MACHINE: z.string() }));
const { deps, startNamed } = settleWiring(config, 'system:watch');

export const handler = onLambda(
  stageHandler(
    'watch-watch',
    watchAll({
      ...deps,
      startGeneration: (name, input) => startNamed(config.GENERATION_MACHINE, name, input),
    }),
  ),
);
