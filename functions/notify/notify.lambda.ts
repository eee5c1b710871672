import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { streamHandler } from '../edge/stream-handler.ts';
import { notifyBatch } from './notify-batch.ts';
import { notifyConfig, notifyWiring } from './notify-wiring.ts';
import { takeOccurrences } from './take-occurrence.ts';

const { tell, send } = notifyWiring(readConfig(notifyConfig));

/** So long a batch may go on sending: occurrences behind it must not wait for the provider. */
const sendingMs = 5_000;
/** A send that began must have time to end and to be written down. */
const marginMs = 25_000;

export const handler = onLambda((event, host) => {
  const endsAt = performance.now() + Math.max(0, host.getRemainingTimeInMillis() - marginMs);
  let sendsUntil: number | undefined;
  // The clock of sending starts when it is first asked: occurrences before it have taken their own time.
  const timeLeft = () => {
    sendsUntil ??= Math.min(endsAt, performance.now() + sendingMs);
    return sendsUntil - performance.now();
  };
  return streamHandler(notifyBatch({ ...send, takeOccurrences: takeOccurrences(tell) }, timeLeft))(
    event,
    host,
  );
});
