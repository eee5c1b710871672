import { settleConfig, settleWiring } from '../admission/settle-wiring.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { watchAll } from './watch-all.ts';

const { deps } = settleWiring(readConfig(settleConfig), 'system:watch');

export const handler = onLambda(stageHandler('watch-watch', watchAll(deps)));
