// Several errors of one form: a list above it that leads to each field.
import { expect, test } from './fixtures';

test.use({ expectedNoise: [/status of 422/] });

test('errors stand in the order of the fields, and lead there', async ({ page, signIn, visit, accessible, scripted }) => {
  await signIn('joseph');
  await visit('/studio/courses/new');
  await page.getByLabel('Title').fill('   ');
  await page.getByLabel('Summary').fill('Half a day at the desk.');
  await page.getByLabel('Hours').fill('a few');
  await page.getByRole('button', { name: 'Begin the course' }).click();

  const errors = page.getByRole('alert');
  await expect(errors).toContainText('2 things to put right:');
  const links = errors.getByRole('listitem').getByRole('link');
  await expect(links).toHaveCount(2);
  await expect(links.first()).toHaveAttribute('href', '#field-title');
  await expect(links.last()).toHaveText('Hours are a number between 0 and 500, such as 1.5.');
  // Sent without JavaScript the page is a new one, and begins where something is to be mended.
  if (!scripted) await expect(errors).toBeFocused();
  await accessible();

  await links.last().click();
  await expect(page.getByLabel('Hours')).toBeFocused();
  await expect(page.getByLabel('Summary')).toHaveValue('Half a day at the desk.');

  // One error alone is a sentence.
  await page.getByLabel('Title').fill('Half a day at the desk');
  await page.getByRole('button', { name: 'Begin the course' }).click();
  await expect(errors).toHaveText('Hours are a number between 0 and 500, such as 1.5.');
  await expect(errors.getByRole('list')).toHaveCount(0);
});
