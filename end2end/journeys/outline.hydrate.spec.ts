// The outline by keyboard, with JavaScript.
import { expect, test, unfold } from './fixtures';

test('lines are written, moved and taken back without a mouse', async ({ page, visit, signIn, unique }) => {
  test.slow();
  await signIn('ciara');
  await visit('/studio/sets/new');
  await page.getByLabel('Title').fill(`Keys ${unique}`);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await expect(page.getByText('The set is begun.')).toBeVisible();
  await unfold(page.getByRole('main'), 'Paste an outline');
  await page.getByLabel('What to add').fill('One\nTwo\nThree');
  await expect(page.getByRole('rowheader', { name: 'Three' })).toBeVisible();
  await page.getByRole('button', { name: 'Add all of it' }).click();
  await expect(page.getByText('Added.', { exact: true })).toBeVisible();

  const lines = page.locator('.tree-edited a.tree-line .tree-text');
  await page.getByRole('link', { name: /^One/ }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(lines).toHaveText(['Two', 'One', 'Three']);
  await expect(page.getByRole('link', { name: /^One/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByLabel('Statement, before: One').fill('First');
  await page.keyboard.press('Enter');
  await expect(lines).toHaveText(['Two', 'First', 'Three']);
  await expect(page.getByRole('link', { name: /^First/ })).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(lines).toHaveText(['Two', 'First', 'Three']);
  await expect(page.getByRole('link', { name: /^Two.*1 beneath/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^First/ })).toBeFocused();
  // The arrows go from line to line, also from the menu of one.
  await page.getByRole('link', { name: /^Two/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: /^First/ })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('link', { name: /^Two/ })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('link', { name: /^Three/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('link', { name: /^First/ })).toBeFocused();

  await page.keyboard.press('n');
  await expect(page.getByLabel('New line')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: /^First/ })).toBeFocused();
  await page.keyboard.press('n');
  await page.keyboard.type('Another');
  await page.keyboard.press('Enter');
  await expect(lines).toHaveText(['Two', 'First', 'Another', 'Three']);
  await expect(page.getByLabel('New line')).toHaveValue('');
  await expect(page.getByLabel('New line')).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(lines).toHaveText(['Two', 'First', 'Three']);
});
