import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { type Host, type HostOptions, startHost } from './host.ts';
import { machineArn } from './local-names.ts';
import { untilNotes } from './testing/notes.ts';
import { type TinyApp, writeTinyApp } from './testing/tiny-app.ts';

let app: TinyApp;
let host: Host;
afterEach(async () => {
  await host.stop();
  app.remove();
});

const at = Date.parse('2026-03-28T21:50:30Z');
const start = async (options: HostOptions): Promise<void> => {
  host = await startHost({ assembly: app.assembly, site: app.site, state: app.state, ...options });
};

describe('the virtual clock', () => {
  it('drives schedules, waits and Date in the functions, and survives a restart', async () => {
    app = writeTinyApp();
    await start({ clock: { at, speed: 120 } });
    const client = new SFNClient({
      endpoint: host.endpoints.aws,
      region: 'us-east-1',
      credentials: { accessKeyId: host.accessKeyId, secretAccessKey: 'x' },
    });
    const until = new Date(at + 240_000).toISOString();
    const input = JSON.stringify({ n: 1, timeoutSeconds: 60, sleep: null, fail: null, at: until });
    await client.send(new StartExecutionCommand({ stateMachineArn: machineArn('Express'), input }));

    const [step] = await untilNotes(host.endpoints.dynamodb, 'step', 1);
    expect(Number(step?.now)).toBeGreaterThanOrEqual(at + 240_000);
    expect(Number(step?.now)).toBeLessThan(at + 600_000);

    const ticks = await untilNotes(host.endpoints.dynamodb, 'tick', 3);
    expect(ticks.every(({ event }) => JSON.stringify(event) === '{"from":"minute"}')).toBe(true);
    const times = ticks.map(({ now }) => Number(now)).toSorted((a, b) => a - b);
    expect(times[0]).toBeGreaterThanOrEqual(Date.parse('2026-03-28T21:51:00Z'));

    const before = host.clock.now();
    await host.stop();
    await start({});
    expect(host.clock.setting.speed).toBe(120);
    expect(host.clock.now()).toBeGreaterThanOrEqual(before);
    expect(host.clock.now()).toBeLessThan(before + 120_000);
    await host.stop();
    await expect(start({ clock: { at } })).rejects.toThrow('--fresh');
    await start({ clock: { at }, fresh: true });
    expect(host.clock.now()).toBeLessThan(at + 60_000);
  });
});
