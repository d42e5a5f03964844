// What stands in place of a page that is missing, closed or wants to know who
// asks: its status, what to do, and as readable as any page.
import { expect, test } from './fixtures';

test.use({ expectedNoise: [/status of 40[134]/] });

const errors = [
  { address: '/nowhere', status: 404, heading: 'Nothing here', way: 'Search' },
  { address: '/index/no-such-set', status: 404, heading: 'Nothing here', way: 'Look in the index' },
  { address: '/me/settings', status: 401, heading: 'Sign in to see this', way: 'Sign in' },
  { address: '/people', status: 401, heading: 'Sign in to see this', way: 'Find your organisation' },
  { address: '/studio/import', who: 'rosa', status: 403, heading: 'Not yours to change', way: 'Go to the home page' },
];

for (const { address, who, status, heading, way } of errors) {
  test(`${status} at ${address}`, async ({ page, signIn, visit, accessible }) => {
    if (who) await signIn(who);
    expect((await page.request.get(address)).status()).toBe(status);
    await visit(address);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(heading));
    await expect(page.getByRole('main').getByRole('link', { name: way, exact: true })).toBeVisible();
    await accessible();
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 320, height: 640 });
    await accessible();
  });
}
