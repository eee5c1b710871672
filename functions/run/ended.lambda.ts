import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { ended } from './ended.ts';
import { runWiring } from './run-wiring.ts';

export const handler = onLambda(stageHandler('run-ended', ended(runWiring())));
