import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../tests/e2e/run-cli.ts';

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nightshift-cli-'));
  await writeFile(
    file('good.yaml'),
    `workflow: sales\nschedule: { every: day, at: "02:30" }\ntasks:\n  - { name: a, kind: noop }\n  - { name: b, kind: noop, upstreams: [a] }\n`,
  );
  await writeFile(
    file('bad.yaml'),
    `workflow: sales\ntasks:\n  - { name: a, kind: noop, upstreams: [b] }\n  - { name: b, kind: noop, upstreams: [a] }\n  - { name: c, kind: http }\n`,
  );
  await writeFile(file('broken.json'), '{"workflow": ');
});
afterAll(() => rm(folder, { recursive: true }));

const json = (stdout: string) => JSON.parse(stdout);

describe('preview', () => {
  const zone = ['--zone', 'Europe/Berlin', '--from', '2026-03-28T00:00:00+01:00', '--count', '2'];

  it('W25 prints the next fires with the shifted ones marked, without a host', async () => {
    const { code, stdout, stderr } = await runCli([
      'preview',
      '--cron',
      '30 2 * * *',
      ...zone,
      '--json',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(json(stdout)).toEqual({
      occurrences: [
        { at: '2026-03-28T01:30:00.000Z', local: '2026-03-28T02:30', shifted: false },
        { at: '2026-03-29T01:00:00.000Z', local: '2026-03-29T02:30', shifted: true },
      ],
    });
    const six = await runCli(['preview', '--cron', '0 30 2 * * *', ...zone, '--json']);
    expect(six.stdout).toBe(stdout);
    const skip = await runCli([
      'preview',
      '--cron',
      '30 2 * * *',
      ...zone,
      '--dst',
      'skip',
      '--json',
    ]);
    expect(json(skip.stdout).occurrences[1].at).toBe('2026-03-30T00:30:00.000Z');
  });

  it('W25 ends with 2 and names the field of a bad expression', async () => {
    const { code, stdout, stderr } = await runCli([
      'preview',
      '--cron',
      '30 25 * * *',
      ...zone,
      '--json',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/hour/);
    expect(json(stdout).error.errors).toMatchObject([{ path: 'cron.hour' }]);
  });

  it('reads a schedule out of a file', async () => {
    const { stdout } = await runCli([
      'preview',
      '--schedule',
      file('good.yaml'),
      ...zone,
      '--json',
    ]);
    expect(json(stdout).occurrences).toHaveLength(2);
    const none = await runCli(['preview', '--schedule', file('bad.yaml'), ...zone]);
    expect([none.code, none.stdout]).toEqual([2, '']);
  });

  it('refuses options that contradict or do not parse', async () => {
    for (const args of [
      ['--zone', 'UTC'],
      ['--zone', 'UTC', '--cron', '0 0 * * *', '--schedule', 'x'],
      ['--zone', 'Mars/City', '--cron', '0 0 * * *'],
      ['--zone', 'UTC', '--cron', '0 0 * * *', '--from', 'tomorrow'],
      ['--zone', 'UTC', '--cron', '0 0 * * *', '--count', '0'],
    ])
      expect((await runCli(['preview', ...args])).code, args.join(' ')).toBe(2);
  });
});

describe('validate', () => {
  it('ends with 0 and no problems for a good definition', async () => {
    const { code, stdout } = await runCli(['validate', file('good.yaml'), '--json']);
    expect([code, json(stdout)]).toEqual([0, { problems: [] }]);
  });

  it('W17 ends with 1 and lists every problem with path, code and message', async () => {
    const { code, stdout } = await runCli(['validate', file('bad.yaml'), '--json']);
    expect(code).toBe(1);
    expect(
      json(stdout)
        .problems.map(({ code }: { code: string }) => code)
        .toSorted(),
    ).toEqual(['cycle', 'invalid-type']);
    for (const problem of json(stdout).problems)
      expect(Object.keys(problem).toSorted()).toEqual(['code', 'message', 'path']);
  });

  it('ends with 2 for a file that is none', async () => {
    for (const name of ['missing.yaml', 'broken.json'])
      expect((await runCli(['validate', file(name), '--json'])).code).toBe(2);
  });
});

describe('the command line', () => {
  it('says with one document what is wrong, and keeps words off stdout', async () => {
    const { code, stdout, stderr } = await runCli(['start', '--json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/required option/);
    expect(json(stdout)).toMatchObject({ error: { code: 'usage' } });
  });

  it('ends with 3 where nobody answers', async () => {
    await writeFile(file('token'), 'abc');
    const env = { NIGHTSHIFT_URL: 'http://127.0.0.1:59999' };
    Object.assign(process.env, env);
    const { code, stderr } = await runCli(['projects', 'ls'], file('token'));
    delete process.env.NIGHTSHIFT_URL;
    expect(code).toBe(3);
    expect(stderr).toMatch(/cannot reach .*59999.*is the host running/);
  });

  it('shows examples and exit codes for people', async () => {
    const help = await runCli(['--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/Exit codes:/);
    for (const command of ['publish', 'run', 'why', 'preview'])
      expect((await runCli([command, '--help'])).stdout).toMatch(/Examples:\n {2}\$ nightshift/);
  });

  it('bears a reader that goes away', async () => {
    const cli = join(import.meta.dirname, 'nightshift.mjs');
    const args = ['preview', '--cron', '* * * * *', '--zone', 'UTC', '--count', '10000', '--json'];
    const child = spawn(process.execPath, [cli, ...args]);
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  });
});
