import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { finish } from './finish.ts';
import { runWiring } from './run-wiring.ts';

export const handler = onLambda(stageHandler('run-finish', finish(runWiring())));
