// A curator refers to a statement of another set and moves a line far away.
import { expect, test, unfold } from './fixtures';

test('a line refers to another set and goes beneath what is found', async ({ page, visit, signIn, accessible, unique }) => {
  test.slow();
  await signIn('ciara');
  await visit('/studio/sets/new');
  await page.getByLabel('Title').fill(`Far ${unique}`);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await expect(page.getByText('The set is begun.')).toBeVisible();
  await unfold(page.getByRole('main'), 'Paste an outline');
  await page.getByLabel('What to add').fill('Asking\n  Listens\nFinding');
  await page.getByRole('button', { name: 'Add all of it' }).click();
  await page.getByRole('link', { name: /^Finding/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Edit: Finding' })).toBeVisible();

  await unfold(page.getByRole('main'), 'Refer to another');
  await page.getByLabel('Find what it refers to').fill('LM 3.4');
  await page.locator('#references').getByRole('button', { name: 'Find' }).click();
  await page.locator('#references').getByRole('link', { name: /LM 3\.4/ }).first().click();
  await expect(page.getByText(/^To “LM 3\.4/)).toBeVisible();
  await page.getByLabel('How', { exact: true }).selectOption({ label: 'Says the same as' });
  await page.getByRole('button', { name: 'Refer to it' }).click();
  await expect(page.locator('#references').getByRole('button', { name: /Take out the reference to LM 3\.4/ })).toBeVisible();
  await accessible();

  await unfold(page.getByRole('main'), /Move it/);
  await page.getByLabel('Or find what it is to stand beneath').fill('asking');
  await page.locator('#place').getByRole('button', { name: 'Find' }).click();
  await page.locator('#place').getByRole('link', { name: 'Asking' }).click();
  await page.getByLabel('Where beneath “Asking”').selectOption({ label: 'First' });
  await page.getByRole('button', { name: 'Move it beneath this' }).click();
  await expect(page.locator('.tree-edited .tree-text')).toHaveText(['Asking', 'Finding', 'Listens']);
});
