import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { resolveByDns } from '../engines/egress-guard.ts';
import { runHttp } from './run-http.ts';

const config = readConfig(
  z.object({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: z.coerce.number().optional() }),
);

export const handler = onLambda(
  stageHandler(
    'run-http',
    runHttp({
      clock: systemClock,
      resolve: resolveByDns,
      allocatedMb: config.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    }),
  ),
);
