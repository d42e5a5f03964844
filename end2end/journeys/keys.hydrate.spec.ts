// What the keyboard adds, and that it can be switched off.
import { expect, test } from './fixtures';

test('single keys move, open, go and explain themselves', async ({ page, visit, accessible }) => {
  await visit('/courses');
  await page.keyboard.press('j');
  await expect(page.locator('main .rows > li').first().getByRole('link').first()).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.locator('main .rows > li').nth(1).getByRole('link').first()).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('o');
  await page.waitForURL(/\/courses\/./);

  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { level: 1, name: 'Competency index' })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog.getByText('Go to the study groups')).toBeVisible();
  await accessible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // A field takes every key for itself.
  await page.getByRole('banner').getByRole('searchbox').fill('');
  await page.keyboard.type('j?gc');
  await expect(page.getByRole('banner').getByRole('searchbox')).toHaveValue('j?gc');

  await visit('/display');
  await page.getByRole('checkbox', { name: /Single keys/ }).uncheck();
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByText('Kept for this browser.')).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(page.getByRole('banner').getByRole('searchbox')).not.toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('banner').getByRole('searchbox')).toBeFocused();
});

test('keys go on within a tree, whose own letters come first', async ({ page, visit }) => {
  await visit('/index/library-management');
  const lines = page.locator('.tree summary');
  const within = page.locator('.tree :focus');
  for (let pressed = 0; pressed < 20 && !(await within.count()); pressed += 1) await page.keyboard.press('j');
  await expect(lines.first()).toBeFocused();
  await page.keyboard.press('j');
  await expect(lines.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(lines.first()).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await expect(page.getByRole('link', { name: /^LM 1\.1 / })).toBeVisible();
  await page.keyboard.type('lm');
  await expect(page.getByRole('link', { name: /^LM 1\.1 / })).toBeFocused();
  await page.waitForTimeout(800);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
});

test('a page is announced by its own title once it is there, and so is another part of a list', async ({ page, visit }) => {
  const said = page.locator('.frame > p[aria-live="polite"]');
  await visit('/courses');
  // Later than the title of the page that one leaves could be taken for its own.
  await page.route(/\/api\//, async route => {
    await new Promise(later => setTimeout(later, 1000));
    await route.continue();
  });
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Index' }).click();
  await page.waitForTimeout(500);
  await expect(said).toHaveText('');
  await expect(said).toHaveText('Competency index');
  await expect(page.getByRole('main')).toBeFocused();

  await page.unrouteAll({ behavior: 'wait' });
  await visit('/search?q=LM&kind=statement');
  await page.getByRole('link', { name: 'Page 2' }).click();
  await expect(said).toHaveText('Search: LM, page 2');
  await expect(page.getByRole('main')).toBeFocused();
});

test.describe('without a connection', () => {
  test.use({ expectedNoise: [/ERR_INTERNET_DISCONNECTED|Failed to fetch/] });

  test('a calm banner says so and goes when it is back', async ({ page, context, visit }) => {
    await visit('/courses');
    await context.setOffline(true);
    await expect(page.getByText('No connection.')).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText('Connected again.')).toBeVisible();
    await expect(page.getByText('Connected again.')).toBeHidden({ timeout: 10_000 });
  });

  test('another page says what happened and is there again later', async ({ page, context, visit, accessible }) => {
    await visit('/courses');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await context.setOffline(true);
    await page.goto('/resources');
    await expect(page.getByRole('heading', { level: 1, name: 'No connection' })).toBeVisible();
    await accessible();
    await context.setOffline(false);
    await page.getByRole('link', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Resources' })).toBeVisible();
  });
});

test('going back finds the place one was at', async ({ page, visit }) => {
  await page.setViewportSize({ width: 390, height: 600 });
  await visit('/courses');
  const link = page.getByRole('main').getByRole('link').last();
  await link.scrollIntoViewIfNeeded();
  await page.waitForTimeout(200);
  const spot = await page.evaluate(() => scrollY);
  expect(spot).toBeGreaterThan(200);
  await link.click();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeLessThan(100);
  await page.waitForTimeout(400);
  await page.goBack();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(spot);
});
