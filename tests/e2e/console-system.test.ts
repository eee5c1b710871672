import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';
import { runCli } from './run-cli.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

let browser: Browser;
let stage: ConsoleHost;
let visit: Visit;

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
  await stage.call('createThrottleRule', {
    body: { name: 'shut', scope: { workflows: ['shop/blocked'] }, maxConcurrency: 0 },
  });
  await stage.call('createResourceGroup', { body: { name: 'etl', slots: 2 } });
  await stage.call('createCalendar', { body: { name: 'office', kind: 'workdays' } });
  await stage.call('publishWorkflow', {
    params: { project: 'shop', workflow: 'blocked' },
    body: {
      definition: {
        workflow: 'blocked',
        tasks: [
          {
            ...{ name: 'count', kind: 'sql', sql: 'SELECT 1' },
            ...{ resourceGroup: 'etl', calendar: 'office' },
          },
        ],
      },
      online: true,
    },
  });
  // Stages remember the limits for two seconds.
  await sleep(2_500);
  await stage.call('startWorkflow', {
    params: { project: 'shop', workflow: 'blocked' },
    body: {},
  });
  const { call } = stage;
  await vi.waitFor(
    async () => {
      const { waiting } = await call('getPool', { params: { pool: 'throttle:shut' } });
      expect(waiting.count).toBe(1);
    },
    { timeout: 30_000, interval: 200 },
  );
  visit = await visitConsole(browser, stage.host.url, { path: '/system/throttling' });
});

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
const gone = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' });

describe('throttling rules in the console', () => {
  it('names what is wrong with a rule, then saves it with its window', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'New rule' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('no good name');
    await dialog.getByRole('button', { name: 'Add a window' }).click();
    await dialog.getByRole('textbox', { name: 'From' }).fill('25:00');
    await save(page);
    await dialog.getByText(/must be 1 to 64 letters/).waitFor();
    await dialog.getByText('must be HH:mm').waitFor();

    await dialog.getByRole('textbox', { name: 'Name' }).fill('partner_api');
    await dialog.getByRole('textbox', { name: 'From' }).fill('22:00');
    await save(page);
    await gone(page);
    const row = page.getByRole('row', { name: /partner_api/ });
    await row.getByText('22:00–06:00: at most 0').waitFor();
    const { items } = await stage.call('listThrottleRules', {});
    expect(items.find(({ name }) => name === 'partner_api')).toMatchObject({
      windows: [{ from: '22:00', to: '06:00', maxConcurrency: 0, days: expect.any(Array) }],
    });
  });

  it('shows how many wait and who, with a link to the instance', async () => {
    const { page, go } = visit;
    const row = page.getByRole('row', { name: /shut/ });
    await row.getByText('0 of 0').waitFor();
    expect(await row.getByRole('cell').allTextContents()).toContain('1');
    await row.getByRole('link', { name: 'shut' }).click();
    await page.waitForURL(/pool=throttle%3Ashut/);
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /blocked · count/ })
      .click();
    await page.waitForURL(/\/instances\/prod~shop~blocked/);
    await go('/system/throttling');
  });

  it('edits a rule by its revision, and finds it by a filter that stands in the address', async () => {
    const { page, go } = visit;
    await page.getByRole('button', { name: 'Edit: partner_api' }).click();
    await page.getByRole('dialog').getByRole('spinbutton').first().fill('7');
    await save(page);
    await gone(page);
    await go('/system/throttling?text=partner');
    await page
      .getByRole('row', { name: /partner_api/ })
      .getByText(/of 7|of 0/)
      .waitFor();
    expect(await page.getByRole('row', { name: /shut/ }).count()).toBe(0);
  });

  it('warns before it deletes a rule for which instances wait', async () => {
    const { page, go } = visit;
    await go('/system/throttling');
    await page.getByRole('button', { name: 'Delete: shut' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/1 instance waits for it and will start within a minute/).waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await gone(page);
    await page.getByRole('row', { name: /shut/ }).waitFor({ state: 'detached' });
  });
});

