// The pages that the browser tests walk: read from the route table itself, so
// that none is forgotten.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const table = readFileSync(join(__dirname, '../app/src/app.rs'), 'utf8');
const list = /pub const ROUTES: &\[&str\] = &\[([^\]]*)\]/.exec(table);
if (!list) throw new Error('app/src/app.rs has no ROUTES');

/** Every page's path, such as `/index/:set`. */
export const routes = [...list[1].matchAll(/"([^"]+)"/g)].map(found => found[1]);

/** Who of the demonstration looks at a page; nobody for the public ones. */
export function viewer(route: string): string | undefined {
  if (route === '/sign-in' || route.startsWith('/join/')) return undefined;
  if (route.startsWith('/studio/import')) return 'ciara';
  if (route.startsWith('/studio')) return 'joseph';
  return 'rosa';
}

/** A page's address: for a path with parameters the first link that fits, looked for on these pages. */
export async function address(page: Page, route: string): Promise<string | undefined> {
  if (!route.includes(':')) return route;
  const fits = new RegExp(`^${route.replace(/:[a-z]+/g, '[^/?#]+')}$`);
  const literal = new Set(routes.filter(other => !other.includes(':')));
  for (const start of await starts(page, route)) {
    await page.goto(start);
    const links = await page.locator('a[href]').evaluateAll(all => all.map(link => new URL((link as HTMLAnchorElement).href).pathname));
    const found = links.find(link => fits.test(link) && !literal.has(link));
    if (found) return found;
  }
  return undefined;
}

async function starts(page: Page, route: string): Promise<string[]> {
  const parts = route.split('/').slice(1);
  const above = `/${parts.slice(0, -1).join('/')}`;
  const parent = above.includes(':') ? await address(page, above) : routes.includes(above) ? above : undefined;
  return [...new Set([parent, `/${parts[0]}`, '/', '/me', '/studio'])].filter(
    (start): start is string => !!start && (start === parent || routes.includes(start)),
  );
}
