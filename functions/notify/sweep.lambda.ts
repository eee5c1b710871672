import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metricNames, metricNamespace } from '../../shared/contracts/metrics.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { messageDelay } from './message-delay.ts';
import { noteMail } from './note-mail.ts';
import { notifyConfig, notifyWiring } from './notify-wiring.ts';
import { serveDue } from './serve-due.ts';
import { sweep } from './sweep.ts';

const config = readConfig(notifyConfig);
const { tell, send } = notifyWiring(config);
const metrics = new Metrics({ namespace: metricNamespace });
const serve = serveDue(tell);

/** The next sweep begins when this one takes up nothing new, so a long queue drains without a pause. */
const workMs = 60_000;
const marginMs = 25_000;

export const handler = onLambda(
  stageHandler('notify-sweep', async (_, host) => {
    const end = performance.now() + Math.min(workMs, host.getRemainingTimeInMillis() - marginMs);
    metrics.addMetric(metricNames.messageDelay, MetricUnit.Seconds, await messageDelay(send));
    metrics.publishStoredMetrics();
    await noteMail(send, config.MAIL_FROM);
    return sweep({ ...send, serve: { digest: serve, alert: serve, incident: serve } })(
      () => end - performance.now(),
    );
  }),
);
