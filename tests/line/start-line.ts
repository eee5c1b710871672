import './quiet-logs.ts';

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { executionNameOf } from '../../functions/admission/execution-name.ts';
import { gateCatalogOf } from '../../functions/admission/gate-catalog-of.ts';
import { inParallel } from '../../functions/admission/in-parallel.ts';
import type { Effects } from '../../functions/stores/commit-instance.ts';
import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import type { StageInput } from '../../shared/contracts/stages.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { type MoveRequest, moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { isoOf, plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { BizDate, Instant } from '../../shared/domain/kernel/time.schema.ts';
import { Project } from '../../shared/domain/project/project.schema.ts';
import { setOffline } from '../../shared/domain/workflow/change-workflow.ts';
import type { WorkflowInput } from '../../shared/testing/a-workflow.ts';
import type { FaultRates } from '../faults/fault-proxy.ts';
import { openTables } from '../faults/open-tables.ts';
import { type Chance, seededChance } from '../faults/seeded-chance.ts';
import { consumer, type Shuffle } from './delivery.ts';
import { executions, type FateOf } from './executions.ts';
import { type LineStages, lineStages, lineStores, type Surroundings } from './line-stages.ts';
import { Killed, mortalClient } from './mortal-client.ts';
import { type PublishOptions, publishWorkflow } from './publish-workflow.ts';
import { streamSource } from './stream-source.ts';
import { virtualTime } from './virtual-time.ts';
import { witness } from './witness.ts';

export type LineOptions = {
  readonly seed?: number;
  readonly at?: Instant;
  /** Puts the fault proxy before the engine. */
  readonly faults?: Partial<FaultRates>;
  readonly shuffle?: Shuffle;
  readonly fateOf?: FateOf;
  /** How often a wake is lost: a second nobody waits for, a move that release never sees. */
  readonly lostWakes?: number;
  readonly limitOf?: (pool: string) => number | undefined;
  /** Gives each stage a connection of its own, and so a memory of its own, as each Lambda has. It cannot be killed then. */
  readonly clientOf?: (stage: keyof LineStages, endpoint: string) => DynamoDBDocumentClient;
};

/** Executions that work at the same time; AWS has more, a test engine does not bear them. */
const jobsAtOnce = 32;
const host = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };

/** A host whose time is over after a few looks at it, so that work in pieces is called again. */
const hurried = () => {
  let looks = 3;
  const getRemainingTimeInMillis = () => {
    looks -= 1;
    return looks < 0 ? 0 : 60_000;
  };
  return { awsRequestId: 'request', getRemainingTimeInMillis };
};

/**
 * The whole line in one process, on a real engine and a clock of its own: stages as deployed, streams, ticks, machines.
 * `restart` after a kill gives it new memory; the tables, the stream and what Step Functions keeps remain.
 */
