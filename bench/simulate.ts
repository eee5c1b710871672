import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InstanceRow } from '../shared/contracts/api/instance-view.ts';
import type { Client } from '../shared/contracts/client/create-client.ts';
import type { GeneratedWorkflow } from '../shared/domain/generation/plan.ts';
import { ThrottleRule } from '../shared/domain/pool/pool.schema.ts';
import { RuntimeSettings } from '../shared/domain/project/runtime-settings.schema.ts';
import { planHorizon } from '../shared/domain/simulation/plan-horizon.ts';
import { simulate } from '../shared/domain/simulation/simulate.ts';
import type { WorkflowDefinition } from '../shared/domain/workflow/definition.schema.ts';
import { apiClient } from '../tests/e2e/api-client.ts';
import { quantile } from '../tests/e2e/order-of.ts';
import { startRecorder } from '../tests/e2e/recorder.ts';
import { startBenchHost } from './bench-host.ts';
import { nightWorkflows } from './night.ts';

const project = 'night';
const bizDate = '2026-11-19';

/** Two hours before the generation, so that a slow machine has published all by then. */
const startAt = '2026-11-19T21:00:00.000Z';
const generatedAt = '2026-11-19T23:00:00.000Z';
const horizon = { from: '2026-11-20T00:00:00.000Z', until: '2026-11-20T05:00:00.000Z' };
const hours = 5;
const slots = 8;

/** Slots in the middle of the night, so that a window opens and closes within it. */
const narrow = { from: '02:00', to: '02:20', maxConcurrency: 3 };