describe('the other pages of the configuration', () => {
  it('a resource group that a task names is not deleted, and the task is named', async () => {
    const { page, go } = visit;
    await go('/system/pools');
    await page.getByRole('button', { name: 'Delete: etl' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText(/shop\/blocked\/count name resource group etl/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('a setting is refused out of range, asked about, saved, inherited and reset', async () => {
    const { page, go } = visit;
    await go('/system/runtime');
    const field = page.getByRole('radiogroup', { name: 'Automatic retries' });
    await field.getByText('Own value').click();
    const input = page.getByRole('spinbutton', { name: 'Automatic retries' });
    await input.fill('11');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be at most 10').waitFor();
    await input.fill('3');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Automatic retries: 1 × → 3 ×').waitFor();
    await save(page);
    await gone(page);
    await page.getByText('The settings are saved').waitFor();
    expect((await stage.call('getSettings', {})).overrides).toEqual({ retryCount: 3 });

    await go('/system/runtime?of=shop');
    await page.getByText('Inherit: 3 × (Installation)').waitFor();
    await go('/system/runtime');
    await page
      .getByRole('radiogroup', { name: 'Automatic retries' })
      .getByText('Inherit: 1 × (Default)')
      .click();
    await page.getByRole('button', { name: 'Save' }).click();
    await save(page);
    await gone(page);
    expect((await stage.call('getSettings', {})).overrides).toEqual({});
  });

  it('a calendar gets a day off by a click and more by a pasted list, and says who names it', async () => {
    const { page, go } = visit;
    await go('/system/calendars');
    await page.getByRole('link', { name: 'office' }).click();
    await page.waitForURL(/calendar=office/);
    await page.getByRole('link', { name: 'shop/blocked' }).waitFor();
    const working = page.locator('.month-day[aria-pressed=true]').first();
    const label = await working.getAttribute('aria-label');
    const day = label?.split(/[:,] ?/)[1];
    await working.click();
    await page.getByRole('button', { name: `${day}, day off, exception` }).waitFor();

    await page.getByRole('button', { name: 'Import a list of days' }).click();
    const list = page.getByRole('textbox', { name: 'Import a list of days' });
    await list.fill('2026-12-25\nsoon');
    await page.getByText('Line 2 holds no day').waitFor();
    await list.fill('2026-12-25, 2027-01-01');
    await page.getByRole('button', { name: 'As days off' }).click();
    await page.getByText('2 days are set').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('office is saved').waitFor();
    const { items } = await stage.call('listCalendars', {});
    expect(items[0]?.holidays).toEqual([day, '2026-12-25', '2027-01-01'].toSorted());
  });

  it('a contact needs a way to be reached, and is found by its address', async () => {
    const { page, go } = visit;
    await go('/system/contacts');
    await page.getByRole('button', { name: 'New contact' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('data_team');
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Data team');
    await save(page);
    await dialog.getByText(/nobody could be reached otherwise/).waitFor();
    await dialog.getByRole('textbox', { name: 'Email' }).fill('data@example.com');
    await save(page);
    await gone(page);
    await go('/system/contacts?text=example.com');
    await page.getByRole('row', { name: /data_team/ }).waitFor();
    await go('/system/contacts?text=nobody');
    await page.getByText('Nothing matches these filters').waitFor();
  });

  it('members come, change and go, but the last administrator stays', async () => {
    const { page, go } = visit;
    await go('/system/access?of=shop');
    for (const [user, role] of [
      ['ann', 'Administrator'],
      ['bob', 'Viewer'],
    ] as const) {
      await page.getByRole('button', { name: 'Add a member' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: 'User' }).fill(user);
      await dialog.getByText(role, { exact: true }).click();
      await save(page);
      await gone(page);
    }
    await page.getByRole('button', { name: 'Remove: ann' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText(/ann is the last administrator/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect((await stage.call('getProject', { params: { project: 'shop' } })).members).toEqual([
      { user: 'ann', role: 'admin' },
      { user: 'bob', role: 'viewer' },
    ]);
  });

  it('the matrix tells what each role may do, from the table of calls', async () => {
    const { page, go } = visit;
    await go('/system/access?of=shop&text=getRunLog');
    const row = page.getByRole('row', { name: /getRunLog/ });
    await row.waitFor();
    // The person who looks, signed in, viewer, operator, developer, administrator. The first is known once the grants are.
    await vi.waitFor(async () =>
      expect(
        await row
          .getByRole('img')
          .evaluateAll((icons) => icons.map((icon) => icon.getAttribute('aria-label'))),
      ).toEqual(['may', 'may not', 'may not', 'may', 'may', 'may']),
    );
  });

  it('who may only look sees every page with its buttons disabled for a reason', async () => {
    const guest = await visitConsole(browser, stage.host.url, {
      path: '/system/throttling',
      user: 'viewer',
    });
    const { page } = guest;
    const create = page.getByRole('button', { name: 'New rule' }).first();
    expect(await create.getAttribute('aria-disabled')).toBe('true');
    await create.focus();
    await page.getByRole('tooltip').getByText('Only administrators of the installation').waitFor();
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });
});

describe('the same from a terminal', () => {
  const run = (...args: string[]) => runCli(args, stage.host.credentialsFile);

  it('contacts, calendars, settings and members have commands, and refusals exit codes', async () => {
    const days = join(await mkdtemp(join(tmpdir(), 'nightshift-days-')), 'days.txt');
    await writeFile(days, '2027-05-01 # a holiday\n2027-05-06\n');
    const steps = [
      ['contacts create night_shift --title Night --phone +4930123456', /night_shift is created/],
      ['contacts set night_shift --user ann --note late', /night_shift is saved/],
      ['contacts ls --text +4930', /night_shift {2}Night {2}- {6}\+4930123456 {2}ann/],
      ['calendars create terminal', /terminal is created/],
      [`calendars import terminal ${days}`, /terminal: 2 days set/],
      ['calendars show terminal --from 2027-05-05 --days 2', /05-05 {2}working\n.*05-06 {2}off/],
      ['calendars rm terminal', /terminal is removed/],
      ['settings set --project shop --set retryCount=4', /saved/],
      ['settings show --project shop --effective', /retryCount +4 +project +1/],
      ['settings set --project shop --reset retryCount', /saved/],
      ['members set shop eve --role operator', /eve is operator of shop/],
      ['members ls shop', /eve +operator/],
      ['members rm shop eve', /eve is no member/],
      ['pools', /POOL +IN USE +LIMIT +WAITING/],
    ] as const;
    for (const [command, said] of steps) {
      const { code, stdout, stderr } = await run(...command.split(' '));
      expect([command, code, stderr]).toEqual([command, 0, '']);
      expect(stdout).toMatch(said);
    }
    const refusals = [
      ['calendars rm office', 6, /name calendar office/],
      ['contacts rm nobody', 5, /there is no contact nobody/],
      ['settings set --set retryCount=11', 2, /retryCount must be at most 10/],
      ['settings set --set retries=1', 2, /no setting: retries/],
    ] as const;
    for (const [command, code, said] of refusals) {
      const answer = await run(...command.split(' '));
      expect([command, answer.code]).toEqual([command, code]);
      expect(answer.stderr).toMatch(said);
    }
  }, 60_000);
});

const pages = [
  '/system/throttling',
  '/system/pools',
  '/system/runtime',
  '/system/runtime?of=shop',
  '/system/calendars',
  '/system/calendars?calendar=office',
  '/system/contacts',
  '/system/access?of=shop',
];

type Finding = { id: string; nodes: { html: string; failureSummary?: string }[] };

const findingsOf = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: Finding[] }> };
    };
    return (await axe.run()).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
};

describe('every page of the configuration', () => {
  it.each([
    ['light', 'en', 1440],
    ['dark', 'zh-CN', 1440],
    ['light', 'en', 414],
  ])(
    'is clean for axe and does not scroll sideways (%s, %s, %i px)',
    async (theme, language, width) => {
      const look = await visitConsole(browser, stage.host.url, {
        viewport: { width, height: 900 },
        preferences: { theme, language, navigationOpen: width > 1000 },
      });
      const findings: string[] = [];
      for (const path of pages) {
        await look.follow(path);
        await expect.poll(() => look.page.locator('.waiting').count(), { timeout: 20_000 }).toBe(0);
        await look.page.waitForTimeout(300);
        findings.push(...(await findingsOf(look.page)).map((finding) => `${path} ${finding}`));
        const wide = await look.page.evaluate<number>('document.documentElement.scrollWidth');
        if (wide > width) findings.push(`${path}: ${wide} px wide`);
      }
      expect(findings).toEqual([]);
      expect(look.complaints).toEqual([]);
      await look.close();
    },
    120_000,
  );

  it('left no complaint in the browser', () => {
    // What the API refuses on purpose shows up as a failed request.
    expect(visit.complaints.filter((text) => !/40[049]|412/.test(text))).toEqual([]);
  });
});
