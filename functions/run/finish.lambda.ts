import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { endWiring } from './end-wiring.ts';
import { finish } from './finish.ts';

export const handler = onLambda(stageHandler('run-finish', finish(endWiring())));
