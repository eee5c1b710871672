import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { generateChunk } from './generate-chunk.ts';
import { generateWiring } from './generate-wiring.ts';

export const handler = onLambda(stageHandler('generate-chunk', generateChunk(generateWiring())));
