import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import { metricNames, metricNamespace } from '../../shared/contracts/metrics.ts';
import { readConfig } from '../edge/config.ts';
import { onLambda } from '../edge/lambda.ts';
import { stageHandler } from '../edge/stage-handler.ts';
import { systemClock } from '../edge/system-clock.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import { findHoles } from './find-holes.ts';

const config = readConfig(
  z.object({ CATALOG_TABLE: z.string(), INSTANCES_TABLE: z.string(), LEDGER_TABLE: z.string() }),
);
const client = documentClient();
const metrics = new Metrics({ namespace: metricNamespace });

export const handler = onLambda(
  stageHandler(
    'watch-sentinel',
    findHoles({
      catalog: catalogStore({ client, table: config.CATALOG_TABLE }),
      instances: instanceStore({ client, table: config.INSTANCES_TABLE }),
      ledger: ledgerStore({ client, table: config.LEDGER_TABLE }),
      clock: systemClock,
      report: (holes) => {
        metrics.addMetric(metricNames.generationHoles, MetricUnit.Count, holes);
        metrics.publishStoredMetrics();
      },
    }),
  ),
);
