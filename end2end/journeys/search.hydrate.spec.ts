// The keys that lead to the search.
import { expect, test } from './fixtures';

test('slash and Ctrl-K move to the search, but not out of a field', async ({ page, visit }) => {
  await visit('/courses');
  const header = page.getByRole('banner').getByRole('searchbox');
  await page.keyboard.press('/');
  await expect(header).toBeFocused();
  await expect(header).toHaveValue('');
  await page.keyboard.press('a');
  await page.keyboard.press('/');
  await expect(header).toHaveValue('a/');
  await header.blur();
  await page.keyboard.press('Control+k');
  await expect(header).toBeFocused();

  await header.fill('budget');
  await header.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Search: budget' })).toBeVisible();
  const own = page.getByRole('main').getByRole('searchbox');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('/');
  await expect(own).toBeFocused();
});

test('where the header has no room for it, the keys lead to the page of the search', async ({ page, visit }) => {
  // 1280 pixels at 200 %.
  await page.setViewportSize({ width: 640, height: 400 });
  for (const key of ['/', 'Control+k']) {
    await visit('/courses');
    await page.keyboard.press(key);
    await expect(page.getByRole('heading', { level: 1, name: 'Search' })).toBeVisible();
    await expect(page.getByRole('main').getByRole('searchbox')).toBeFocused();
  }
});
