import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';

let browser: Browser;
let stage: ConsoleHost;
let visit: Visit;

/** Fails at once, and for good. */
const broken = {
  workflow: 'broken',
  owner: 'admin',
  tasks: [
    {
      ...{ name: 'guard', kind: 'check', sql: 'SELECT 1', expect: { op: '=', value: 2 } },
      retries: { count: 0 },
    },
  ],
};

type Mail = { readonly subject: string; readonly recipients: string; readonly text: string };

const mails = async (): Promise<readonly Mail[]> =>
  (await (await fetch(`${stage.host.url}/_local/mailbox.json`)).json()) as Mail[];

/** Stages remember the rules for five seconds. */
const failOnce = async (): Promise<string> => {
  const { call } = stage;
  await sleep(5_500);
  const { run } = await call('startWorkflow', {
    params: { project: 'shop', workflow: 'broken' },
    body: {},
  });
  await vi.waitFor(
    async () => expect((await call('getRun', { params: { run } })).status).toBe('FAILED'),
    { timeout: 60_000, interval: 200 },
  );
  return run;
};

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
  const { call } = stage;
  await call('publishWorkflow', {
    params: { project: 'shop', workflow: 'broken' },
    body: { definition: broken as never, online: true },
  });
  await call('createContact', {
    body: { name: 'desk', title: 'Data desk', email: 'desk@example.com', user: 'admin' },
  });
  visit = await visitConsole(browser, stage.host.url, {
    path: '/notifications/rules?project=shop',
  });
});

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const dialogOf = (page: Page) => page.getByRole('dialog');
const save = (page: Page) => dialogOf(page).getByRole('button', { name: 'Save' }).click();
const gone = (page: Page) => dialogOf(page).waitFor({ state: 'detached' });

/** The texts of an open choice; the kit draws the one in focus a second time for screen readers. */
const optionsOf = async (page: Page): Promise<readonly string[]> =>
  (await page.getByRole('option').allTextContents()).map((text) => {
    const half = text.slice(0, text.length / 2);
    return half + half === text ? half : text;
  });

/** Opens a choice of several and takes some of its options. */
const choose = async (page: Page, label: string, options: readonly (string | RegExp)[]) => {
  await dialogOf(page)
    .getByRole('button', { name: new RegExp(`^${label}`) })
    .first()
    .click();
  for (const name of options) await page.getByRole('option', { name }).first().click();
  await page.keyboard.press('Escape');
};

describe('notification management in the console', () => {
  it('W31 names every required field that is missing, and saves nothing', async () => {
    const { page } = visit;
    await page.getByText('Nobody is told of anything yet').waitFor();
    await page.getByRole('button', { name: 'New notification' }).first().click();
    const dialog = dialogOf(page);
    // Mail is chosen beforehand; taking it away leaves the form without a method.
    await dialog
      .getByRole('button', { name: /^Remove.*Mail|^Mail/ })
      .first()
      .click();
    await save(page);
    await vi.waitFor(async () =>
      expect(await dialog.locator('[class*="error"] >> text=/./').count()).toBeGreaterThan(2),
    );
    const { items } = await stage.call('listNotificationRules', { params: { project: 'shop' } });
    expect(items).toEqual([]);
  });

  it('W32 offers exactly failed, running and succeeded, and W33 mail alone', async () => {
    const { page } = visit;
    const dialog = dialogOf(page);
    await dialog
      .getByRole('button', { name: /Notification item/ })
      .first()
      .click();
    await expect(optionsOf(page)).resolves.toEqual([
      'Workflow failed',
      'Workflow running',
      'Workflow succeeded',
    ]);
    await page.getByRole('option', { name: 'Workflow failed' }).click();
    await page.keyboard.press('Escape');
    await dialog
      .getByRole('button', { name: /Methods/ })
      .first()
      .click();
    await expect(optionsOf(page)).resolves.toEqual(['Mail']);
    await page.getByRole('option', { name: 'Mail' }).click();
    await page.keyboard.press('Escape');
  });

  it('W31 saves a notification with all five fields', async () => {
    const { page } = visit;
    await dialogOf(page).getByRole('textbox', { name: 'Name' }).fill('Failures of the shop');
    await choose(page, 'Notification object', [/^desk/]);
    await dialogOf(page)
      .getByRole('checkbox', { name: 'Also runs started by hand and runs of backfills' })
      .click({ force: true });
    await save(page);
    await gone(page);
    await page.getByRole('row', { name: /Failures of the shop/ }).waitFor();
  });

  it('W36 shows what was issued, with a link to its run', async () => {
    const { page } = visit;
    const run = await failOnce();
    await vi.waitFor(async () => expect((await mails()).length).toBeGreaterThan(0), {
      timeout: 60_000,
      interval: 500,
    });
    await visit.go('/notifications/sent?project=shop');
    const row = page.getByRole('row', { name: /Failures of the shop/ }).first();
    await row.waitFor();
    await vi.waitFor(async () => {
      await page.keyboard.press('r');
      expect(await row.textContent()).toContain('Sent');
    });
    await expect(row.getByRole('link').last().getAttribute('href')).resolves.toContain(
      encodeURIComponent(run).slice(0, 20),
    );
    await row.getByRole('button').first().click();
    await dialogOf(page).getByText('desk@example.com').first().waitFor();
    await page.keyboard.press('Escape');
  }, 120_000);

  it('N80 lists the push record of the mail', async () => {
    const { page } = visit;
    await visit.go('/alerts/pushes?project=shop');
    await page
      .getByRole('row', { name: /desk@example.com/ })
      .first()
      .waitFor();
  });

  it('W34 stops when it is deactivated, and keeps its past when it is deleted', async () => {
    const { page } = visit;
    await visit.go('/notifications/rules?project=shop');
    const more = page.getByRole('button', { name: 'More actions for Failures of the shop' });
    await more.click();
    await page.getByRole('menuitem', { name: 'Deactivate' }).click();
    await page.getByText('Inactive').waitFor();
    await more.click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialogOf(page).getByRole('button', { name: 'Delete' }).click();
    await gone(page);
    await page.getByText('Nobody is told of anything yet').waitFor();
    await visit.go('/notifications/sent?project=shop');
    await page
      .getByRole('row', { name: /Failures of the shop/ })
      .first()
      .waitFor();
  });
});

