import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { isoOf } from '../../shared/domain/kernel/calendar-day.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { ChunkHeader, Fate } from '../../shared/domain/log/chunk-header.ts';
import type { Counts } from '../../shared/domain/log/level-counts.ts';
import { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import { type ChunkPlace, logsTable } from './logs-table.ts';
import type { Item, ItemKey } from './table.ts';

const Lines = z.array(LogLine);

/** A stored chunk as readers get it. */
export type StoredLogChunk = ChunkPlace & {
  readonly task: string;
  readonly index: number;
  readonly lines: readonly LogLine[];
  /** Missing in items of version 1. */
  readonly kind?: string | undefined;
  readonly version?: number | undefined;
};

type Facts = { readonly kind: string; readonly version: number; readonly expiresAt: number };

/** The item of a body: gzipped lines. */
export const bodyItem = (
  place: ChunkPlace,
  lines: readonly LogLine[],
  { kind, version, expiresAt }: Facts,
): Item & ItemKey => ({
  ...logsTable.body(place),
  v: 2,
  k: kind,
  ver: version,
  z: gzipSync(JSON.stringify(lines)),
  expiresAt,
});

/** A body of any version. `runId` is that of its partition. */
export const chunkOfItem = (item: Item): StoredLogChunk => {
  const [, runId = ''] = String(item.pk).split('#');
  const [at = '', component = '', attempt = '', chunk = ''] = String(item.sk).split('#');
  const [task = '', index = ''] = component.split('~');
  return {
    instance: `${runId}~${component}`,
    task,
    index: Number(index),
    attempt: Number(attempt),
    at,
    chunk,
    lines: item.v === 1 ? Lines.parse(item.lines) : unpack(item.z),
    ...(item.v === 1 ? {} : { kind: String(item.k), version: Number(item.ver) }),
  };
};

/** Our own writing, parsed when it came in: a million lines are not parsed again. */
const unpack = (bytes: unknown): readonly LogLine[] => {
  try {
    return JSON.parse(gunzipSync(bytes as Uint8Array).toString());
  } catch (error) {
    throw new Fault('RecordInvalid', 'log chunk not readable', {}, { cause: error });
  }
};

const fateLetters = { pending: 'p', superseded: 's', shown: undefined } as const;
const fatesOf: Readonly<Record<string, Fate>> = { p: 'pending', s: 'superseded' };

/** The item of a header. Short names: it is to stay within one write unit. */
export const headerItem = (header: ChunkHeader, expiresAt: number): Item & ItemKey => {
  const { instance, attempt, first, last, chunk } = header;
  return {
    ...logsTable.header({ instance, attempt, at: first, chunk }, last),
    v: 1,
    e: Date.parse(last) - Date.parse(first),
    c: [...header.counts],
    ...(header.minutes ? { m: header.minutes.map((each) => [...each]) } : {}),
    ...(header.categories ? { cat: [...header.categories] } : {}),
    ...(header.operations ? { op: [...header.operations] } : {}),
    k: header.kind,
    ver: header.version,
    f: fateLetters[header.fate],
    b: header.filter,
    expiresAt,
  };
};

/** A header; `sk` is where it stands among those of all partitions. */
export type StoredHeader = ChunkHeader & { readonly sk: string };

export const headerOfItem = (item: Item): StoredHeader => {
  const sk = String(item.sk);
  const [first = '', run = '', component = '', attempt = '', chunk = ''] = sk.split('#');
  const [env = '', project = '', workflow = ''] = run.split('~');
  return {
    sk,
    env: env as Env,
    project,
    workflow,
    run,
    task: component.split('~')[0] ?? '',
    instance: `${run}~${component}`,
    attempt: Number(attempt),
    chunk,
    first,
    last: isoOf(Date.parse(first) + Number(item.e)),
    counts: item.c as unknown as Counts,
    minutes: item.m as ChunkHeader['minutes'],
    categories: item.cat as ChunkHeader['categories'],
    operations: item.op as ChunkHeader['operations'],
    kind: String(item.k),
    version: Number(item.ver),
    fate: fatesOf[String(item.f)] ?? 'shown',
    filter: item.b as Uint8Array,
  };
};
