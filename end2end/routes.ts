// The pages that the browser tests walk: read from the route table itself, so
// that none is forgotten.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fillSignIn, password } from './fixtures';
import { letter, link } from './post';

const table = readFileSync(join(__dirname, '../app/src/app.rs'), 'utf8');
const list = /pub const PAGES: [^=]*= &\[([^\]]*)\]/.exec(table);
if (!list) throw new Error('app/src/app.rs has no PAGES');

/** Every page's path, such as `/index/:set`; that of an empty installation has a journey of its own. */
export const routes = [...list[1].matchAll(/"([^"]+)"/g)].map(found => found[1]).filter(path => path !== '/setup');

/** Who of the demonstration looks at a page; nobody for the public ones. */
export function viewer(route: string): string | undefined {
  if (/^\/(sign-in|join|confirm-address)\b/.test(route)) return undefined;
  if (route === '/admin/password-link') return 'piotr';
  if (route === '/admin/mail' || route === '/admin/sign-in' || route.startsWith('/admin/providers')) return 'mei';
  if (route.endsWith('/derive')) return 'ciara';
  if (route.startsWith('/studio/import') || route.startsWith('/studio/sets')) return 'ciara';
  if (route === '/admin/audit' || route === '/admin/people' || route === '/admin/retention') return 'mei';
  if (route.startsWith('/people/:person/')) return 'helen';
  if (route === '/organisations/:organisation/audit') return 'piotr';
  if (route.startsWith('/reviews/link')) return undefined;
  if (route.startsWith('/reviews/')) return 'ciara';
  if (route.startsWith('/studio')) return 'joseph';
  if (route.startsWith('/organisations/:organisation/')) return 'piotr';
  return 'rosa';
}

/** Shares something with Helen; answers where she sees it. */
async function shared(page: Page, what: string): Promise<string> {
  await page.goto('/me/sharing');
  await page.getByLabel(what).check();
  await page.getByLabel('With whom').selectOption('person');
  await page.getByLabel('E-mail address').fill('helen@riverside.example');
  await page.getByLabel('What for').fill('Our talk in spring');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.waitForURL(/notice=shared/);
  const own = await page.locator('a[href^="/people/"]').first().getAttribute('href');
  return `${own}/${what === 'Learning plan' ? 'plan' : 'gaps'}`;
}

/** Begins a set with one line in it; answers where its draft is written. */
async function begun(page: Page): Promise<string> {
  await page.goto('/studio/sets/new');
  await page.getByLabel('Title').fill(`Set ${randomUUID()}`);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await page.waitForURL(/notice=created/);
  await page.getByLabel('New line').fill('Answers questions');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL(/notice=added/);
  return new URL(page.url()).pathname;
}

/** Opens a review round of a new draft; answers where its board is. */
async function reviewed(page: Page): Promise<string> {
  await page.goto(`${await begun(page)}/reviews`);
  await page.getByLabel('Title').fill('Spring review');
  await page.getByRole('button', { name: 'Open the round' }).click();
  await page.waitForURL(/notice=opened/);
  return new URL(page.url()).pathname;
}

/** The same, reviewed by Ciara herself: where she does so. */
async function reviewing(page: Page): Promise<{ round: string }> {
  const board = await reviewed(page);
  await page.getByLabel('Name', { exact: true }).fill('Ciara Imrie');
  await page.getByLabel('E-mail address').fill('ciara@riverside.example');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.waitForURL(/notice=(sent|account)/);
  return { round: `/reviews/${board.split('/').pop()}` };
}

