// What is typed in an outline is not lost, and curators see each other, with JavaScript.
import { expect, goTo, test, unfold } from './fixtures';

test.beforeEach(async ({ page, visit, signIn, unique }) => {
  await signIn('ciara');
  await visit('/studio/sets/new');
  await page.getByLabel('Title').fill(`Kept ${unique}`);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await expect(page.getByText('The set is begun.')).toBeVisible();
  await unfold(page.getByRole('main'), 'Paste an outline');
  await page.getByLabel('What to add').fill('One\n  Beneath\nTwo');
  await page.getByRole('button', { name: 'Add all of it' }).click();
  await expect(page.getByText('Added.', { exact: true })).toBeVisible();
});

test('a line, a new line and the whole are kept as they are left', async ({ page }) => {
  test.slow();
  // A line that is left is saved; so is one while nothing is typed any more.
  await page.getByRole('link', { name: /^One/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Statement, before: One').fill('First');
  await page.getByLabel('New line').focus();
  await expect(page.getByRole('link', { name: /^First/ })).toBeVisible();
  await page.getByRole('link', { name: /^Two/ }).focus();
  await page.keyboard.press('Enter');
  const field = page.getByLabel('Statement, before: Two');
  const saved = page.waitForResponse(answer => answer.url().includes('rename_entry'));
  await field.fill('Second');
  await saved;
  await expect(field).toBeFocused();
  await field.press('Enter');
  await expect(page.getByRole('link', { name: /^Second/ })).toBeVisible();

  // What was typed as a new line is there again, until it is added.
  await page.getByLabel('New line').fill('Half a thought');
  await page.reload();
  await expect(page.getByLabel('New line')).toHaveValue('Half a thought');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('link', { name: /^Half a thought/ })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('New line')).toHaveValue('');

  await unfold(page.getByRole('main'), 'Title, scale, kinds and codes');
  const kept = page.waitForResponse(answer => answer.url().includes('save_frame'));
  await page.getByLabel('Before the numbers').fill('KP');
  await kept;
  await page.reload();
  await unfold(page.getByRole('main'), 'Title, scale, kinds and codes');
  await expect(page.getByLabel('Before the numbers')).toHaveValue('KP');
});

test('who has a line open is shown on it and on the outline', async ({ page, colleague, scripted }) => {
  test.slow();
  const outline = page.url();
  await page.getByRole('link', { name: /^Two/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Edit: Two' })).toBeVisible();
  const line = page.url();
  const other = await colleague('piotr');
  await goTo(other, outline, scripted);
  await expect(other.getByText(/Also here: Ciara/)).toBeVisible();
  await expect(other.getByRole('status').getByRole('link', { name: 'Two' })).toBeVisible();
  await goTo(other, line, scripted);
  await expect(other.getByText(/Ciara.* has this open too\./)).toBeVisible();
});

test('a line is moved far by keyboard', async ({ page }) => {
  test.slow();
  await page.getByRole('link', { name: /^Two/ }).focus();
  await page.keyboard.press('m');
  await expect(page.getByRole('heading', { level: 1, name: 'Edit: Two' })).toBeVisible();
  await page.getByLabel('Or find what it is to stand beneath').fill('one');
  await page.getByRole('listbox').getByRole('option', { name: /One/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByLabel('Where beneath “One”').selectOption({ label: 'First' });
  await page.getByRole('button', { name: 'Move it beneath this' }).press('Enter');
  await expect(page.locator('.tree-edited a.tree-line .tree-text')).toHaveText(['One', 'Two', 'Beneath']);
});
