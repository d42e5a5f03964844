// The pages that the browser tests walk: read from the route table itself, so
// that none is forgotten.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { password, session } from './fixtures';
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
  if (route.startsWith('/people/:person/') || route.startsWith('/jobs')) return 'helen';
  if (route === '/organisations/:organisation/audit') return 'piotr';
  if (route.startsWith('/reviews/link')) return undefined;
  if (route.startsWith('/reviews')) return 'nadia';
  if (route.startsWith('/studio') || route === '/cohorts/:cohort/edit') return 'joseph';
  if (route.startsWith('/organisations/:organisation/')) return 'piotr';
  return 'rosa';
}

/** What is shared, by its words in the form, with the end of its address. */
const SHARED: Record<string, string> = { 'Self-ratings and gaps': 'gaps', 'Learning plan': 'plan', 'Record of learning': 'record', Evidence: 'evidence' };

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
  return `${own}/${SHARED[what]}`;
}

/** The demonstration's draft, which is under review. */
const DRAFT = '/studio/sets/running-millbrook';
const EDITION = '/index/library-management/1';

/** Pages that the demonstration holds and that are linked from few others. */
const known: Record<string, string> = {
  '/index/:set/:edition/changes': `${EDITION}/changes`,
  '/index/:set/:edition/derive': `${EDITION}/derive`,
  '/index/:set/:edition/publication': `${EDITION}/publication`,
  '/jobs/:job': '/jobs/branch-manager',
  '/jobs/:job/edit': '/jobs/branch-manager/edit',
  '/jobs/:job/duties': '/jobs/branch-manager/duties',
  '/jobs/:job/:face': '/jobs/branch-manager/person-specification',
  '/organisations/:organisation/join': '/organisations/riverside/join',
  '/studio/sets/:set': DRAFT,
  '/studio/sets/:set/book': `${DRAFT}/book`,
  '/studio/sets/:set/profiles': '/studio/sets/library-management/profiles',
  '/studio/sets/:set/profiles/new': '/studio/sets/library-management/profiles/new',
  '/studio/sets/:set/profiles/:profile': '/studio/sets/library-management/profiles/branch-manager',
  '/studio/sets/:set/reviews': `${DRAFT}/reviews`,
  '/studio/sets/:set/source': `${DRAFT}/source`,
};

/** Pages that are there once somebody has done something. */
const made: Record<string, { by: string; make: (page: Page) => Promise<string> }> = {
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
  '/people/:person/record': { by: 'rosa', make: page => shared(page, 'Record of learning') },
  '/people/:person/evidence': { by: 'rosa', make: page => shared(page, 'Evidence') },
  '/reviews/link/:token': {
    by: 'ciara',
    make: async page => {
      const rounds = await links(page, `${DRAFT}/reviews`);
      await page.goto(rounds.find(link => link.startsWith(`${DRAFT}/reviews/`))!);
      await page.getByLabel('Name', { exact: true }).fill(`Maya ${randomUUID()}`);
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      const link = await page.locator('#reviewers').getByRole('link', { name: /\/reviews\/link\// }).getAttribute('href');
      return new URL(link!).pathname;
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
  const browser = page.context().browser()!;
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  await context.addCookies(await session(browser, made[route].by));
  const own = await context.newPage();
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
  if (known[route]) return known[route];
  if (made[route]) return make(page, route);
  const fits = new RegExp(`^${route.replace(/:[a-z]+/g, '[^/?#]+')}$`);
  const literal = new Set(routes.filter(other => !other.includes(':')));
  for (const start of await starts(page, route)) {
    const found = (await links(page, start)).find(link => fits.test(link) && !literal.has(link) && !/\.(csv|html|json)$/.test(link));
    if (found) return found;
  }
  return undefined;
}

/** Pages that are linked from others than those above them. */
const linkedFrom: Record<string, string> = {
  '/studio/sets/:set/editions': '/index/:set',
  '/index/:set/:edition/derive': '/index/:set',
  '/studio/sets/:set/nodes/:node': '/studio/sets/:set',
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
