import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { lookAhead } from './look-ahead.ts';

const config = readConfig(z.object({ INSTANCES_TABLE: z.string() }));

export const handler = onLambda(
  stageHandler(
    'dispatch-look',
    lookAhead({
      instances: instanceStore({ client: documentClient(), table: config.INSTANCES_TABLE }),
      clock: systemClock,
    }),
  ),
);
