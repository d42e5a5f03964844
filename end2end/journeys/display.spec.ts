// Theme and density are kept for a browser, and every part is readable in both themes.
import { expect, test } from './fixtures';

test('a visitor chooses dark and compact, and it stays', async ({ page, visit, accessible }) => {
  await visit('/');
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Display and keys' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Display and keys' })).toBeVisible();
  await page.getByRole('radio', { name: /^Dark/ }).check();
  await page.getByRole('radio', { name: /^Compact/ }).check();
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByText('Kept for this browser.')).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Dark/ })).toBeChecked();
  await accessible();

  await visit('/courses');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
  await expect(page.locator('meta[name="theme-color"]').first()).toHaveAttribute('content', '#13181d');
  await accessible();
});

for (const theme of ['light', 'dark']) {
  test(`every part in the ${theme} theme`, async ({ page, visit, accessible }) => {
    await visit(`/admin/style?theme=${theme}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Parts' })).toBeVisible();
    await expect(page.locator('.specimen')).toHaveAttribute('data-theme', theme);
    await accessible();
  });
}
