import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { datasetClient, datasetFiles } from '../engines/dataset-files.ts';
import { runSql } from './run-sql.ts';

const config = readConfig(
  z.object({
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: z.coerce.number().default(2048),
    SCRATCH_MB: z.coerce.number().default(512),
  }),
);
const allocatedMb = config.AWS_LAMBDA_FUNCTION_MEMORY_SIZE;

/** Node itself and the S3 client stay below this; the engine gets the rest. */
const nodeMb = 400;
/** A whole vCPU comes with this much memory. */
const mbPerVcpu = 1769;

export const handler = onLambda(
  stageHandler(
    'run-sql',
    runSql({
      clock: systemClock,
      datasets: datasetFiles(datasetClient(), (config.SCRATCH_MB / 2) * 1024 ** 2),
      allocatedMb,
      memoryMb: Math.max(256, allocatedMb - nodeMb),
      threads: Math.max(1, Math.round(allocatedMb / mbPerVcpu)),
    }),
  ),
);
