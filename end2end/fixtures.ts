// What every spec may ask for: signing in, accessibility, a silent console.
import { readFileSync } from 'node:fs';
import { test as base, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import axe from 'axe-core';

export { expect };

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

interface Fixtures {
  /** Whether this run has JavaScript. */
  scripted: boolean;
  /** Makes the visitor this person of the demonstration (e-mail, or what stands before its @). */
  signIn: (person: string) => Promise<void>;
  /** Goes there and, with JavaScript, waits until the page is hydrated. */
  visit: (address: string) => Promise<void>;
  /** Holds that axe finds nothing on the page as it stands: by all its rules, or by these. */
  accessible: (page?: Page, rules?: string[]) => Promise<void>;
  /** Console messages that a spec provokes on purpose: `test.use({ expectedNoise: [/404/] })`. */
  expectedNoise: RegExp[];
  silence: void;
}

interface WorkerFixtures {
  /** Where pages without scripts are copied to, once a worker. */
  reader: Page;
}

/** The password of a person of the demonstration, from the file that seeding wrote. */
export function password(person: string): { email: string; password: string } {
  const lines = readFileSync(process.env.E2E_PASSWORDS!, 'utf8').split('\n');
  for (const line of lines) {
    const [email, password] = line.split('\t');
    if (email === person || email.split('@')[0] === person) return { email, password };
  }
  throw new Error(`nobody in the demonstration is called ${person}`);
}

export async function fillSignIn(page: Page, person: string) {
  const known = password(person);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(known.email);
  await page.getByLabel('Password', { exact: true }).fill(known.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(url => url.pathname !== '/sign-in');
}

const sessions = new Map<string, Cookies>();

/** Cookies of this person, who signs in once a worker. */
export async function session(browser: Browser, person: string): Promise<Cookies> {
  if (!sessions.has(person)) {
    const own = await browser.newContext({ baseURL: `http://127.0.0.1:${process.env.E2E_PORT}`, javaScriptEnabled: false });
    await fillSignIn(await own.newPage(), person);
    sessions.set(person, await own.cookies());
    await own.close();
  }
  return sessions.get(person)!;
}

/** `hydrate()` in frontend/ leaves this mark when it is through. */
export async function hydrated(page: Page) {
  await page.waitForSelector('html[data-hydrated]', { state: 'attached' });
}

/** Shows a page as it stands, its own scripts kept out, where axe has the timers that it needs. */
async function copied(reader: Page, page: Page): Promise<Page> {
  const body = (await page.content()).replace(/<\/?noscript>/g, '');
  const headers = { 'content-security-policy': "script-src 'none'" };
  await reader.context().clearCookies();
  await reader.context().addCookies(await page.context().cookies());
  await reader.setViewportSize(page.viewportSize()!);
  await reader.unrouteAll();
  await reader.route(page.url(), route => route.fulfill({ body, headers, contentType: 'text/html; charset=utf-8' }));
  await reader.goto('about:blank');
  await reader.goto(page.url());
  return reader;
}

/** What axe finds on this page, which it is brought to once. */
async function violations(page: Page, options: axe.RunOptions) {
  // Said by the browser's own console, as it were: no policy of the page forbids it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async options => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options);
    return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(node => node.target.join(' ')) }));
  }, options);
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  reader: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ javaScriptEnabled: true });
      await use(await context.newPage());
      await context.close();
    },
    { scope: 'worker' },
  ],

  scripted: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  signIn: async ({ browser, context }, use) => use(async person => context.addCookies(await session(browser, person))),

  visit: async ({ page, scripted }, use) =>
    use(async address => {
      await page.goto(address);
      if (scripted) await hydrated(page);
    }),

  accessible: async ({ page, reader, scripted }, use) =>
    use(async (other = page, rules) => {
      const seen = scripted ? other : await copied(reader, other);
      const options: axe.RunOptions = {
        resultTypes: ['violations'],
        // What it would load first is for rules about sound and about a trial of orientation.
        preload: false,
        ...(rules ? { runOnly: rules } : { rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } } }),
      };
      expect(await violations(seen, options), `axe on ${other.url()}`).toEqual([]);
    }),

  expectedNoise: [[], { option: true }],

  silence: [
    async ({ context, expectedNoise }, use) => {
      const noise: string[] = [];
      const hear = (words: string) => {
        if (!expectedNoise.some(expected => expected.test(words))) noise.push(words);
      };
      context.on('console', message => {
        if (['error', 'warning', 'assert'].includes(message.type())) hear(`${message.page()?.url()}: ${message.text()}`);
      });
      context.on('weberror', error => hear(`${error.page()?.url()}: ${error.error().stack ?? error.error()}`));
      await use();
      expect(noise, 'the console').toEqual([]);
    },
    { auto: true },
  ],
});
