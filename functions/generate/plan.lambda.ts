import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { generateWiring } from './generate-wiring.ts';
import { planGeneration } from './plan-generation.ts';

export const handler = onLambda(stageHandler('generate-plan', planGeneration(generateWiring())));
