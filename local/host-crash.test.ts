import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { startHost } from './host.ts';
import { machineArn } from './local-names.ts';
import { putThing, readNotes, untilNotes } from './testing/notes.ts';
import { type TinyApp, writeTinyApp } from './testing/tiny-app.ts';

type Started = { url: string; endpoints: { dynamodb: string; aws: string }; accessKeyId: string };

let app: TinyApp;
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  app.remove();
});

const spawnHost = (port = 0): ChildProcess => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'testing', 'tiny-host.ts'), app.assembly, app.state, String(port)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  children.push(child);
  return child;
};
const up = (child: ChildProcess): Promise<Started> =>
  new Promise((done, fail) => {
    let problems = '';
    child.stderr?.on('data', (text) => {
      problems += text;
    });
    child.stdout?.once('data', (text) => done(JSON.parse(String(text))));
    child.once('exit', (code) => fail(new Error(`exit ${code}: ${problems}`)));
  });
const exited = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => void child.once('exit', (code) => done(code)));
const sdk = ({ endpoints, accessKeyId }: Started) => ({
  endpoint: endpoints.aws,
  region: 'us-east-1',
  credentials: { accessKeyId, secretAccessKey: 'x' },
});
const input = (n: number, sleepMs: number) =>
  JSON.stringify({ n, sleep: sleepMs, timeoutSeconds: 20, fail: null });

describe('a host that was killed', () => {
  it('runs Express executions again, reports Standard ones as aborted, and loses no event and no record', async () => {
    app = writeTinyApp();
    const first = spawnHost();
    const started = await up(first);
    const states = new SFNClient(sdk(started));
    const start = (machine: string, n: number) =>
      states.send(
        new StartExecutionCommand({ stateMachineArn: machineArn(machine), input: input(n, 1500) }),
      );
    await Promise.all([1, 2, 3].map((n) => start('Express', n)));
    const { executionArn } = await start('Standard', 4);
    await putThing(started.endpoints.dynamodb, 'THING#1');
    const entry = {
      EventBusName: 'happenings',
      Source: 'tiny.x',
      DetailType: 'Happened',
      Detail: '{"kind":"a"}',
    };
    await new EventBridgeClient(sdk(started)).send(new PutEventsCommand({ Entries: [entry] }));
    first.kill('SIGKILL');
    await exited(first);

    const again = await up(spawnHost());
    const { dynamodb } = again.endpoints;
    const steps = await untilNotes(dynamodb, 'step', 3);
    expect(new Set(steps.map(({ n }) => n))).toEqual(new Set([1, 2, 3]));
    const seen = await untilNotes(dynamodb, 'seen', 1);
    expect(seen.map(({ pk }) => pk)).toContain('THING#1');
    const told = await untilNotes(dynamodb, 'told', 2);
    expect(told).toContainEqual(expect.objectContaining({ 'detail-type': 'Happened' }));
    expect(told).toContainEqual(
      expect.objectContaining({
        detail: expect.objectContaining({ status: 'ABORTED', executionArn }),
      }),
    );
    const described = await new SFNClient(sdk(again)).send(
      new DescribeExecutionCommand({ executionArn }),
    );
    expect(described.status).toBe('ABORTED');
  });

  it('leaves no engine behind', async () => {
    app = writeTinyApp();
    const child = spawnHost();
    const { endpoints } = await up(child);
    child.kill('SIGKILL');
    await exited(child);
    await sleep(500);
    await expect(fetch(endpoints.dynamodb)).rejects.toThrow();
  });

  it('is the same in one process, for tests', async () => {
    app = writeTinyApp();
    const options = { assembly: app.assembly, site: app.site, state: app.state };
    const host = await startHost(options);
    const started = { ...host };
    await new SFNClient(sdk(started)).send(
      new StartExecutionCommand({ stateMachineArn: machineArn('Express'), input: input(7, 400) }),
    );
    await host.kill();
    const again = await startHost(options);
    expect(again.running()).toBe(1);
    const steps = await untilNotes(again.endpoints.dynamodb, 'step', 1);
    expect(steps.map(({ n }) => n)).toEqual([7]);
    await again.stop();
  });
});

describe('a host that is told to end', () => {
  it('lets calls under way end, and exits with 0', async () => {
    app = writeTinyApp();
    const child = spawnHost();
    const started = await up(child);
    await new SFNClient(sdk(started)).send(
      new StartExecutionCommand({ stateMachineArn: machineArn('Express'), input: input(5, 700) }),
    );
    await sleep(400);
    child.kill('SIGINT');
    expect(await exited(child)).toBe(0);
    expect(existsSync(join(app.state, 'lock'))).toBe(false);
    const again = await up(spawnHost());
    expect((await readNotes(again.endpoints.dynamodb, 'step')).map(({ n }) => n)).toContain(5);
  });
});

describe('surroundings that do not fit', () => {
  const problemOf = async (child: ChildProcess): Promise<string> => {
    let text = '';
    child.stderr?.on('data', (chunk) => {
      text += chunk;
    });
    expect(await exited(child)).toBe(1);
    return text;
  };

  it('a busy port names the option', async () => {
    app = writeTinyApp();
    const { url } = await up(spawnHost());
    const port = Number(new URL(url).port);
    expect(await problemOf(spawnHost(port))).toMatch(/^nightshift: port \d+ is busy.*--port.*\n$/);
  });

  it('a second host on the same state folder is refused', async () => {
    app = writeTinyApp();
    await up(spawnHost());
    expect(await problemOf(spawnHost())).toMatch(/^nightshift: another host \(process \d+\).*\n$/);
  });

  it('a state folder that cannot be written is named', async () => {
    app = writeTinyApp();
    writeFileSync(app.state, 'a file stands in the way');
    expect(await problemOf(spawnHost())).toMatch(
      /^nightshift: the state folder .* cannot be written.*\n$/,
    );
  });

  it('an engine that does not answer is named with the fix', async () => {
    app = writeTinyApp();
    const { startEngine } = await import('./engine.ts');
    const { makeStateFolder } = await import('./state-folder.ts');
    makeStateFolder(app.state);
    await expect(startEngine(app.state, { PATH: '' }, 'plan9-mips')).rejects.toThrow(
      /DYNAMODB_LOCAL_JAR_DIR/,
    );
  });
});
