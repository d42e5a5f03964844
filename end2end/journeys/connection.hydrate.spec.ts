// What becomes of a page, and of what was typed into it, while Carrel cannot be
// reached, and after a new version of it.
import { expect, hydrated, test } from './fixtures';

test.use({ expectedNoise: [/ERR_INTERNET_DISCONNECTED|Failed to fetch|status of (404|503)|status code is not ok/] });

test('a part of the code that is gone has its page loaded anew', async ({ page, context, visit }) => {
  await visit('/search');
  await page.evaluate(() => document.documentElement.setAttribute('data-before', ''));
  let old = true;
  page.on('request', request => {
    if (request.isNavigationRequest()) old = false;
  });
  await context.route('**/pkg/**/*.wasm', route => (old ? route.fulfill({ status: 404 }) : route.continue()));
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Index' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Competency index' })).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-before');
  await hydrated(page);
});

test('going on by a link without a connection says so, and the page is there again later', async ({ page, context, visit }) => {
  await visit('/search');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Index' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'No connection' })).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Competency index' })).toBeVisible();
});

test('what was typed stays while it cannot be sent', async ({ page, context, signIn, visit, unique }) => {
  await signIn('ciara');
  await visit('/studio/sets/new');
  await page.getByLabel('Title').fill(`Lost ${unique}`);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await page.getByRole('link', { name: 'The book' }).click();
  const introduction = page.getByLabel('Introduction');
  await introduction.fill('Written on a train.');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').getByText('Carrel could not be reached.')).toBeVisible();
  // Long enough for the page's own data to have failed too.
  await page.waitForTimeout(500);
  await expect(introduction).toHaveValue('Written on a train.');
  await context.setOffline(false);
  await expect(page.getByText('Connected again.')).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await page.reload();
  await expect(introduction).toHaveValue('Written on a train.');
});

test('a page that did not come is there as soon as the connection is', async ({ page, context, visit, accessible }) => {
  await visit('/search?q=LM&kind=statement');
  await context.setOffline(true);
  await page.getByRole('link', { name: 'Page 2' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'No connection' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Try again' })).toHaveAttribute('href', '/search?q=LM&kind=statement&page=2');
  await accessible();
  await context.setOffline(false);
  await expect(page.getByRole('heading', { level: 1, name: 'Search: LM' })).toBeVisible({ timeout: 10_000 });
  await expect(page).toHaveURL('/search?q=LM&kind=statement&page=2');
});
