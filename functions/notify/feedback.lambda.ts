import * as z from 'zod';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { documentClient } from '../stores/clients.ts';
import { deliveries } from '../stores/deliveries.ts';
import { suppressions } from '../stores/suppressions.ts';
import { takeFeedback } from './take-feedback.ts';

const config = readConfig(z.object({ LEDGER_TABLE: z.string() }));
const ledger = { client: documentClient(), table: config.LEDGER_TABLE };

export const handler = onLambda(
  stageHandler(
    'notify-feedback',
    takeFeedback({
      deliveries: deliveries(ledger),
      suppressions: suppressions(ledger),
      clock: systemClock,
    }),
  ),
);
