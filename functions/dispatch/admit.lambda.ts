import { settleConfig, settleWiring } from '../admission/settle-wiring.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { admitDue } from './admit-due.ts';

const { deps } = settleWiring(readConfig(settleConfig), 'system:dispatch');

export const handler = onLambda(stageHandler('dispatch-admit', admitDue(deps)));