export const startLine = async ({
  seed = 1,
  at = '2026-11-19T22:30:00.000Z',
  faults,
  shuffle,
  fateOf = () => ({ seconds: 5, how: 'succeeds' }),
  lostWakes = 0,
  limitOf = () => undefined,
  clientOf,
}: LineOptions = {}) => {
  const opened = await openTables(faults ? { seed, rates: faults } : {});
  const source = await streamSource(opened.direct, opened.endpoint, opened.tables.instances);
  const time = virtualTime(at);
  const chance = seededChance(seed);
  const seen = witness(time.clock, limitOf);
  const stores = lineStores(opened.client, opened.tables);
  const events: EventOut[] = [];
  const failures: unknown[] = [];
  const generations = new Map<string, { input: StageInput<'generate-plan'>; over: boolean }>();
  const operations = new Set<string>();
  const release = consumer(seed, shuffle);
  const record = consumer(seed + 7, shuffle);
  let deaths = 0;

  const machines = executions(time, () => life.stages, fateOf);

  const live = () => {
    const mortal = mortalClient(opened.endpoint);
    const surroundings: Surroundings = {
      clock: time.clock,
      startExecution: machines.start,
      stopAttempt: (instance) => machines.stop(executionNameOf(instance)),
      startWait: async (second) => {
        if (!chance.hits(lostWakes)) time.at(second.at, () => admit(second));
      },
      startGeneration: async (name, input) => {
        if (generations.has(name)) return;
        generations.set(name, { input, over: false });
        time.after(0, () => generate(name));
      },
      startOperation: async (name, input) => {
        if (operations.has(name)) return;
        operations.add(name);
        time.after(0, () => workOn(input));
      },
      announce: async (list) => {
        events.push(...list);
      },
    };
    const stagesOn = (client: DynamoDBDocumentClient) =>
      lineStages(lineStores(client, opened.tables), surroundings);
    const stages = clientOf ? apart(stagesOn, clientOf, opened.endpoint) : stagesOn(mortal.client);
    return { mortal, stages };
  };
  let life = live();

  const admit = async (second: StageInput<'dispatch-admit'>) => {
    await life.stages.admit(second, host);
  };

  const generate = async (name: string) => {
    const execution = generations.get(name);
    if (!execution || execution.over) return;
    const { stages } = life;
    const plan = await stages.plan(execution.input, host);
    await inParallel(plan.chunks, 4, (chunk) => retried(() => stages.chunk(chunk, host)));
    await stages.seal(plan, host);
    execution.over = true;
  };

  /** The machine of bulk operations. One that dies with its process is gone: watch starts another. */
  const workOn = async (input: StageInput<'bulk-run'>) => {
    const { stages } = life;
    const { bulkPlan, bulkRun, bulkExport } = stages;
    const stage = { plan: bulkPlan, run: bulkRun, export: bulkExport }[input.phase];
    const { more, ...next } = await retried(() => stage(input, hurried()));
    if (more) time.after(0, () => workOn(next));
  };

  const tick = async () => {
    ticking();
    const { stages } = life;
    if (time.nowMs() % 900_000 === 0) await retried(() => stages.due({}, host));
    const { seconds } = await retried(() => stages.look({}, host));
    for (const second of seconds) time.at(second.at, () => admit(second));
    await retried(() => stages.watch({}, host));
  };
  const ticking = () => time.at(isoOf((Math.floor(time.nowMs() / 60_000) + 1) * 60_000), tick);

  const job = async (work: () => Promise<void>) => {
    try {
      await retried(work);
    } catch (error) {
      if (!(error instanceof Killed || life.mortal.isDead())) failures.push(error);
    }
  };

  const restart = () => {
    deaths += 1;
    life.mortal.kill();
    life.mortal.client.destroy();
    time.forget();
    life = live();
    machines.die();
    for (const [name, { over }] of generations) if (!over) time.after(1, () => generate(name));
    ticking();
  };

  /** Does everything that can be done without time passing. */
  const drain = async () => {
    for (;;) {
      if (life.mortal.isDead()) restart();
      const due = time.takeDue();
      const records = await source.pull();
      await seen.see(records);
      release.add(
        lostWakes === 0 ? records : records.filter((each) => !isLost(each, chance, lostWakes)),
      );
      record.add(records);
      if (due.length === 0 && release.isIdle() && record.isIdle()) return;
      const { stages, mortal } = life;
      await Promise.all([
        inParallel(due, jobsAtOnce, job),
        release.deliver(stages.release, mortal.isDead),
        record.deliver(stages.record, mortal.isDead),
      ]);
    }
  };

  const runUntil = async (until: Instant) => {
    await drain();
    while (time.step(until)) await drain();
  };

  const createdAt = plusSeconds(at, -60);
  await stores.catalog.saveProject(
    Project.parse({ name: 'p', createdAt, updatedAt: createdAt, rev: 1 }),
    undefined,
  );
  ticking();

  return {
    /** What the API diagnoses with. */
    gate: {
      instances: stores.instances,
      catalog: gateCatalogOf({ ...stores, clock: time.clock }),
    },
    ...{ stores, time, events, seen, machines, failures, chance, opened },
    clock: time.clock,
    stages: () => life.stages,
    /** The connection of all stages. */
    client: () => life.mortal.client,
    deaths: () => deaths,
    drain,
    runUntil,
    /** Lets virtual time pass, ticks included. */
    run: (seconds: number) => runUntil(plusSeconds(time.clock(), seconds)),
    /** Lets time pass without anybody at work: an outage, or a test that has no use for the hours between. */
    jump: time.jump,
    /** New memory: what was remembered or under way is gone. */
    restart,
    /** The process dies after that many more requests, wherever it stands then; the next one starts at once. */
    dieAfter: (requests: number) => life.mortal.dieAfter(requests),
    saveProject: (project: Partial<Project> & { name: string }) =>
      stores.catalog.saveProject(
        Project.parse({ createdAt, updatedAt: createdAt, rev: 1, ...project }),
        undefined,
      ),
    publish: (fields: WorkflowInput, options?: PublishOptions) =>
      publishWorkflow(stores.catalog, fields, time.clock(), options),
    async takeOffline(workflow: string) {
      const record = await stores.catalog.findWorkflow('p', workflow);
      const offline = record && setOffline(record, 'prod', { at: time.clock() });
      if (!offline?.ok) throw new Error(`${workflow} is not online`);
      await stores.catalog.saveWorkflow(offline.value, record?.rev);
    },
    /** Generates a date now, as the request of a person does. */
    async generate(
      bizDate: BizDate,
      more: { project?: string; env?: 'prod' | 'dev'; cutoffAt?: Instant; id?: string } = {},
    ) {
      const { project = 'p', env = 'prod', cutoffAt = time.clock(), id } = more;
      const request = id ?? `generate-${env}-${project}-${bizDate}-${time.nowMs()}`;
      await stores.instances.createRequest({
        ...{ id: request, kind: 'generate', env, project, bizDate, cutoffAt },
        actor: 'ann',
        at: time.clock(),
        status: 'REQUESTED',
      });
      await drain();
      return (await stores.instances.findRequest(request))?.result;
    },
    /** An operator's move, as the API makes it; throws when it is refused. */
    async operate(
      id: string,
      request: Pick<MoveRequest, 'move' | 'set' | 'reason' | 'operation'>,
      effects: Effects = {},
    ) {
      for (;;) {
        const instance = await stores.instances.find(id);
        if (!instance) throw new Error(`no instance ${id}`);
        const moved = moveInstance(instance, { ...request, at: time.clock(), actor: 'ann' });
        if (!moved.ok) throw new Error(moved.error.message);
        if ((await stores.instances.commit(moved.value, effects)) === 'committed') return;
      }
    },
    async find(id: string): Promise<Instance> {
      const instance = await stores.instances.find(id);
      if (!instance) throw new Error(`no instance ${id}`);
      return instance;
    },
    async close() {
      life.mortal.client.destroy();
      source.close();
      await opened.close();
    },
  };
};

