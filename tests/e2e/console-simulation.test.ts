import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { visitConsole } from './console-visit.ts';
import { runCli } from './run-cli.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const at = { url: 'https://example.org', kind: 'http' } as const;

/** Ten tasks at the same minute, each hour, under a rule with room for two. */
const crowd = (length: number) => ({
  workflow: 'crowd',
  schedule: { every: 'hour', interval: 6 },
  tasks: [
    ...Array.from({ length }, (_, n) => ({ name: `load_${n}`, ...at, pools: ['narrow'] })),
    { name: 'sum', ...at, upstreams: ['load_0', 'load_1'] },
  ],
});

let browser: Browser;
let stage: ConsoleHost;
let folder: string;

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
  folder = await mkdtemp(join(tmpdir(), 'nightshift-simulation-'));
  const { call } = stage;
  await call('createThrottleRule', {
    body: { name: 'narrow', scope: { byName: true }, maxConcurrency: 2 },
  });
  await call('publishWorkflow', {
    params: { project: 'shop', workflow: 'crowd' },
    body: { definition: crowd(10) },
  });
  await call('pauseTask', {
    params: { project: 'shop', workflow: 'orders', task: 'settle' },
    body: { comment: 'the bank is closed' },
  });
  await call('createProject', { body: { name: 'void' } });
});

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
  await rm(folder, { recursive: true, force: true });
});

const drawn = (page: Page) => page.getByRole('tab', { name: 'Gantt' }).waitFor();

const findingsOf = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

