import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { bulkWiring } from './bulk-wiring.ts';
import { runOperation } from './run-operation.ts';

export const handler = onLambda(stageHandler('bulk-run', runOperation(bulkWiring())));
