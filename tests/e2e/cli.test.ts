import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../../local/synthesize.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { type CliAnswer, cliJson, runCli } from './run-cli.ts';
import { type HostProcess, spawnHost } from './spawn-host.ts';

const root = join(import.meta.dirname, '..', '..');
const dags = join(root, 'tests/data/dags/wfinstances');

let folder: string;
let host: HostProcess;
let recorder: Recorder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nightshift-cli-'));
  recorder = await startRecorder();
  host = await spawnHost({ assembly: await synthesize(root), state: join(folder, 'state') });
}, 240_000);
afterAll(async () => {
  await host?.stop();
  recorder?.stop();
  await rm(folder, { recursive: true, force: true });
});

const cli = (...args: string[]): Promise<CliAnswer> => runCli(args, host.credentialsFile);
const json = <T = Record<string, unknown>>(...args: string[]): Promise<T> =>
  cliJson<T>(args, host.credentialsFile);
const write = async (name: string, document: object): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(document));
  return file;
};

type Run = { run: string; status: string; total: number; ended: number; failed: number };

describe('the CLI against the local host', { timeout: 240_000 }, () => {
  it('signs in, creates a project and allows a host', async () => {
    expect(await json('whoami')).toMatchObject({ role: 'admin' });
    expect(
      await json('projects', 'create', 'demo', '--zone', 'Europe/Berlin', '--dst', 'skip'),
    ).toMatchObject({
      ...{ name: 'demo', zone: 'Europe/Berlin', dst: 'skip' },
    });
    expect((await cli('projects', 'create', 'demo')).code).toBe(6);
    expect(await json('projects', 'set', 'demo', '--allow-host', recorder.host)).toMatchObject({
      allowHosts: [recorder.host],
    });
    expect((await cli('projects', 'set', 'none', '--floor', '1')).code).toBe(5);
  });

  it('imports a WfFormat file, starts it and waits for its end: each task once, in order', async () => {
    const file = join(dags, 'helloworld-forkjoin-10-chameleon.json.gz');
    const imported = await json(
      ...['import', 'wfformat', file, '--project', 'demo', '--name', 'fork'],
      ...['--kind', 'http', '--speed', '1000', '--url', recorder.url],
    );
    expect(Object.keys(imported)).toEqual([
      'workflow',
      'version',
      'tasks',
      'edges',
      'depth',
      'width',
      'criticalPathSeconds',
    ]);
    expect(imported).toMatchObject({ workflow: 'fork', version: 1 });

    const { run } = await json<{ run: string }>('start', 'fork', '--project', 'demo');
    const { code, stdout } = await cli('run', run, '--wait', '120', '--json');
    const done = JSON.parse(stdout) as Run;
    expect(code).toBe(0);
    expect(Object.keys(done)).toEqual([
      'run',
      'workflow',
      'status',
      'total',
      'ended',
      'failed',
      'startedAt',
      'endedAt',
    ]);
    expect(done).toMatchObject({ run, workflow: 'fork', status: 'SUCCESS', failed: 0 });
    expect(done.total).toBe(imported.tasks);
    const calls = recorder.calls.filter((call) => call.run === run);
    expect(new Set(calls.map(({ task }) => task)).size).toBe(done.total);
    expect(calls).toHaveLength(done.total);

    expect(await json<Run[]>('runs', '--project', 'demo', '--workflow', 'fork')).toEqual([done]);
    const instances = await json<object[]>('instances', '--run', run);
    expect(instances).toHaveLength(done.total);
    expect(Object.keys(instances[0] ?? {})).toEqual([
      'id',
      'task',
      'status',
      'outcome',
      'attempts',
      'dueAt',
      'startedAt',
      'endedAt',
    ]);
    const logs = await cli('logs', run, '--follow');
    expect(logs.code).toBe(0);
    expect(logs.stdout.split('\n').length).toBeGreaterThan(done.total);
  });

  it('publishes files in the order in which they wait for each other, and generates a day', async () => {
    const down = await write('a-down.json', {
      workflow: 'down',
      schedule: { every: 'day', at: '03:00' },
      tasks: [{ name: 'x', kind: 'noop', upstreams: [{ workflow: 'up', task: 'never' }] }],
    });
    const up = await write('b-up.json', {
      workflow: 'up',
      schedule: { every: 'day', at: '02:00' },
      tasks: [{ name: 'never', kind: 'wait', seconds: 3600 }],
    });
    expect(await json('publish', down, up, '--project', 'demo')).toEqual([
      { workflow: 'up', version: 1 },
      { workflow: 'down', version: 1 },
    ]);
    const generate = ['generate', '--project', 'demo', '--date', '2026-01-05'];
    expect(await json(...generate)).toEqual({ instances: 2, edges: 1, existing: 0 });
    expect(await json(...generate)).toMatchObject({ instances: 0, existing: 2 });

    const instances = await json<{ id: string; task: string }[]>(
      ...['instances', '--project', 'demo', '--date', '2026-01-05'],
    );
    expect(instances.map(({ task }) => task)).toEqual(['never', 'x']);
    const why = await json<{ decision: string; blockers: object[] }>('why', instances[1]?.id ?? '');
    expect(why.decision).toBe('wait');
    expect(why.blockers).toMatchObject([{ step: 'upstream' }]);
    expect(Object.keys(why.blockers[0] ?? {})).toEqual([
      'step',
      'since',
      'holder',
      'clearsAt',
      'action',
    ]);

    const paused = await cli('instances', 'pause', instances[1]?.id ?? '', '--json');
    expect([paused.code, JSON.parse(paused.stdout).succeeded]).toEqual([
      0,
      [{ id: instances[1]?.id }],
    ]);
    expect((await cli('instances', 'pause', instances[1]?.id ?? '')).code).toBe(6);
    expect((await cli('instances', 'rerun', 'prod~demo~up~r~20200101~1~x~1')).code).toBe(5);
    expect(await json('recount', '--project', 'demo', '--date', '2026-01-05')).toMatchObject({
      equal: true,
    });
  });

  it('tells by exit codes what went wrong', async () => {
    const bad = await write('bad.json', {
      workflow: 'bad',
      tasks: [{ name: 'a', kind: 'noop', upstreams: ['z'] }],
    });
    const published = await cli('publish', bad, '--project', 'demo', '--json');
    expect(published.code).toBe(1);
    expect(JSON.parse(published.stdout).error.errors).toMatchObject([
      { path: 'tasks[0].upstreams[0].task' },
    ]);

    const failing = await write('failing.json', {
      workflow: 'failing',
      tasks: [{ name: 'a', kind: 'http', url: 'http://127.0.0.1:1/', retries: { count: 0 } }],
    });
    await json('publish', failing, '--project', 'demo');
    const { run } = await json<{ run: string }>('start', 'failing', '--project', 'demo');
    const ended = await cli('run', run, '--wait', '60', '--json');
    expect([ended.code, JSON.parse(ended.stdout).status]).toEqual([1, 'FAILED']);

    expect((await cli('run', 'prod~demo~failing~m.000000000000~20260101~1')).code).toBe(5);
    await json('workflows', 'offline', 'failing', '--project', 'demo');
    expect((await cli('start', 'failing', '--project', 'demo')).code).toBe(6);
    expect((await cli('instances', '--date', '2026-01-05')).code).toBe(2);
  });

  it('describes the API', async () => {
    const document = await json<{ openapi: string }>('openapi');
    expect(document.openapi).toMatch(/^3\.1/);
    expect((await fetch(`${host.url}/openapi.json`)).status).toBe(200);
  });
});
