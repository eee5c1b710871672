import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';

let browser: Browser;
let stage: ConsoleHost;
let visit: Visit;
let run: string;

/** Two tasks that write logs, one of them with an error at its end. */
const noisy = {
  workflow: 'noisy',
  tasks: [
    { name: 'count', kind: 'sql', sql: "SELECT 42 AS answer, 'warehouse' AS place" },
    {
      ...{ name: 'guard', kind: 'check', sql: 'SELECT 1', expect: { op: '=', value: 2 } },
      retries: { count: 0 },
    },
  ],
};

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
  const { call } = stage;
  await call('publishWorkflow', {
    params: { project: 'shop', workflow: 'noisy' },
    body: { definition: noisy as never, online: true },
  });
  ({ run } = await call('startWorkflow', {
    params: { project: 'shop', workflow: 'noisy' },
    body: {},
  }));
  await vi.waitFor(
    async () => expect((await call('getRun', { params: { run } })).status).toBe('FAILED'),
    { timeout: 60_000, interval: 200 },
  );
  visit = await visitConsole(browser, stage.host.url, { path: '/logs' });
});

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const rows = (page: Page) => page.locator('.logs-row');
const searchOf = (page: Page) => new URL(page.url()).searchParams;

describe('the run logs in the console', () => {
  it('W54 open on the application that logged last, its last 30 minutes, the newest first, with the nine columns', async () => {
    const { page } = visit;
    await rows(page).first().waitFor();
    await expect(page.getByRole('button', { name: 'Application shop' }).count()).resolves.toBe(1);
    await page.getByRole('button', { name: 'Time Last 30 minutes (default)' }).waitFor();
    await page.getByRole('button', { name: 'Order Newest first' }).waitFor();
    const heads = await page.locator('.logs-head th').allTextContents();
    expect(heads.slice(0, 9)).toEqual([
      ...['Time', 'Level', 'Application', 'Job id', 'Flow', 'Component'],
      ...['Operation', 'Category', 'Content'],
    ]);
    const times = await page
      .locator('.logs-row time')
      .evaluateAll((all) => all.map((each) => each.getAttribute('datetime')));
    expect(times.length).toBeGreaterThan(3);
    expect(times).toEqual(times.toSorted().reverse());
  });

  it('W57 give each level a sign of its own colour', async () => {
    const { page } = visit;
    const colorOf = (level: string) =>
      page.evaluate(
        `getComputedStyle(document.querySelector('.logs-row .log-icon-${level}')).color`,
      );
    const colors = [await colorOf('INFO'), await colorOf('ERROR')];
    expect(new Set(colors).size).toBe(2);
  });

  it('W55 offer the fourteen choices of time and the default beside them', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: /^Time Last 30 minutes/ }).click();
    const choices = await page.getByRole('option').allTextContents();
    expect(choices).toHaveLength(15);
    await page.getByRole('option', { name: 'Own range' }).click();
    await page.getByRole('button', { name: 'Apply' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('W60 open a line at the right with its details, and W67 with the lines around it', async () => {
    const { page } = visit;
    await rows(page).filter({ hasText: 'guard' }).first().click();
    const detail = page.getByRole('complementary', { name: 'Details of the line' });
    await detail.getByText('guard').first().waitFor();
    await detail.getByText('Lines around it in the same run').waitFor();
    await detail.locator('.logs-here').waitFor();
    expect(searchOf(page).get('line')).toContain('guard');
  });

  it('W68 give a link to the line that opens the same view for somebody else', async () => {
    const { page } = visit;
    const text = await page.locator('.logs-detail .logs-body').textContent();
    await page.evaluate(
      'navigator.clipboard.writeText = async (text) => { window.copied = text; }',
    );
    await page.getByRole('button', { name: 'Copy the link' }).click();
    await page.getByText('Copied').first().waitFor();
    const link = String(await page.evaluate('window.copied'));
    const at = new URL(link);
    expect(at.searchParams.get('span')).toBe('custom');
    const other = await visitConsole(browser, stage.host.url, {
      path: `${at.pathname}${at.search}`,
      user: 'operator',
    });
    await other.page.locator('.logs-detail .logs-body').waitFor();
    await expect(other.page.locator('.logs-detail .logs-body').textContent()).resolves.toBe(text);
    await other.page.locator('.logs-row-chosen').waitFor();
    await other.close();
  });

  it('W60 list all and only the lines of a run, oldest first, when its job id is clicked', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'All lines of this run' }).first().click();
    await page.getByRole('heading', { name: `Lines of run ${run}` }).waitFor();
    const trace = await stage.call('getRunTrace', { params: { run }, query: {} });
    await vi.waitFor(async () => expect(await rows(page).count()).toBe(trace.items.length));
    const shown = await page
      .locator('.logs-row time')
      .evaluateAll((all) => all.map((each) => each.getAttribute('datetime')));
    expect(shown).toEqual(trace.items.map(({ at }) => at));
    await page.getByRole('button', { name: 'Back to the search' }).click();
    await page.getByRole('heading', { name: 'Run logs' }).waitFor();
  });

  it('W56 narrow by a field of the line that is open, in the address', async () => {
    const { page } = visit;
    await visit.go('/logs?project=shop&level=ERROR&text=expected');
    await page.locator('#content h1').waitFor();
    await page.getByRole('button', { name: 'Reset' }).waitFor();
    await rows(page).first().waitFor();
    const levels = await page.locator('.logs-row .log-icon').allTextContents();
    expect(levels.every((level) => level === 'ERROR')).toBe(true);
    await visit.go('/logs?project=shop&text=nowhere');
    await page.getByText('Nothing matches these filters').waitFor();
  });

  it('W66 look at the span of the histogram that was dragged over', async () => {
    const { page } = visit;
    await visit.go('/logs?project=shop');
    const chart = page.locator('.logs-histogram svg');
    await chart.waitFor();
    const box = await chart.boundingBox();
    if (!box) throw new Error('no histogram');
    await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + 40, { steps: 5 });
    await page.mouse.up();
    await vi.waitFor(() => expect(searchOf(page).get('span')).toBe('custom'));
    const { from, to } = Object.fromEntries(searchOf(page));
    expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBeLessThan(1_200_000);
  });

  it('W59 refresh at the chosen interval without a line twice, and not at all for a range that has ended', async () => {
    const { page } = visit;
    await visit.go('/logs?project=shop');
    await rows(page).first().waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/api\/logs\?/.test(request.url())) asked.push(request.url());
    });
    await page.getByRole('checkbox', { name: 'Auto refresh' }).click({ force: true });
    await page.getByRole('button', { name: /every 10 s/ }).click();
    await page.getByRole('option', { name: 'every 5 s' }).click();
    await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
    const ids = await rows(page).evaluateAll((all) => all.map((row) => row.textContent));
    expect(new Set(ids).size).toBe(ids.length);
    await page.getByRole('checkbox', { name: 'Auto refresh' }).click({ force: true });

    await visit.go('/logs?project=shop&span=yesterday');
    await page.getByText('The range has ended: nothing new can come.').waitFor();
    await expect(page.getByRole('checkbox', { name: 'Auto refresh' }).isDisabled()).resolves.toBe(
      true,
    );
  });

  it('W69 export what the filter finds', async () => {
    const { page } = visit;
    await visit.go('/logs?project=shop&level=ERROR');
    await rows(page).first().waitFor();
    const count = await rows(page).count();
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'JSON lines' }).click();
    const stream = await (await file).createReadStream();
    let text = '';
    for await (const part of stream) text += part;
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: string });
    expect(lines).toHaveLength(count);
    expect(lines.every(({ level }) => level === 'ERROR')).toBe(true);
  });

  it('keep a search and open it again', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Saved searches' }).click();
    await page.getByRole('menuitem', { name: 'Save this search' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Errors of the shop');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await visit.go('/logs?project=shop');
    await page.getByRole('button', { name: 'Saved searches' }).click();
    await page
      .getByRole('menuitem', { name: /^Errors of the shop/ })
      .first()
      .click();
    await vi.waitFor(() => expect(searchOf(page).get('level')).toBe('ERROR'));
  });

  it('show a viewer no log, and say why', async () => {
    const viewer = await visitConsole(browser, stage.host.url, { path: '/logs', user: 'viewer' });
    await viewer.page.getByText(/Viewers see no run logs/).waitFor();
    await viewer.close();
  });

  it('fit a phone, in the dark, in Chinese', async () => {
    const phone = await visitConsole(browser, stage.host.url, {
      ...{ path: '/logs?project=shop', viewport: { width: 414, height: 900 } },
      preferences: { language: 'zh-CN', theme: 'dark', navigationOpen: false },
    });
    await phone.page.getByRole('heading', { name: '运行日志' }).waitFor();
    await rows(phone.page).first().waitFor();
    const wide = await phone.page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(414);
    expect(phone.complaints).toEqual([]);
    await phone.close();
  });

  it('complain of nothing', () => {
    expect(visit.complaints).toEqual([]);
  });
});
