import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { gateCatalogOf } from '../../functions/admission/gate-catalog-of.ts';
import { type StartExecution, startAttemptOn } from '../../functions/admission/start-attempt.ts';
import { exportLogs } from '../../functions/bulk/export-logs.ts';
import { planOperation } from '../../functions/bulk/plan-operation.ts';
import { runOperation } from '../../functions/bulk/run-operation.ts';
import { admitDue } from '../../functions/dispatch/admit-due.ts';
import { lookAhead } from '../../functions/dispatch/look-ahead.ts';
import { stageHandler } from '../../functions/edge/stage-handler.ts';
import { perKey, streamHandler } from '../../functions/edge/stream-handler.ts';
import type { Clock } from '../../functions/edge/system-clock.ts';
import { dueGenerations } from '../../functions/generate/due-generations.ts';
import { generateChunk } from '../../functions/generate/generate-chunk.ts';
import { planGeneration } from '../../functions/generate/plan-generation.ts';
import { sealGeneration } from '../../functions/generate/seal-generation.ts';
import { tellLinesOf } from '../../functions/matching/tell-lines.ts';
import { tellWorld } from '../../functions/matching/tell-world.ts';
import { backfillEnds } from '../../functions/record/backfill-ends.ts';
import { foldBatch } from '../../functions/record/fold-batch.ts';
import { publishGroup, sampleDurations } from '../../functions/record/publish-group.ts';
import { tellOf } from '../../functions/record/tell-of.ts';
import { releaseRecord } from '../../functions/release/release-record.ts';
import { claim } from '../../functions/run/claim.ts';
import { ended } from '../../functions/run/ended.ts';
import { finish } from '../../functions/run/finish.ts';
import { catalogStore } from '../../functions/stores/catalog-store.ts';
import { instanceStore } from '../../functions/stores/instance-store.ts';
import { ledgerStore } from '../../functions/stores/ledger-store.ts';
import { logStore } from '../../functions/stores/logs-store.ts';
import { viewStore } from '../../functions/stores/views-store.ts';
import { watchAll } from '../../functions/watch/watch-all.ts';
import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import type { StageInput } from '../../shared/contracts/stages.ts';
import type { TableName } from '../../shared/contracts/tables.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';

/** The stores of one process. */
export const lineStores = (
  client: DynamoDBDocumentClient,
  tables: Readonly<Record<TableName, string>>,
) => ({
  catalog: catalogStore({ client, table: tables.catalog }),
  instances: instanceStore({ client, table: tables.instances }),
  ledger: ledgerStore({ client, table: tables.ledger }),
  logs: logStore({ client, table: tables.logs }),
  views: viewStore({ client, table: tables.views, instancesTable: tables.instances }),
});

export type LineStores = ReturnType<typeof lineStores>;

/** What the deployment gives to stages besides the stores. */
export type Surroundings = {
  readonly clock: Clock;
  readonly startExecution: StartExecution;
  readonly stopAttempt: (instance: Instance) => Promise<void>;
  readonly startWait: (second: { readonly at: string; readonly stripe: number }) => Promise<void>;
  readonly startGeneration: (name: string, input: StageInput<'generate-plan'>) => Promise<void>;
  readonly startOperation: (name: string, input: StageInput<'bulk-run'>) => Promise<void>;
  readonly announce: (events: readonly EventOut[]) => Promise<void>;
};

/** Every stage wired as its entry does it, with the hosts that parse what goes in and out, without Lambda. */
export const lineStages = (
  stores: LineStores,
  { clock, startExecution, stopAttempt, announce, ...starts }: Surroundings,
) => {
  const { catalog, instances, ledger, logs, views } = stores;
  const { startGeneration, startOperation } = starts;
  const settle = (actor: string) => ({
    instances,
    catalog: gateCatalogOf({ catalog, instances, views, clock }),
    clock,
    actor,
    startAttempt: startAttemptOn(startExecution, { express: 'express', standard: 'standard' }),
    stopAttempt,
  });
  const generate = { catalog, instances, clock };
  const world = tellWorld({ catalog, clock });
  const tell = tellOf(world);
  const tellLines = tellLinesOf(world, ledger, logs);
  const publish = publishGroup({ ledger, announce, views });
  const endBackfills = backfillEnds({ instances, clock, announce });
  const sample = sampleDurations({ views });
  const fold = foldBatch({
    instances,
    views,
    clock,
    tell: async (steps) => (await tell(steps)).map(ledger.occurrencePut),
    publish: async (group) => {
      await publish(group);
      await endBackfills(group);
    },
    sample: async (group) => {
      await sample(group);
      await endBackfills(group);
    },
  });

  return {
    look: stageHandler('dispatch-look', lookAhead({ instances, clock })),
    admit: stageHandler('dispatch-admit', admitDue(settle('system:dispatch'))),
    watch: stageHandler(
      'watch-watch',
      watchAll({
        ...settle('system:watch'),
        ...{ holds: catalog, ledger, startGeneration, startOperation },
        ...{ rules: catalog, told: ledger, counters: views, world },
      }),
    ),
    due: stageHandler('generate-due', dueGenerations({ catalog, ledger, clock, startGeneration })),
    plan: stageHandler('generate-plan', planGeneration(generate)),
    chunk: stageHandler('generate-chunk', generateChunk(generate)),
    seal: stageHandler(
      'generate-seal',
      sealGeneration({ ...generate, ledger, announce: (event) => announce([event]) }),
    ),
    bulkPlan: stageHandler('bulk-plan', planOperation({ catalog, instances, views, clock })),
    bulkRun: stageHandler('bulk-run', runOperation({ catalog, instances, clock })),
    bulkExport: stageHandler(
      'bulk-export',
      exportLogs({ instances, logs, clock, region: 'local', files: { put: async () => {} } }),
    ),
    claim: stageHandler('run-claim', claim({ catalog, instances, logs, clock })),
    finish: stageHandler('run-finish', finish({ instances, logs, clock, tellLines })),
    ended: stageHandler('run-ended', ended({ instances, logs, clock, tellLines })),
    release: streamHandler(perKey(releaseRecord({ ...settle('system:release'), ...starts }), 16)),
    record: streamHandler(async (records) => {
      await fold(records);
      return undefined;
    }),
  };
};

export type LineStages = ReturnType<typeof lineStages>;
