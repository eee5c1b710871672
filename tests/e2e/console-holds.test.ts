import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

let browser: Browser;
let stage: ConsoleHost;
let visit: Visit;

/** A task that fails at once: its address is private and nobody allowed it. */
const feed = {
  workflow: 'feed',
  tasks: [
    {
      ...{ name: 'fetch', kind: 'http', url: 'http://127.0.0.1:1/feed', retries: { count: 0 } },
      runbook: 'Ask the **vendor**:\n- is the feed late?\n- rerun `fetch`',
    },
  ],
};

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
  const { call } = stage;
  const place = { params: { project: 'shop', workflow: 'feed' } };
  await call('publishWorkflow', {
    ...place,
    body: { definition: feed as never, online: true },
  });
  const { run } = await call('startWorkflow', { ...place, body: {} });
  await vi.waitFor(
    async () => expect((await call('getRun', { params: { run } })).status).toBe('FAILED'),
    { timeout: 60_000, interval: 200 },
  );
  visit = await visitConsole(browser, stage.host.url, { path: '/holds?project=shop' });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const field = (page: Page, label: string | RegExp) =>
  page.getByRole('dialog').getByLabel(label, { exact: typeof label === 'string' });

describe('holds and freezes', () => {
  it('are none at first, with the way to set one', async () => {
    const { page } = visit;
    await page.getByRole('heading', { name: 'Holds and freezes', level: 1 }).waitFor();
    await page.getByText('Nothing is held: everything may start').waitFor();
  });

  it('keep a workflow: what is missing is named, and every page of the project says so', async () => {
    const { page, follow } = visit;
    await page.getByRole('button', { name: 'Set a hold' }).first().click();
    const dialog = page.getByRole('dialog');
    await field(page, /What is held/).fill('shop/orders');
    await dialog.getByText('Workflow shop/orders').waitFor();
    await dialog.getByRole('button', { name: 'Hold it' }).click();
    await dialog.getByText('Say why').waitFor();
    await field(page, /Reason/).fill('source is down');
    await dialog.getByRole('button', { name: 'Hold it' }).click();

    const row = page.getByRole('row', { name: /Workflow shop\/orders/ });
    await row.getByText('Active').waitFor();
    await row.getByText('until it is lifted').waitFor();
    await follow('/workflows?project=shop');
    await page
      .getByText(/Hold of Workflow shop\/orders, until it is lifted: source is down/)
      .waitFor();
  });

  it('drain: what still runs is listed, and then that nothing does', async () => {
    const { page, go } = visit;
    await stage.call('createHold', {
      body: {
        purpose: 'drain',
        target: { kind: 'workflow', project: 'shop', workflow: 'cleanup' },
        reason: 'before the upgrade',
      },
    });
    await stage.call('createHold', {
      body: {
        ...{ purpose: 'maintenance', target: { kind: 'pool', pool: 'group:default' } },
        weekly: { days: ['SUN', 'WED'], from: '02:00', to: '04:00', zone: 'Europe/Berlin' },
        reason: 'warehouse maintenance',
      },
    });
    await go('/holds?project=shop');
    await page.getByRole('link', { name: 'Workflow shop/cleanup' }).click();
    await page.waitForURL(/hold=shop(~|%7E)/);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nothing that it covers runs.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { name: /Planned and active, next 7 days/ }).waitFor();
    await page.getByText('Sun Wed, 02:00 to 04:00 (Europe/Berlin)').waitFor();
  });

  it('freeze everything only with a reason and the number that the plan names', async () => {
    const { page, follow } = visit;
    await follow('/holds');
    await page.getByRole('button', { name: 'Freeze everything' }).click();
    const dialog = page.getByRole('dialog');
    const label = dialog.getByText(/^Type \d+ to confirm/).first();
    const count = /\d+/.exec((await label.textContent()) ?? '')?.[0] ?? '';
    const act = dialog.getByRole('button', { name: 'Freeze everything' });
    expect(await act.isDisabled()).toBe(true);
    await field(page, /Reason/).fill('the warehouse is down');
    await field(page, /^Type/).fill(`${Number(count) + 1}`);
    await dialog.getByText('This is not the number').waitFor();
    expect(await act.getAttribute('aria-disabled')).toBe('true');
    await field(page, /^Type/).fill(count);
    await act.click();
    await page.getByText(/Everything is frozen since .*the warehouse is down/).waitFor();
    await follow('/runs');
    await page.getByText(/Everything is frozen since/).waitFor();
  });

  it('thaw in stages, each with what it would start', async () => {
    const { page, follow } = visit;
    await follow('/holds');
    const thaw = () => page.getByRole('button', { name: 'Thaw: Everything' }).click();
    await thaw();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Priority High and above/ }).check();
    await dialog.getByRole('button', { name: 'Thaw' }).click();
    await page.getByText('Thawed: High and above').waitFor();
    await page.getByText(/The freeze is being thawed/).waitFor();
    await thaw();
    expect(await dialog.getByRole('radio', { name: /Priority High and above/ }).count()).toBe(0);
    await dialog.getByRole('radio', { name: /All that is left/ }).check();
    await dialog.getByRole('button', { name: 'Thaw' }).click();
    await page.getByRole('button', { name: 'Thaw: Everything' }).waitFor({ state: 'detached' });
    await page.getByText(/The freeze is being thawed/).waitFor({ state: 'detached' });
  });

  it('are lifted with a word why', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Lift: Workflow shop/orders' }).click();
    await field(page, /Comment/).fill('source is back');
    await page.getByRole('dialog').getByRole('button', { name: 'Lift' }).click();
    await page.getByRole('link', { name: 'Workflow shop/orders' }).waitFor({ state: 'detached' });
  });
});

