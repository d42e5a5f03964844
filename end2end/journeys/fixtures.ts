// What the journeys share, on top of the fixtures of all browser tests.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, fillSignIn, hydrated, test as base } from '../fixtures';
import { aFreePort } from '../ports';

export { expect, hydrated };

interface Fixtures {
  /** A name that no other test has, in this run or another against the same server. */
  unique: string;
  /** Another person of the demonstration, at a browser of their own. */
  colleague: (person: string) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  unique: async ({}, use, info) => use(`${info.project.name} ${randomBytes(4).toString('hex')}`),

  colleague: async ({ browser, baseURL, scripted, expectedNoise }, use) => {
    const opened: Page[] = [];
    const noise: string[] = [];
    await use(async person => {
      const context = await browser.newContext({ baseURL, javaScriptEnabled: scripted, locale: 'en-GB', timezoneId: 'Europe/London' });
      context.on('console', message => {
        const expected = expectedNoise.some(pattern => pattern.test(message.text()));
        if (['error', 'warning'].includes(message.type()) && !expected) noise.push(message.text());
      });
      context.on('weberror', error => noise.push(String(error.error())));
      const page = await context.newPage();
      opened.push(page);
      await fillSignIn(page, person);
      return page;
    });
    for (const page of opened) await page.context().close();
    expect(noise, 'the console of the colleague').toEqual([]);
  },
});

/** As `visit`, on the page of a colleague. */
export async function goTo(page: Page, address: string, scripted: boolean) {
  await page.goto(address);
  if (scripted) await hydrated(page);
}

/** Opens what is folded under these words, unless it is open. */
export async function unfold(within: Page | Locator, words: string | RegExp) {
  const summary = within.locator('summary').filter({ hasText: words });
  const open = await summary.evaluate(element => (element.parentElement as HTMLDetailsElement).open);
  if (!open) await summary.click();
}

/** A day so many days from now, as a date field takes it. */
export function day(ahead: number): string {
  return new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
}

/** The same day as the pages write it, such as "3 March 2027". */
export function spelled(date: string): string {
  const parts: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', parts);
}

const FILES = join(__dirname, 'files');

/** A file of `files/` as a set of its own: its identifiers and its name are made unique. */
export function fileOf(name: string, unique: string) {
  const uuid = randomUUID();
  const text = readFileSync(join(FILES, name), 'utf8')
    .replaceAll('00000000-0000-4000-8000', uuid.slice(0, 23))
    .replaceAll('E2E-SHELVES', uuid)
    .replaceAll('E2E Shelves', `Shelves ${unique}`);
  return { name, mimeType: name.endsWith('.csv') ? 'text/csv' : 'application/json', buffer: Buffer.from(text) };
}

/** Brings such a file in as a set; answers with where the set is. */
export async function bring(page: Page, visit: (address: string) => Promise<void>, file: ReturnType<typeof fileOf>): Promise<string> {
  await visit('/studio/import');
  await page.getByLabel('File', { exact: true }).setInputFiles(file);
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Imported. This is what was in the file.')).toBeVisible();
  return new URL(page.url()).pathname;
}

const root = join(__dirname, '../..');

/** A server on an empty database, with the address that it says. */
export async function emptyServer(): Promise<{ address: string; stop: () => void }> {
  const target = execFileSync('scripts/with', ['printenv', 'CARGO_TARGET_DIR'], { cwd: root }).toString().trim();
  const port = aFreePort();
  const site = `http://127.0.0.1:${port}`;
  const server = spawn(join(target, 'release/carrel'), ['serve'], {
    cwd: root,
    env: { ...process.env, CARREL_ADDRESS: `127.0.0.1:${port}`, CARREL_PUBLIC_URL: site, CARREL_DATABASE: 'mem://', CARREL_LOG: 'warn' },
  });
  const address = await new Promise<string>((found, failed) => {
    let said = '';
    server.stderr.on('data', words => {
      said += words;
      const link = /http\S+\/setup\?token=\S+/.exec(said);
      if (link) found(link[0]);
    });
    server.on('exit', () => failed(new Error(`the server stopped: ${said}`)));
  });
  await expect(async () => expect((await fetch(`${site}/readyz`)).status).toBe(200)).toPass();
  return { address, stop: () => server.kill() };
}
