import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../../local/synthesize.ts';
import { apiClient } from './api-client.ts';
import { type CliAnswer, cliJson, runCli } from './run-cli.ts';
import { type HostProcess, spawnHost } from './spawn-host.ts';

const root = join(import.meta.dirname, '..', '..');
const bizDate = '2099-01-01';
const instance = (task: string) => `prod~ops~w~r~20990101~1~${task}~1`;

let folder: string;
let host: HostProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nightshift-cli-operations-'));
  host = await spawnHost({ assembly: await synthesize(root), state: join(folder, 'state') });
  const call = apiClient(host.credentialsFile);
  await call('createProject', { body: { name: 'ops' } });
  const tasks = [
    { name: 'a', kind: 'noop' },
    { name: 'b', kind: 'noop', upstreams: ['a'] },
    { name: 'c', kind: 'noop', upstreams: ['b'] },
  ];
  await call('publishWorkflow', {
    params: { project: 'ops', workflow: 'w' },
    body: {
      definition: JSON.parse(
        JSON.stringify({ workflow: 'w', schedule: { every: 'day', at: '12:00' }, tasks }),
      ),
    },
  });
  await cli('generate', '--project', 'ops', '--date', bizDate);
}, 240_000);
afterAll(async () => {
  await host?.stop();
  await rm(folder, { recursive: true, force: true });
});

const cli = (...args: string[]): Promise<CliAnswer> => runCli(args, host.credentialsFile);
const json = <T = Record<string, unknown>>(...args: string[]): Promise<T> =>
  cliJson<T>(args, host.credentialsFile);
type Operation = { readonly id: string; readonly status: string; readonly total: number };

describe('operations on many instances from a terminal', { timeout: 240_000 }, () => {
  it('are planned, confirmed by their number, watched and shown', async () => {
    const where = ['--project', 'ops', '--workflow', 'w', '--from', bizDate];
    const plan = await json<Operation>('operations', 'plan', 'pause', ...where);
    expect(plan).toMatchObject({ status: 'PLANNED', total: 3 });
    const text = await cli('operations', 'show', plan.id);
    expect(text.stdout).toContain(`nightshift operations confirm ${plan.id} --total 3`);
    expect((await cli('operations', 'confirm', plan.id, '--total', '2')).code).toBe(6);

    const confirm = ['operations', 'confirm', plan.id, '--total', '3', '--wait', '120'];
    expect(await json(...confirm)).toMatchObject({ status: 'DONE', succeeded: 3 });
    expect(await json('operations', 'watch', plan.id)).toMatchObject({ status: 'DONE' });
    const items = await json<{ id: string }[]>(
      ...['operations', 'show', plan.id, '--items', 'succeeded'],
    );
    expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c'].map(instance));
    expect(await json('operations', 'ls')).toMatchObject([{ id: plan.id, op: 'pause' }]);
  });

  it('are taken back in one command, and name what is wrong', async () => {
    const [{ id } = { id: '' }] = await json<Operation[]>('operations', 'ls');
    const undo = ['operations', 'undo', id, '--confirm', '3', '--wait', '120'];
    expect(await json(...undo)).toMatchObject({ op: 'undo', of: id, succeeded: 3 });
    expect((await cli('operations', 'retry', id)).code).toBe(6);
    expect((await cli('operations', 'abort', id)).code).toBe(6);
    expect((await cli('operations', 'show', 'op-none')).code).toBe(5);
    const everything = await cli('operations', 'plan', 'pause', '--from', bizDate);
    expect([everything.code, everything.stderr]).toEqual([2, expect.stringContaining('is empty')]);
    expect((await cli('rerun-downstream', instance('a'))).code).toBe(6);
  });
});