describe('the operation log', () => {
  it('shows who did what, narrows by what stands in the address, and opens an entry', async () => {
    const { page, go } = visit;
    await go('/audit?project=shop');
    await page.getByRole('heading', { name: 'Operation log', level: 1 }).waitFor();
    const lift = page.getByRole('row', { name: /lift/ });
    await lift.getByText('source is back').waitFor();
    await lift.getByText('Console').waitFor();

    const filter = page.locator('#content').getByRole('combobox').first();
    await filter.fill('feed');
    await filter.press('Enter');
    await page.waitForURL(/text=feed/);
    await lift.waitFor({ state: 'detached' });
    await page
      .getByRole('row', { name: /workflow:shop\/feed/ })
      .first()
      .waitFor();

    await go('/audit?project=shop&action=lift');
    await lift.getByRole('link').first().click();
    await page.waitForURL(/entry=/);
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('row', { name: /reason/ })
      .getByText('source is down')
      .waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  it('is downloaded as CSV with the filters of the page', async () => {
    const { page } = visit;
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text.split('\r\n')[0]).toMatch(/^at,actor,action,object/);
    expect(text).toContain('lift,workflow:shop/orders,shop');
    expect(text).not.toContain('freeze');
  });
});

describe('the hand-over', () => {
  it('says what broke and who did what, and takes a note', async () => {
    const { page, follow } = visit;
    await follow('/handover');
    await page.getByText(/Choose a project in the header/).waitFor();
    await follow('/handover?project=shop');
    await page.getByRole('link', { name: 'feed/fetch' }).first().waitFor();
    await page.getByText(/You have not marked this project as read yet/).waitFor();
    await page.getByLabel('Your note').fill('Watch **feed**:\n- call the vendor');
    await page.getByRole('button', { name: 'Leave the note' }).click();
    await page.locator('.note strong', { hasText: 'feed' }).waitFor();
    await page.locator('.note .note-item', { hasText: 'call the vendor' }).waitFor();

    await page.getByRole('button', { name: 'Edit: Watch' }).click();
    await page.getByLabel('Your note').fill('Watch it <b>closely</b>');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.note', { hasText: 'Watch it <b>closely</b>' }).waitFor();
  });

  it('begins anew once it is marked as read', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Mark as read' }).click();
    await page.getByText(/Since you last looked/).waitFor();
    await page.getByText('Nothing is broken').waitFor();
  });
});

describe('people and devices', () => {
  it('let a viewer look, with the reason why more is not for them', async () => {
    const { rev } = await stage.call('getProject', { params: { project: 'shop' } });
    await stage.call('putMember', {
      params: { project: 'shop', user: 'viewer' },
      body: { role: 'viewer' },
      ifMatch: rev,
    });
    const guest = await visitConsole(browser, stage.host.url, {
      path: '/holds?project=shop',
      user: 'viewer',
    });
    const freeze = guest.page.getByRole('button', { name: 'Freeze everything' });
    await expect.poll(() => freeze.getAttribute('aria-disabled')).toBe('true');
    await guest.follow('/handover?project=shop');
    const mark = guest.page.getByRole('button', { name: 'Mark as read' });
    await expect.poll(() => mark.getAttribute('aria-disabled')).toBe('true');
    expect(guest.complaints).toEqual([]);
    await guest.close();
  });

  it('are clean for axe in both themes, and fit 414 pixels', async () => {
    const findings: string[] = [];
    for (const [theme, language, width] of [
      ['light', 'en', 1440],
      ['dark', 'zh-CN', 1440],
      ['light', 'en', 414],
    ] as const) {
      const look = await visitConsole(browser, stage.host.url, {
        viewport: { width, height: 900 },
        preferences: { theme, language, navigationOpen: width > 1000 },
      });
      for (const path of ['/holds', '/audit', '/handover']) {
        await look.follow(`${path}?project=shop`);
        await expect.poll(() => look.page.locator('.waiting').count()).toBe(0);
        await look.page.waitForTimeout(300);
        const wide = await look.page.evaluate<number>('document.documentElement.scrollWidth');
        if (wide > width) findings.push(`${path}: ${wide} pixels of ${width}`);
        if (width > 414)
          findings.push(...(await findingsOf(look.page)).map((each) => `${path} ${each}`));
      }
      expect(look.complaints).toEqual([]);
      await look.close();
    }
    expect(findings).toEqual([]);
    expect(visit.complaints).toEqual([]);
  }, 180_000);
});

type Finding = { id: string; nodes: { html: string }[] };

const findingsOf = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: Finding[] }> };
    };
    return (await axe.run()).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
  );
};