export type Line = Awaited<ReturnType<typeof startLine>>;

/** The stages, each taken from a wiring of its own. */
const apart = (
  stagesOn: (client: DynamoDBDocumentClient) => LineStages,
  clientOf: NonNullable<LineOptions['clientOf']>,
  endpoint: string,
): LineStages => {
  const one = <K extends keyof LineStages>(stage: K) => stagesOn(clientOf(stage, endpoint))[stage];
  return {
    ...{ look: one('look'), admit: one('admit'), watch: one('watch'), due: one('due') },
    ...{ bulkPlan: one('bulkPlan'), bulkRun: one('bulkRun'), bulkExport: one('bulkExport') },
    ...{ plan: one('plan'), chunk: one('chunk'), seal: one('seal'), claim: one('claim') },
    ...{ finish: one('finish'), ended: one('ended') },
    ...{ release: one('release'), record: one('record') },
  };
};

const tries = 6;

/** The Retry block of a state. */
const retried = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault) || attempt === tries) throw error;
    }
  }
};

/** Moves whose wake the minute's watch makes up for; a rerun or a request must reach release. */
const madeUpFor = /^(succeed|pass|retry|generate|ready|throttle|queue)\t/;

const isLost = (
  { dynamodb }: { dynamodb?: { NewImage?: Record<string, { L?: { S?: string }[] }> } },
  chance: Chance,
  probability: number,
): boolean => {
  const move = dynamodb?.NewImage?.mov?.L?.at(-1)?.S ?? '';
  return madeUpFor.test(move) && chance.hits(probability);
};