describe('alerts in the console', () => {
  it('saves a rule, and an alert of it appears once for each object, to be handled', async () => {
    const { page } = visit;
    await visit.go('/alerts/rules?project=shop');
    await page.getByRole('button', { name: 'New rule' }).first().click();
    const dialog = dialogOf(page);
    await save(page);
    await dialog
      .getByText(/must be/i)
      .first()
      .waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('guard-failed');
    await dialog.getByRole('textbox', { name: 'Tasks' }).fill('broken/guard');
    await dialog
      .getByRole('checkbox', { name: 'Also runs started by hand and runs of backfills' })
      .click({ force: true });
    await save(page);
    await gone(page);
    await page.getByRole('row', { name: /guard-failed/ }).waitFor();

    await failOnce();
    await vi.waitFor(
      async () => {
        const { items } = await stage.call('listAlertEvents', { query: { project: 'shop' } });
        expect(items).toHaveLength(1);
      },
      { timeout: 60_000, interval: 500 },
    );
    await visit.go('/alerts/events?project=shop');
    const row = page.getByRole('row', { name: /guard-failed/ });
    await row.waitFor();
    await row.getByRole('checkbox').click({ force: true });
    await page.getByRole('button', { name: 'Handle', exact: true }).click();
    await dialogOf(page)
      .getByRole('button', { name: /^Handle/ })
      .click();
    await dialogOf(page)
      .getByText(/^1 done/)
      .waitFor();
    await dialogOf(page).getByRole('button', { name: 'Close' }).last().click();
    await gone(page);
    await page.getByText('handled by admin').waitFor();
  }, 120_000);

  it('shows the incident of the failures, and lets it be acknowledged', async () => {
    const { page } = visit;
    await visit.go('/incidents?project=shop');
    await page.getByRole('row', { name: /shop/ }).getByRole('link').first().click();
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await dialogOf(page).getByRole('button', { name: 'Acknowledge' }).click();
    await gone(page);
    await page.getByText('Acknowledged').first().waitFor();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
  });
});

