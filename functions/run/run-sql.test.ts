import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimedAttempt, WorkRequest } from '../../shared/contracts/stages.ts';
import { type S3Server, startS3 } from '../../tests/e2e/s3-server.ts';
import { datasetFiles } from '../engines/dataset-files.ts';
import { runSql } from './run-sql.ts';

const vega = join(dirname(createRequire(import.meta.url).resolve('vega-datasets')), '..', 'data');
const host = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };

let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
  for (const file of ['airports.csv', 'flights-3m.parquet', 'cars.json'])
    s3.objects.set(`data-1/${file}`, await readFile(join(vega, file)));
  for (const part of ['a', 'b', 'c'])
    s3.objects.set(`data-1/parts/${part}.csv`, Buffer.from(`k,v\n${part},1\n`));
  s3.objects.set('data-1/parts/readme.txt', Buffer.from('no data'));
});
afterAll(() => s3.stop());

const ref = (name: string, key: string, format: 'csv' | 'json' | 'parquet') => ({
  name,
  location: `s3://data-1/${key}`,
  format,
});
const airports = ref('airports', 'airports.csv', 'csv');
const flights = ref('flights-3m', 'flights-3m.parquet', 'parquet');
const cars = ref('cars', 'cars.json', 'json');

const run = (request: WorkRequest, timeoutSeconds = 60, maxBytes = 1e9) => {
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const attempt: ClaimedAttempt = {
    contract: 1,
    proceed: true,
    instanceId: 'prod~p~w~r~20261119~1~t~2',
    runId: 'prod~p~w~r~20261119~1',
    attempt: 1,
    timeoutSeconds,
    kind: request.kind,
    token: 'token',
    request,
    logContext: { lines: [], secrets: [] },
  };
  return runSql({
    clock: () => '2026-11-20T01:00:00.000Z',
    datasets: datasetFiles(client, maxBytes),
    allocatedMb: 2048,
    memoryMb: 512,
    threads: 2,
  })(attempt, host);
};
const sql = (text: string, more: Partial<Extract<WorkRequest, { kind: 'sql' }>> = {}) =>
  run({ kind: 'sql', sql: text, datasets: [airports, cars], outputs: [], ...more });
const check = (text: string, value: number) =>
  run({ kind: 'check', sql: text, datasets: [airports], expect: { op: '>=', value }, outputs: [] });

describe('a sql task', () => {
  it('reads CSV and JSON together, counts the rows and gives its outputs', async () => {
    const result = await sql(
      `SELECT count(*) AS n, (SELECT max(Horsepower) FROM cars) AS power, DATE '2026-11-19' AS day
       FROM airports;  -- the end`,
      { outputs: ['n', 'power', 'day'] },
    );
    expect(result).toMatchObject({
      ok: true,
      outputs: { n: '3376', power: '230', day: '2026-11-19' },
    });
    expect(result.lines.map(({ operation }) => operation)).toContain('query');
    expect(result.usage.usedMb).toBeGreaterThan(0);
    expect(result.usage.allocatedMb).toBe(2048);
  });

  it('reads three million flights as Parquet and writes a Parquet dataset, the same object each time', async () => {
    const writes = ref('busiest', 'out/busiest.parquet', 'parquet');
    const text = `SELECT origin, count(*) AS n FROM "flights-3m" GROUP BY origin ORDER BY n DESC`;
    const first = await sql(text, { datasets: [flights], writes, outputs: ['origin'] });
    expect(first).toMatchObject({ ok: true });
    expect(first.lines.at(-1)?.text).toContain('busiest: s3://data-1/out/busiest.parquet');
    const written = s3.objects.size;
    await sql(text, { datasets: [flights], writes });
    expect(s3.objects.size).toBe(written);

    const again = await sql('SELECT sum(n) AS n FROM busiest', {
      datasets: [writes],
      outputs: ['n'],
    });
    expect(again.outputs).toEqual({ n: '3000000' });
  });

  it('writes its own part of a dataset of many files', async () => {
    const writes = ref('states', 'states/*.csv', 'csv');
    await sql('SELECT DISTINCT state FROM airports', { writes });
    expect([...s3.objects.keys()]).toContain('data-1/states/w-t-2026-11-19-1-2.csv');
  });

  it('reads every file that a location matches', async () => {
    const parts = ref('parts', 'parts/*.csv', 'csv');
    const result = await sql(`SELECT string_agg(k, '' ORDER BY k) AS all FROM parts`, {
      datasets: [parts],
      outputs: ['all'],
    });
    expect(result.outputs).toEqual({ all: 'abc' });
  });

  it('tells line and column of an error in the statement as it was written', async () => {
    const result = await sql("SELECT\n 'é', nope FROM airports", {
      writes: ref('x', 'x.csv', 'csv'),
    });
    expect(result.ok).toBe(false);
    expect(result.error).toContain('(line 2, column 7)');
    expect(result.lines.at(-1)).toMatchObject({ level: 'ERROR', fields: { line: 2, column: 7 } });
    expect((await sql("SELECT\n 'é', FROM FROM x")).error).toContain('(line 2, column 12)');
  });

  it.each([
    ['SELECT 1; SELECT 2', 'exactly one statement'],
    ['-- nothing', 'no statement'],
    ['CREATE TABLE t AS SELECT 1', 'only a SELECT'],
    ["COPY airports TO 'x.csv'", 'file system operations are disabled'],
    ["SET memory_limit = '9GB'", 'only a SELECT'],
    ["SELECT * FROM read_text('/etc/hostname')", 'file system operations are disabled'],
    ["SELECT * FROM '../../../etc/hostname'", 'does not exist'],
    ["SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')", 'disabled'],
    ['SELECT * FROM unregistered', 'unregistered does not exist'],
  ])('refuses %s', async (text, why) => {
    const result = await sql(text);
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining(why) });
  });

  it('names a dataset without files, or too many of them', async () => {
    const absent = ref('absent', 'absent.csv', 'csv');
    expect((await sql('FROM absent', { datasets: [absent] })).error).toContain(
      'the dataset absent has no files',
    );
    const small = await run(
      { kind: 'sql', sql: 'FROM airports', datasets: [airports], outputs: [] },
      60,
      1000,
    );
    expect(small.error).toContain('too large');
  });

  it('is interrupted when its time is up', async () => {
    const text = 'SELECT count(*) FROM range(10000000000) a, range(100) b';
    const result = await run({ kind: 'sql', sql: text, datasets: [], outputs: [] }, 1);
    expect(result).toMatchObject({ ok: false, timedOut: true });
  });
});

describe('a check', () => {
  it('passes when its number is as expected', async () => {
    expect(await check('SELECT count(*) FROM airports', 3376)).toMatchObject({ ok: true });
    expect(await check('SELECT avg(latitude) FROM airports', 30)).toMatchObject({ ok: true });
  });

  it('fails with what it found and what it expected', async () => {
    const result = await check('SELECT count(*) FROM airports', 3377);
    expect(result).toMatchObject({
      ok: false,
      error: 'check failed: actual 3376, expected >= 3377',
    });
    expect(result.lines.at(-1)?.fields).toEqual({ actual: 3376, expected: '>= 3377' });
  });

  it('needs one number', async () => {
    expect((await check('SELECT 1, 2', 0)).error).toContain('one row of one column, not 1 × 2');
    expect((await check('SELECT 1 WHERE false', 0)).error).toContain('not 0 × 1');
    expect((await check('SELECT max(latitude) FROM airports WHERE false', 0)).error).toContain(
      'not null',
    );
    expect((await check("SELECT 'many'", 0)).error).toContain('must select a number');
  });
});