describe('tomorrow, simulated, in the console', () => {
  it('shows workflows, their tasks and what they wait for, by keyboard', async () => {
    const visit = await visitConsole(browser, stage.host.url, { path: '/simulation?project=shop' });
    const { page } = visit;
    await drawn(page);
    const crowdRow = page.getByRole('button', { name: /^crowd, 4 runs, / });
    await crowdRow.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: /^load_9, / }).waitFor();
    await page.keyboard.press('ArrowDown');
    await vi.waitFor(async () =>
      expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^load_/),
    );

    await page.getByRole('button', { name: /^load_9, / }).click();
    const table = page.getByRole('table', { name: 'crowd/load_9' });
    await table.waitFor();
    await vi.waitFor(async () =>
      expect(await table.textContent()).toMatch(/pool throttle:narrow: 40s/),
    );
    expect(await table.textContent()).toMatch(/10s \(guessed\)/);
    expect(page.url()).toMatch(/task=crowd%2Fload_9/);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, 60_000);

  it('shows herds and pools, and who would never start', async () => {
    const visit = await visitConsole(browser, stage.host.url, {
      path: '/simulation?project=shop&tab=load&hours=48',
    });
    const { page } = visit;
    await page.getByRole('img', { name: /Up to 11 attempts in five minutes/ }).waitFor();
    expect(await page.getByRole('list', { name: 'Herds' }).textContent()).toMatch(
      /11 fall due at once/,
    );
    await page.getByText(/2 of 2, queue 8, full/).waitFor();

    await page.getByRole('button', { name: 'Details' }).click();
    const never = page.getByRole('table', { name: 'Never starts' });
    await never.waitFor();
    expect(await never.textContent()).toMatch(/orders\/settle[\s\S]*Its task is paused/);
    expect(await never.textContent()).toMatch(
      /orders\/report[\s\S]*has not started: orders\/settle/,
    );
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, 60_000);

  it('compares a pasted draft with what is online, for developers', async () => {
    const visit = await visitConsole(browser, stage.host.url, {
      path: '/simulation?project=shop&tab=draft',
    });
    const { page } = visit;
    const compare = async (text: string) => {
      await page.getByRole('textbox', { name: /Definition/ }).fill(text);
      await page.getByRole('button', { name: 'Compare' }).click();
    };
    await compare('workflow: [');
    await page
      .getByText(/not.*YAML|cannot be read|does not parse|YAML/i)
      .first()
      .waitFor();
    await compare(JSON.stringify(crowd(200)));
    await page.getByText('The draft makes it worse').waitFor();
    await page.getByText(/Finish too late or not any more: crowd/).waitFor();
    expect(await page.getByRole('table', { name: 'When workflows finish' }).textContent()).toMatch(
      /crowd[\s\S]*15m 50s later/,
    );
    await compare(JSON.stringify(crowd(9)));
    await page.getByText('The draft makes nothing worse').waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.close();

    const operator = await visitConsole(browser, stage.host.url, {
      path: '/simulation?project=shop&tab=draft',
      user: 'operator',
    });
    await drawn(operator.page);
    const button = operator.page.getByRole('button', { name: 'Compare' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await operator.close();
  }, 90_000);

  it('says that nothing falls due, and what failed with a way to try again', async () => {
    const visit = await visitConsole(browser, stage.host.url, { path: '/simulation?project=void' });
    await visit.page.getByText('Nothing falls due in these hours').waitFor();
    expect(visit.complaints).toEqual([]);

    let fails = true;
    await visit.page.route('**/simulate', (route) => (fails ? route.abort() : route.continue()));
    await visit.go('/simulation?project=shop');
    await visit.page.getByText('The server cannot be reached').waitFor();
    fails = false;
    await visit.page.getByRole('button', { name: 'Try again' }).click();
    await drawn(visit.page);
    await visit.close();
  }, 60_000);

  it.each([
    ['light', 'en', 1440],
    ['dark', 'zh-CN', 1440],
    ['light', 'en', 414],
  ])(
    'is clean for axe and fits its window (%s, %s, %s)',
    async (theme, language, width) => {
      const visit = await visitConsole(browser, stage.host.url, {
        path: '/simulation?project=shop',
        viewport: { width, height: 900 },
        preferences: { theme, language, navigationOpen: width > 500 },
      });
      const findings: string[] = [];
      for (const tab of ['gantt&task=crowd/load_3', 'load', 'findings', 'draft']) {
        await visit.follow(`/simulation?project=shop&tab=${tab}`);
        await visit.page.getByRole('tab').first().waitFor();
        await visit.page.waitForTimeout(300);
        findings.push(...(await findingsOf(visit.page)).map((finding) => `${tab} ${finding}`));
        const page = await visit.page.evaluate<number>('document.documentElement.scrollWidth');
        if (page > width) findings.push(`${tab} is ${page} wide`);
      }
      expect(findings).toEqual([]);
      expect(visit.complaints).toEqual([]);
      await visit.close();
    },
    90_000,
  );
});

describe('nightshift simulate', () => {
  const simulate = (...args: string[]) =>
    runCli(['simulate', '--project', 'shop', ...args], stage.host.credentialsFile);
  const draft = async (name: string, definition: unknown) => {
    const file = join(folder, name);
    await writeFile(file, JSON.stringify(definition));
    return ['--draft', file];
  };

  it('prints the night, and ends with 0', async () => {
    const { code, stdout } = await simulate('--hours', '24');
    expect(code).toBe(0);
    expect(stdout).toMatch(/throttle:narrow: limit 2, up to 8 wait/);
    expect(stdout).toMatch(/never start:\n.*settle.*task-paused/);
    const json = await simulate('--workflow', 'crowd', '--json');
    expect(JSON.parse(json.stdout).simulation.runs).toHaveLength(4);
  });

  it('ends with 1 for a draft that is worse, with 0 for one that is not, and with 2 for none', async () => {
    const worse = await simulate(...(await draft('worse.json', crowd(200))));
    expect([worse.code, worse.stdout]).toEqual([1, expect.stringMatching(/^WORSE\n/)]);
    const patient = await simulate(...(await draft('worse.json', crowd(200))), '--max-later', '1h');
    expect(patient.code).toBe(0);
    const better = await simulate(...(await draft('better.json', crowd(4))), '--json');
    expect(better.code).toBe(0);
    expect(JSON.parse(better.stdout).draft.diff).toMatchObject({ worse: false, removedCount: 24 });
    const broken = await simulate(
      ...(await draft('broken.json', { workflow: 'x', tasks: [] })),
      '--json',
    );
    expect(broken.code).toBe(2);
    expect(JSON.parse(broken.stdout).error.code).toBe('definition-invalid');
    expect((await simulate('--hours', '100')).code).toBe(2);
  });
});