describe('what messages are sent by, in the console', () => {
  it('keeps the address and the secret of a room to itself', async () => {
    const { page } = visit;
    await visit.go('/system/rooms');
    await page.getByRole('button', { name: 'New channel' }).first().click();
    const dialog = dialogOf(page);
    await dialog.getByRole('textbox', { name: 'Name' }).fill('ops');
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Operations');
    await dialog.getByRole('textbox', { name: 'Address' }).fill('nowhere');
    await save(page);
    await dialog.getByText(/http\(s\) address/).waitFor();
    await dialog
      .getByRole('textbox', { name: 'Address' })
      .fill(`${stage.host.url}/_local/webhooks/secret-path-of-ops`);
    await dialog
      .getByRole('checkbox', { name: 'The address is one of our own network' })
      .click({ force: true });
    await save(page);
    await gone(page);
    await page.getByRole('row', { name: /Operations/ }).waitFor();
    await expect(page.getByText('secret-path-of-ops').count()).resolves.toBe(0);
  });

  it('N81 says who is on duty, and keeps a schedule that a rule names', async () => {
    const { page } = visit;
    await visit.go('/system/duty');
    await page.getByRole('button', { name: 'New schedule' }).first().click();
    const dialog = dialogOf(page);
    await save(page);
    await dialog
      .getByText(/must|Too small|expected/i)
      .first()
      .waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('night');
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Night shift');
    await dialog.getByRole('textbox', { name: 'Turns' }).fill('desk');
    await dialog.getByRole('textbox', { name: 'Starts on' }).fill('2026-01-05');
    await dialog.getByText('Preview').waitFor();
    await save(page);
    await gone(page);
    await page.getByRole('row', { name: /Night shift.*desk/ }).waitFor();

    const { items } = await stage.call('listAlertRules', {
      params: { project: 'shop' },
      query: {},
    });
    const rule = items[0]?.id ?? '';
    await stage.call('changeAlertReceivers', {
      params: { project: 'shop' },
      body: { rules: [rule], receivers: [{ kind: 'duty', name: 'night' }] },
    });
    await page.getByRole('button', { name: 'Delete: night' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText(/use/).first().waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('refuses a placeholder that does not exist, and shows what a message would look like', async () => {
    const { page } = visit;
    await visit.go('/system/templates');
    await page.getByRole('textbox', { name: 'Subject' }).fill('{nonsense} failed');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/nonsense/)
      .nth(1)
      .waitFor();
    await page.getByRole('textbox', { name: 'Subject' }).fill('{task} is broken');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('heading', { name: 'Preview' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Version 1').first().waitFor();
  });
});

describe('whether mails go out, in the console', () => {
  it('shows the sender and the addresses that are not written to, which an administrator lifts', async () => {
    const { page } = visit;
    const { call } = stage;
    await call('createContact', {
      body: { name: 'gone', title: 'Gone', email: 'bounce@simulator.amazonses.com' },
    });
    const { items } = await call('listAlertRules', { params: { project: 'shop' }, query: {} });
    await call('changeAlertReceivers', {
      params: { project: 'shop' },
      body: { rules: [items[0]?.id ?? ''], receivers: [{ kind: 'contact', name: 'gone' }] },
    });
    await call('testAlertRule', { params: { project: 'shop', rule: items[0]?.id ?? '' } });
    await vi.waitFor(
      async () => {
        const { items: suppressed } = await call('listSuppressions', { query: {} });
        expect(suppressed.map(({ reason }) => reason)).toEqual(['bounced']);
      },
      { timeout: 60_000, interval: 500 },
    );
    await visit.go('/system/health');
    await page.getByRole('heading', { name: 'Mail', exact: true }).waitFor();
    await page.getByRole('button', { name: /^Write to it again: bounce@/ }).click();
    await page.getByText('No address has bounced or complained').waitFor();
  });
});

describe('acting from a mail', () => {
  it('opens a plan, acts when it is confirmed, and refuses the link the second time', async () => {
    const { page } = visit;
    const links = (await mails()).flatMap(({ text }) => text.match(/\S+\/act\?link=\S+/g) ?? []);
    const opened = await Promise.all(
      links.map(async (link) => {
        const url = new URL(link);
        const token = url.searchParams.get('link') ?? '';
        const { action, object } = await stage.call('openActionLink', { body: { token } });
        return { path: `${url.pathname}${url.search}`, action, object };
      }),
    );
    const link = opened.find(({ action }) => action === 'acknowledge');
    if (!link) throw new Error('no mail lets its incident be acknowledged');
    const before = await stage.call('getIncident', { params: { incident: link.object.id } });
    await visit.go(link.path);
    await page.getByText('Nothing has happened yet').waitFor();
    const meanwhile = await stage.call('getIncident', { params: { incident: link.object.id } });
    expect(meanwhile.steps).toEqual(before.steps);

    await page.getByRole('button', { name: 'Do it' }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    const after = await stage.call('getIncident', { params: { incident: link.object.id } });
    expect(after.status).toBe('ACKNOWLEDGED');

    await visit.go(link.path);
    await page.getByText(/used/).first().waitFor();
  });

  it('refuses a link that was tampered with', async () => {
    const { page } = visit;
    await visit.go('/act?link=abcdefgh.ijklmnop');
    await page.getByText('This could not be loaded').waitFor();
    await expect(page.getByRole('button', { name: 'Do it' }).count()).resolves.toBe(0);
  });
});

describe('the pages of notices', () => {
  it('fit a phone, in the dark, in Chinese', async () => {
    const phone = await visitConsole(browser, stage.host.url, {
      ...{ path: '/incidents?project=shop', viewport: { width: 414, height: 900 } },
      preferences: { language: 'zh-CN', theme: 'dark', navigationOpen: false },
    });
    for (const path of [
      ...['/incidents', '/alerts/events', '/alerts/rules', '/alerts/pushes'],
      ...['/notifications/rules', '/notifications/sent'],
      ...['/system/rooms', '/system/templates', '/system/duty'],
    ]) {
      await phone.go(`${path}?project=shop`);
      const wide = Number(await phone.page.evaluate('document.documentElement.scrollWidth'));
      expect([path, wide <= 414]).toEqual([path, true]);
    }
    expect(phone.complaints).toEqual([]);
    await phone.close();
  });
});
