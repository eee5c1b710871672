import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';

let browser: Browser;
let stage: ConsoleHost;
let visit: Visit;

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
  visit = await visitConsole(browser, stage.host.url, { path: '/workflows?online=ONLINE' });
});

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

describe('the console', () => {
  it('comes back from the sign-in to the page that was asked for, with its filter', async () => {
    const { page } = visit;
    expect(new URL(page.url()).pathname).toBe('/workflows');
    expect(new URL(page.url()).searchParams.get('online')).toBe('ONLINE');
    await page.getByRole('link', { name: 'orders' }).waitFor();
    expect(await page.getByRole('link', { name: 'cleanup' }).count()).toBe(0);
  });

  it('keeps a filter that is typed in the address', async () => {
    const { page, go } = visit;
    await go('/workflows');
    await page.getByRole('link', { name: 'cleanup' }).waitFor();
    const filter = page.locator('#content').getByRole('combobox').first();
    await filter.fill('clean');
    await filter.press('Enter');
    await page.waitForURL(/text=clean/);
    await page.getByRole('link', { name: 'orders' }).waitFor({ state: 'detached' });
  });

  it('starts selected workflows, leaves out the offline one with its reason, and tells the result of each', async () => {
    const { page, go } = visit;
    await go('/workflows');
    await page.getByRole('checkbox', { name: 'Select shop/orders' }).check();
    await page.getByRole('checkbox', { name: 'Select shop/cleanup' }).check();
    await page.getByRole('button', { name: 'Start', exact: true }).click();

    const dialog = page.getByRole('dialog');
    await dialog.getByText('it is offline').waitFor();
    await dialog.getByRole('button', { name: 'Start (1)' }).click();
    await dialog.getByText('1 done, 0 skipped, 0 failed').waitFor();
    await dialog.getByRole('link', { name: /Open the run/ }).click();
    await page.waitForURL(/\/runs\/prod~shop~orders~m\./);
  });

  it('shows a run with its graph, and opens an instance by a click on its node', async () => {
    const { page, go } = visit;
    await go(`/runs/${stage.run}?tab=dag`);
    await page.getByRole('progressbar').waitFor();
    const node = page.locator('.react-flow__node', { hasText: 'report' });
    await node.getByText('Not run').waitFor();
    await node.click();
    await page.waitForURL(/\/instances\/.*~report~1/);
    await page.getByRole('heading', { name: 'report', level: 1 }).waitFor();
  });

  it('explains why an instance waits: the blocker, its holder with a link, and what clears it', async () => {
    const { page, go } = visit;
    await go(`/instances/${stage.run}~report~1?tab=diagnosis`);
    await page.getByText('It waits for 1 thing').waitFor();
    await page.getByRole('heading', { name: 'An upstream instance has not started' }).waitFor();
    await page.getByRole('link', { name: /settle/ }).click();
    await page.waitForURL(/~settle~1/);
    await page
      .getByRole('heading', { name: 'It is a wait task: its time has not passed' })
      .waitFor();
    await page.getByText('Nothing: it ends by itself then').waitFor();
  });

  it('disables an operation with its reason, and pauses and resumes where it is allowed', async () => {
    const { page, go } = visit;
    await go(`/instances/${stage.run}~report~1`);
    const rerun = page.getByRole('button', { name: 'Rerun' });
    expect(await rerun.getAttribute('aria-disabled')).toBe('true');
    await rerun.focus();
    await page
      .getByRole('tooltip')
      .getByText('Not possible while “Not run”; possible from: Succeeded, Failed')
      .waitFor();

    for (const action of ['Pause', 'Resume']) {
      await page.getByRole('button', { name: action, exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Comment' }).fill(`${action} by a test`);
      await dialog.getByRole('button', { name: `${action} (1)` }).click();
      await dialog.getByText('1 done').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
    }
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Resume by a test').waitFor();
    expect(await page.getByText('Pause by a test').count()).toBe(1);
  });

  it('names the wrong field of a throttling rule, then saves it', async () => {
    const { page, go } = visit;
    await go('/system/throttling');
    await page.getByRole('button', { name: 'New rule' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('no good name');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(/must be 1 to 64 letters/).waitFor();

    await dialog.getByRole('textbox', { name: 'Name' }).fill('partner_api');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('cell', { name: /partner_api/ })
      .or(page.getByText('partner_api is saved'))
      .first()
      .waitFor();
    await page.getByText('0 of 1').waitFor();
  });

  it('publishes a changed definition, and shows every problem of a wrong one with its place', async () => {
    const { page, go } = visit;
    await go('/workflows/shop/cleanup?tab=definition');
    await page.getByRole('button', { name: 'Edit and publish' }).click();
    const text = page.getByRole('textbox', { name: 'Definition (YAML or JSON)' });
    await text.fill('workflow: cleanup\ntasks:\n  - name: sweep\n    kind: nothing\n');
    await page.getByRole('button', { name: 'Validate' }).click();
    await page.getByText('tasks[0].kind').waitFor();

    await text.fill(
      'workflow: cleanup\ntasks:\n  - name: sweep\n    kind: noop\n  - name: mop\n    kind: noop\n    upstreams: [sweep]\n',
    );
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Version 2 of cleanup is published').waitFor();
    await go('/workflows/shop/cleanup?tab=versions&from=1&to=2');
    await page.getByRole('heading', { name: 'Version 1 compared with 2' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'mop' }).waitFor();
  });

  it('shows times in the chosen zone and never shifts a business date', async () => {
    const { page, go } = visit;
    await go(`/instances/${stage.run}~extract~1`);
    const facts = async () => ({
      due: await page
        .locator('dt', { hasText: 'Scheduled' })
        .locator('xpath=following-sibling::dd[1]')
        .textContent(),
      bizDate: await page
        .locator('dt', { hasText: 'Business date' })
        .locator('xpath=following-sibling::dd[1]')
        .textContent(),
    });
    const inNewYork = await facts();
    await page.getByRole('button', { name: /^Time zone/ }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Project' }).click();
    const inShanghai = await facts();

    expect(inShanghai.due).not.toBe(inNewYork.due);
    expect(inShanghai.bizDate).toBe(inNewYork.bizDate);
  });

  it('is driven by keys: g i, j, Enter, ?, Ctrl+K', async () => {
    const { page, go } = visit;
    await go('/');
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await page.waitForURL(/\/workflows/);
    await page.getByRole('link', { name: 'orders' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('1 selected', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/workflows\/shop\/cleanup/);

    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('This help').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    const search = page.getByRole('combobox', { name: 'Pages, workflows, instance id' });
    await search.and(page.locator(':focus')).waitFor();
    await page.keyboard.type(`${stage.run}~extract~1`);
    await search.press('ArrowDown');
    await search.press('Enter');
    await page.waitForURL(/~extract~1/);
  });

  it('keeps what it shows when the server is gone, and says since when', async () => {
    const { page, go } = visit;
    await go('/workflows');
    await page.getByRole('link', { name: 'orders' }).waitFor();
    await page.route('**/api/workflows*', (route) => route.abort());
    await page.keyboard.press('r');
    await page.getByText(/Data as of .* The last refresh failed/).waitFor();
    expect(await page.getByRole('link', { name: 'orders' }).count()).toBe(1);
    await page.unroute('**/api/workflows*');
    await page.keyboard.press('r');
    await page.getByText(/Data as of/).waitFor({ state: 'detached' });
  });

  it('stays signed in over a reload and asks again after a sign-out', async () => {
    const { page, go } = visit;
    await go('/runs');
    await page.reload();
    await page.getByRole('heading', { name: 'Workflow runs', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'User: admin' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  });

  it('lets a viewer look and tells why the buttons are off', async () => {
    const other = await visitConsole(browser, stage.host.url, {
      path: `/instances/${stage.run}~report~1`,
      user: 'viewer',
    });
    const pause = other.page.getByRole('button', { name: 'Pause', exact: true });
    await other.page.locator('button[aria-disabled="true"]').first().waitFor();
    await pause.focus();
    await other.page
      .getByRole('tooltip')
      .getByText('you need the role Operator in this project')
      .waitFor();
    await other.close();
  });
});
