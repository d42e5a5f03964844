// How long things are kept is chosen by whoever looks after the site.
import { expect, test } from './fixtures';

test('a site administrator chooses how long looks are kept', async ({ page, signIn, visit, accessible }) => {
  const save = async () => {
    const saved = page.waitForResponse(answer => answer.url().includes('save_retention'));
    await page.getByRole('button', { name: 'Save' }).click();
    await saved;
  };
  await signIn('mei');
  await visit('/admin/retention');
  await accessible();
  await page.getByLabel('Letters that could not be sent').selectOption('A week');
  await save();
  await visit('/admin/retention');
  await expect(page.getByLabel('Letters that could not be sent')).toHaveValue('7');
  await visit('/admin/audit?act=retention_changed');
  await expect(page.getByText(/letters that could not be sent, \d+ → 7 days/).first()).toBeVisible();
  await visit('/admin/retention');
  await page.getByLabel('Letters that could not be sent').selectOption('A month');
  await save();
  await visit('/admin/retention');
  await expect(page.getByLabel('Letters that could not be sent')).toHaveValue('30');
});
