import { ThrottleRule } from '../shared/domain/pool/pool.schema.ts';
import { meterUnits, type UnitMeter } from '../tests/faults/consumed-units.ts';
import { engineClient } from '../tests/faults/engine.ts';
import { work } from '../tests/line/line-tasks.ts';
import { startLine } from '../tests/line/start-line.ts';

/** Capacity units of a stage, divided by the attempts made. */
type StageUnits = { readonly stage: string; readonly write: number; readonly read: number };

export type UnitReport = {
  readonly attempts: number;
  readonly edges: number;
  /** What an attempt costs, from generation to the folded counters. */
  readonly stages: readonly StageUnits[];
  /** What a minute costs, whether anything happens or not. */
  readonly perMinute: readonly StageUnits[];
};

const width = 10;
const layers = 8;
const perTick: ReadonlySet<string> = new Set(['look', 'watch', 'due']);

/**
 * Runs a workflow of 80 tasks, 1.5 parents each on average, under one throttling rule with room for all, six cycles of
 * it so that code is remembered as in a Lambda that stays warm. Every stage has a connection and a memory of its own.
 */
export const measureUnits = async (): Promise<UnitReport> => {
  const meters = new Map<string, UnitMeter>();
  const line = await startLine({
    at: '2026-11-19T23:58:30.000Z',
    clientOf: (stage, endpoint) => {
      const client = engineClient(endpoint);
      meters.set(stage, meterUnits(client));
      return client;
    },
  });
  try {
    await line.stores.catalog.saveRule(
      ThrottleRule.parse({ name: 'all', scope: { projects: ['p'] }, maxConcurrency: 20 }),
      undefined,
    );
    await line.publish({
      workflow: 'w',
      schedule: { every: 'minute', interval: 5, from: '00:00', to: '00:25' },
      tasks: layered(),
    });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:29:00.000Z');

    const all = line.seen.instances();
    if (line.failures.length > 0 || all.some(({ status }) => status !== 'SUCCESS'))
      throw new Error('the line did not run to its end');
    const units = [...meters].map(([stage, meter]) => ({ stage, ...meter.take() }));
    const per = (by: number, ticks: boolean) =>
      units
        .filter(({ stage }) => perTick.has(stage) === ticks)
        .map(({ stage, write, read }) => ({ stage, write: write / by, read: read / by }))
        .filter(({ write, read }) => write + read > 0);
    return {
      attempts: all.length,
      edges: all.reduce((sum, { id }) => sum + line.seen.parentsOf(id).length, 0),
      stages: per(all.length, false),
      perMinute: per(30, true),
    };
  } finally {
    await line.close();
  }
};

/** Layer on layer: every task waits for the one above it, seven of ten for its neighbour too. */
const layered = () =>
  Array.from({ length: width * layers }, (_, n) => {
    const [layer, place] = [Math.floor(n / width), n % width];
    const above = (column: number) => `t${(layer - 1) * width + (column % width)}`;
    const upstreams = layer === 0 ? [] : [above(place), ...(place < 7 ? [above(place + 1)] : [])];
    return work(`t${n}`, { upstreams });
  });

/** Prints the table: capacity units per attempt by stage, and per minute at rest. */
export const benchUnits = async (): Promise<boolean> => {
  const report = await measureUnits();
  const sum = (of: 'write' | 'read') => report.stages.reduce((all, each) => all + each[of], 0);
  const row = (name: string, write: number, read: number) =>
    console.log(
      `${name.padEnd(12)} ${write.toFixed(2).padStart(10)} ${read.toFixed(2).padStart(10)}`,
    );

  console.log(
    `${report.attempts} attempts, ${(report.edges / report.attempts).toFixed(2)} parents each, one limited pool`,
  );
  console.log('per attempt  write units read units');
  for (const { stage, write, read } of report.stages) row(stage, write, read);
  row('all', sum('write'), sum('read'));
  console.log('per minute   write units read units');
  for (const { stage, write, read } of report.perMinute) row(stage, write, read);
  return sum('write') <= 26 && sum('read') <= 19;
};