const rule = ThrottleRule.parse({
  name: 'night',
  scope: { projects: [project], kinds: ['http'] },
  maxConcurrency: slots,
  windows: [{ days: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'], ...narrow }],
});

/** A machine that is busy with other things must not make it wait for ever. */
const mostRealMs = 14 * 60_000;

/**
 * A night as it was on the local host at 120 times the speed, against the simulation of the same night with the durations
 * that were measured: the same instances, no child before its parent, no pool over its limit, and how far the finish times
 * lie apart in virtual seconds (one of them is 8.3 ms of this machine).
 */
export const benchSimulate = async (speedText = '120'): Promise<boolean> => {
  const speed = Number(speedText);
  const state = mkdtempSync(join(tmpdir(), 'nightshift-simulate-'));
  const recorder = await startRecorder();
  const host = await startBenchHost(state, { at: Date.parse(startAt), speed });
  try {
    const call = apiClient(host.credentialsFile);
    const workflows = nightWorkflows(recorder, speed);
    await prepare(call, recorder.host, workflows);
    if (host.clock.iso() >= generatedAt)
      throw new Error('published too late for the night: the machine is too busy');
    const before = await simulated(call);
    const real = await untilMorning(call, () => host.clock.iso());
    const open = real.filter(({ status }) => status !== 'SUCCESS');
    if (real.length === 0 || open.length > 0) {
      const left = open
        .slice(0, 10)
        .map(({ id, status, error }) => `${id} ${status} ${error ?? ''}`);
      console.log(`${open.length} of ${real.length} instances did not succeed: ${left.join('; ')}`);
      return false;
    }
    const after = await simulated(call);

    const edges = planHorizon(planned(workflows)).parents;
    const stepped = withSteps(workflows, real, edges);
    console.log(
      'simulation | instances | same as real | order violations (sim, real) | most at once (sim, real) | median s | p95 s',
    );
    const fine = [
      report('guessed durations', before, real, edges),
      report('measured durations', after, real, edges),
      report('and steps', stepped, real, edges),
    ];
    const late = real.map(({ dueAt, startedAt }) => secondsFrom(dueAt, startedAt ?? dueAt));
    console.log(
      `real night: ${real.filter(({ status }) => status === 'SUCCESS').length} of ${real.length} succeeded, ${real.filter(({ autoRetries }) => autoRetries > 0).length} retried, speed ${speed}, longest wait after the due time ${Math.max(...late).toFixed(0)} virtual s; load ${loadavg()[1]?.toFixed(1)} of ${availableParallelism()} cores`,
    );
    return fine.every(Boolean);
  } finally {
    recorder.stop();
    await host.stop();
    rmSync(state, { recursive: true, force: true });
  }
};

const prepare = async (
  call: Client,
  allowed: string,
  workflows: readonly WorkflowDefinition[],
): Promise<void> => {
  await call('createProject', { body: { name: project, allowHosts: [allowed] } });
  await call('createThrottleRule', { body: rule });
  for (const definition of workflows)
    await call('publishWorkflow', {
      params: { project, workflow: definition.workflow },
      body: { definition: JSON.parse(JSON.stringify(definition)) },
    });
};

/** A finished instance, of the night or of its simulation. */
type Finished = {
  readonly id: string;
  readonly startAt?: string | undefined;
  readonly endAt?: string | undefined;
};

const simulated = async (call: Client): Promise<readonly Finished[]> => {
  const { simulation } = await call('simulate', {
    params: { project },
    body: { from: horizon.from, hours },
  });
  return simulation.instances;
};

/** The instances of the night once all of them have ended. */
const untilMorning = async (call: Client, now: () => string): Promise<readonly InstanceRow[]> => {
  const until = performance.now() + mostRealMs;
  for (;;) {
    await sleep(5_000);
    const rows: InstanceRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await call('listInstances', { query: { project, bizDate, limit: 200, cursor } });
      rows.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    const over =
      rows.length > 0 && rows.every(({ status }) => status === 'SUCCESS' || status === 'FAILED');
    if ((over && now() >= horizon.until) || performance.now() > until) return rows;
  }
};

const planned = (workflows: readonly WorkflowDefinition[]) => ({
  ...horizon,
  stateOf: () => undefined,
  workflows: workflows.map(
    (definition): GeneratedWorkflow => ({
      ...{ env: 'prod', project, zone: 'UTC', dst: 'shift', version: 1, timing: 'ON', definition },
      settings: RuntimeSettings.parse({}),
      isWorkday: () => true,
    }),
  ),
});

/**
 * The night once more, with what the steps between tasks took on this machine added to each attempt: on a clock this quick
 * they weigh more than the tasks. It tells what the simulation gets wrong besides.
 */
const withSteps = (
  workflows: readonly WorkflowDefinition[],
  rows: readonly InstanceRow[],
  parents: ReadonlyMap<string, readonly string[]>,
): readonly Finished[] => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const steps = [...parents]
    .flatMap(([child, above]) => {
      const row = byId.get(child);
      const ready = [row?.dueAt ?? '', ...above.map((id) => byId.get(id)?.endedAt ?? '')]
        .toSorted()
        .at(-1);
      return row?.submittedAt && ready ? [secondsFrom(ready, row.submittedAt)] : [];
    })
    .toSorted((a, b) => a - b);
  // The upper part of them waited for slots.
  const step = quantile(steps, 0.25);
  const attempts = Map.groupBy(rows, ({ workflow, task }) => `${workflow}/${task}`);
  const meanOf = (own: readonly InstanceRow[]) =>
    own.reduce(
      (sum, row) => sum + secondsFrom(row.submittedAt ?? row.startedAt ?? '', row.endedAt ?? ''),
      0,
    ) / own.length;
  console.log(`a step between two tasks took ${step.toFixed(1)} virtual s`);

  return simulate({
    ...planned(workflows),
    project,
    limits: { rules: [rule], groups: [], holds: [] },
    expected: ({ workflow, task }) => ({
      seconds: step + meanOf(attempts.get(`${workflow}/${task}`) ?? []),
      guessed: false,
    }),
  }).instances;
};

const report = (
  name: string,
  simulation: readonly Finished[],
  rows: readonly InstanceRow[],
  parents: ReadonlyMap<string, readonly string[]>,
): boolean => {
  const real = rows.map(({ id, startedAt, endedAt }) => ({
    id,
    startAt: startedAt ?? undefined,
    endAt: endedAt ?? undefined,
  }));
  const endOf = new Map(real.map(({ id, endAt }) => [id, endAt]));
  const same = simulation.length === real.length && simulation.every(({ id }) => endOf.has(id));
  const apart = simulation
    .flatMap(({ id, endAt }) => {
      const end = endOf.get(id);
      return end && endAt ? [Math.abs(secondsFrom(endAt, end))] : [];
    })
    .toSorted((a, b) => a - b);
  const violations = [simulation, real].map((each) => violationsIn(each, parents));
  const http = new Set(rows.filter(({ kind }) => kind === 'http').map(({ id }) => id));
  const most = [simulation, real].map((each) => mostAtOnce(each.filter(({ id }) => http.has(id))));

  console.log(
    [
      name,
      `${simulation.length}, ${real.length}`,
      same ? 'yes' : 'NO',
      violations.join(', '),
      `${most.join(', ')} of ${slots}`,
      quantile(apart, 0.5).toFixed(1),
      quantile(apart, 0.95).toFixed(1),
    ].join(' | '),
  );
  return same && violations.every((each) => each === 0) && most.every((each) => each <= slots);
};

/** Children that started before a parent had ended. */
const violationsIn = (
  instances: readonly Finished[],
  parents: ReadonlyMap<string, readonly string[]>,
): number => {
  const byId = new Map(instances.map((each) => [each.id, each]));
  return [...parents].filter(([child, above]) =>
    above.some((parent) => (byId.get(child)?.startAt ?? '9') < (byId.get(parent)?.endAt ?? '')),
  ).length;
};

const mostAtOnce = (instances: readonly Finished[]): number => {
  const edges = instances
    .flatMap(({ startAt: start = '', endAt: end = '' }) =>
      start === end
        ? []
        : [
            { at: start, by: 1 },
            { at: end, by: -1 },
          ],
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.by - b.by));
  let [now, most] = [0, 0];
  for (const { by } of edges) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
};

const secondsFrom = (a: string, b: string): number => (Date.parse(b) - Date.parse(a)) / 1000;
