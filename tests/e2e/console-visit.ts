import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export type Visit = {
  readonly page: Page;
  /** What the browser complained about: errors of the page, its console and its content security policy. */
  readonly complaints: readonly string[];
  /** Loads the page anew, as a link from elsewhere does. */
  readonly go: (path: string) => Promise<void>;
  /** Goes there as a link within the console does. */
  readonly follow: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens the console at `path` and signs in as one of the local people. */
export const visitConsole = async (
  browser: Browser,
  url: string,
  {
    path = '/',
    user = 'admin',
    preferences = {},
    ...options
  }: BrowserContextOptions & {
    path?: string;
    user?: string;
    preferences?: Readonly<Record<string, unknown>>;
  } = {},
): Promise<Visit> => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'America/New_York',
    ...options,
  });
  // Set once: what the person changes later must survive a reload.
  await context.addInitScript(
    (kept) => {
      if (!localStorage.getItem('nightshift.preferences'))
        localStorage.setItem('nightshift.preferences', kept);
    },
    JSON.stringify({ refreshSeconds: 0, ...preferences }),
  );
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);

  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });

  await page.goto(`${url}${path}`);
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click();
  await page.getByRole('button', { name: `Sign in as ${user}` }).click();
  await page.locator('#content h1').first().waitFor();

  return {
    page,
    complaints,
    go: async (to) => {
      await page.goto(`${url}${to}`);
      await page.locator('#content h1').first().waitFor();
    },
    follow: async (to) => {
      await page.evaluate(`history.pushState(null, '', ${JSON.stringify(to)})`);
      // The router shows the page before until the code of the next one is here.
      await page.waitForTimeout(400);
      await page.locator('#content h1').first().waitFor();
    },
    close: () => context.close(),
  };
};
