import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Arguments of the package that only AWS Lambda needs: in one process, closing a window ends the browser. */
const forLambda = new Set(['--single-process', '--no-zygote']);

/**
 * A headless Chromium: the machine's own when there is one, else the one that comes as an npm package, with the libraries
 * that it brings. NIGHTSHIFT_TEST_BROWSER=packed takes the latter in any case.
 */
export const launchBrowser = async (): Promise<Browser> => {
  const own = installed.find((path) => existsSync(path));
  if (own && process.env.NIGHTSHIFT_TEST_BROWSER !== 'packed')
    return chromium.launch({ executablePath: own, args: ['--no-sandbox'] });

  const before = process.env.LD_LIBRARY_PATH;
  // The package unpacks its libraries, and names them in LD_LIBRARY_PATH, only where it believes to be on Lambda.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x';
  const { default: packed } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  const env = { ...process.env } as Record<string, string>;
  delete process.env.AWS_EXECUTION_ENV;
  if (before === undefined) delete process.env.LD_LIBRARY_PATH;
  else process.env.LD_LIBRARY_PATH = before;

  return chromium.launch({
    executablePath,
    env,
    args: packed.args.filter((arg) => !forLambda.has(arg)),
  });
};
