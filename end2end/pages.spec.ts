// Every page of the route table: it answers, axe finds nothing, the console is silent.
import { expect, test } from './fixtures';
import { address, routes, viewer } from './routes';

for (const route of routes) {
  test(`page ${route}`, async ({ page, signIn, visit, accessible }) => {
    const who = viewer(route);
    if (who) await signIn(who);
    const found = await address(page, route);
    expect(found, `a link to a page like ${route}`).toBeDefined();
    expect((await page.request.get(found!)).status()).toBe(200);
    await visit(found!);
    await expect(page.getByRole('main')).toBeVisible();
    await expect(page).toHaveTitle(/./);
    await accessible();
  });
}