/** Pages that are there once somebody has done something. */
const made: Record<string, { by: string; make: (page: Page) => Promise<string> }> = {
  // Linked only where an edition comes after another.
  '/index/:set/:edition/changes': { by: 'rosa', make: async () => '/index/library-management/1/changes' },
  '/index/:set/:edition/derive': { by: 'ciara', make: async () => '/index/library-management/1/derive' },
  '/index/:set/:edition/publication': { by: 'rosa', make: async () => '/index/library-management/1/publication' },
  '/join/:token': {
    by: 'piotr',
    make: async page => {
      await page.goto('/organisations/millbrook/invitations');
      await page.getByRole('button', { name: 'Make a link' }).click();
      const link = await page.getByRole('status').getByRole('link').getAttribute('href');
      return new URL(link!).pathname;
    },
  },
  '/sign-in/reset/:token': {
    by: 'piotr',
    make: async page => {
      await page.goto('/admin/password-link');
      await page.getByLabel('Their e-mail address').fill(password('rosa').email);
      await page.getByRole('button', { name: 'Make a link' }).click();
      return new URL((await page.locator('.notice code').textContent())!).pathname;
    },
  },
  '/confirm-address/:token': {
    by: 'rosa',
    make: async page => {
      const email = `${randomUUID()}@riverside.example`;
      await page.goto('/me/settings/address');
      await page.getByLabel('New e-mail address').fill(email);
      await page.getByLabel('Your password, to be sure').fill(password('rosa').password);
      await page.getByRole('button', { name: 'Change it' }).click();
      return link(await letter(email), '/confirm-address/');
    },
  },
  '/admin/providers/:provider': {
    by: 'mei',
    make: async page => {
      await page.goto('/admin/providers');
      await page.getByLabel('Name', { exact: true }).fill(`Example ${randomUUID()}`);
      await page.getByLabel('Issuer').fill(`http://127.0.0.1:${process.env.E2E_PROVIDER_PORT}`);
      await page.getByLabel('Client id').fill('carrel');
      await page.getByRole('button', { name: 'Add it' }).click();
      await page.waitForURL(/\/admin\/providers\/./);
      return new URL(page.url()).pathname;
    },
  },
  '/organisations/:organisation/join': { by: 'piotr', make: async () => '/organisations/riverside/join' },
  '/organisations/:organisation/staff/:list': {
    by: 'piotr',
    make: async page => {
      await page.goto('/organisations/millbrook/staff');
      await page.getByLabel('Or paste the list').fill('name,email,roles\nMaya Lindqvist,maya@riverside.example,learner\nNo Address,,learner');
      await page.getByRole('button', { name: 'Look at it' }).click();
      await page.waitForURL(/\/staff\/./);
      return new URL(page.url()).pathname;
    },
  },
  '/people/:person/gaps': { by: 'rosa', make: page => shared(page, 'Self-ratings and gaps') },
  '/people/:person/plan': { by: 'rosa', make: page => shared(page, 'Learning plan') },
  '/reviews': { by: 'nadia', make: async () => '/reviews' },
  '/reviews/link/:token': {
    by: 'ciara',
    make: async page => {
      await reviewed(page);
      await page.getByLabel('Name', { exact: true }).fill('Maya Lindqvist');
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      const link = await page.locator('#reviewers').getByRole('link', { name: /\/reviews\/link\// }).getAttribute('href');
      return new URL(link!).pathname;
    },
  },
  '/reviews/:round': { by: 'ciara', make: async page => (await reviewing(page)).round },
  '/reviews/:round/:item': { by: 'ciara', make: async page => `${(await reviewing(page)).round}/1` },
  '/studio/sets/:set/reviews': { by: 'ciara', make: async page => `${await begun(page)}/reviews` },
  '/studio/sets/:set/reviews/:round': { by: 'ciara', make: reviewed },
  '/studio/sets/:set/reviews/:round/:item': { by: 'ciara', make: async page => `${await reviewed(page)}/1` },
  '/studio/sets/:set': { by: 'ciara', make: begun },
  '/studio/sets/:set/book': { by: 'ciara', make: async page => `${await begun(page)}/book` },
  '/studio/sets/:set/source': {
    by: 'ciara',
    make: async page => {
      await page.goto('/index/library-management/1/derive');
      await page.getByLabel('Title').fill(`Derived ${randomUUID()}`);
      await page.getByRole('button', { name: 'Derive the set' }).click();
      await page.waitForURL(/notice=derived/);
      return new URL(page.url()).pathname;
    },
  },
  '/studio/sets/:set/profiles/:profile': {
    by: 'ciara',
    make: async page => {
      await page.goto('/studio/sets/library-management/profiles/new');
      await page.getByLabel('Title').fill(`Role ${randomUUID()}`);
      await page.getByRole('button', { name: 'Make it' }).click();
      await page.waitForURL(/notice=made/);
      return new URL(page.url()).pathname;
    },
  },
  '/studio/sets/:set/nodes/:node': {
    by: 'ciara',
    make: async page => {
      await begun(page);
      return (await page.getByRole('link', { name: 'Answers questions' }).first().getAttribute('href'))!;
    },
  },
  '/studio/import/:import': {
    by: 'ciara',
    make: async page => {
      await page.goto('/studio/import');
      await page.getByLabel('File', { exact: true }).setInputFiles(join(__dirname, 'journeys/files/shelves.moodle.csv'));
      await page.getByRole('button', { name: 'Look at it' }).click();
      await page.waitForURL(/\/studio\/import\/./);
      return new URL(page.url()).pathname;
    },
  },
};

async function make(page: Page, route: string): Promise<string> {
  const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}`;
  const context = await page.context().browser()!.newContext({ baseURL, javaScriptEnabled: false });
  const own = await context.newPage();
  await fillSignIn(own, made[route].by);
  const found = await made[route].make(own);
  await context.close();
  return found;
}

/** Where the links of a page lead on this site. Pages are whole as they are sent: no browser need show them. */
async function links(page: Page, start: string): Promise<string[]> {
  const html = await (await page.request.get(start)).text();
  return [...html.matchAll(/<a [^>]*?href="(\/[^"?#]*)/g)].map(found => found[1].replaceAll('&amp;', '&'));
}

/** A page's address: for a path with parameters the first link that fits, looked for on these pages. */
export async function address(page: Page, route: string): Promise<string | undefined> {
  if (!route.includes(':')) return route;
  if (made[route]) return make(page, route);
  const fits = new RegExp(`^${route.replace(/:[a-z]+/g, '[^/?#]+')}$`);
  const literal = new Set(routes.filter(other => !other.includes(':')));
  for (const start of await starts(page, route)) {
    const found = (await links(page, start)).find(link => fits.test(link) && !literal.has(link));
    if (found) return found;
  }
  return undefined;
}

/** Pages that are linked from others than those above them. */
const linkedFrom: Record<string, string> = {
  '/studio/sets/:set/editions': '/index/:set',
  '/studio/sets/:set/profiles': '/index/:set',
  '/index/:set/:edition/derive': '/index/:set',
  '/organisations/:organisation': '/people/:person',
  '/organisations/:organisation/people/:person': '/organisations/:organisation',
};

async function starts(page: Page, route: string): Promise<string[]> {
  if (linkedFrom[route]) return [(await address(page, linkedFrom[route]))!];
  const parts = route.split('/').slice(1);
  const above = `/${parts.slice(0, -1).join('/')}`;
  const parent = above.includes(':') ? await address(page, above) : routes.includes(above) ? above : undefined;
  return [...new Set([parent, `/${parts[0]}`, '/', '/me', '/studio'])].filter(
    (start): start is string => !!start && (start === parent || routes.includes(start)),
  );
}
