import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { endWiring } from './end-wiring.ts';
import { ended } from './ended.ts';

export const handler = onLambda(stageHandler('run-ended', ended(endWiring())));
