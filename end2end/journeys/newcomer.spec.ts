// Somebody without an account: finds the organisation, asks to join, answers the letter, is taken in.
import { letter, link } from '../post';
import { expect, goTo, hydrated, test } from './fixtures';

const PASSWORD = 'lantern gravel orchid seventeen';

test('whoever has no account finds where to ask, asks to join and is taken in', async ({ page, visit, accessible, colleague, scripted, unique }) => {
  const piotr = await colleague('piotr');
  await goTo(piotr, '/organisations/millbrook/requests', scripted);
  await piotr.getByLabel('People may ask to join').check();
  await piotr.getByRole('button', { name: 'Save', exact: true }).click();
  if (scripted) await expect(piotr.getByText('Saved.')).toBeVisible();

  const address = `${unique.replace(' ', '.')}.newcomer@riverside.example`;
  const name = `Nour ${unique}`;
  await visit('/');
  await page.getByRole('main').getByRole('link', { name: 'Find your organisation' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Find your organisation');
  await page.getByLabel('Name or place').fill('no such library');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('None found')).toBeVisible();
  if (scripted) await hydrated(page);
  await accessible();
  await page.getByLabel('Name or place').fill('millbrook');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL('/join?q=millbrook');
  if (scripted) await hydrated(page);
  await accessible();
  await page.getByRole('main').getByRole('link', { name: 'Millbrook Branch' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Join Millbrook Branch');
  await accessible();
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail address').fill(address);
  await page.getByLabel('Password', { exact: true }).fill('shelf');
  await page.getByRole('button', { name: 'Ask to join' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('E-mail address')).toHaveValue(address);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Ask to join' }).click();
  await expect(page.getByText('A letter is on its way')).toBeVisible();

  await visit(link(await letter(address), '/join/'));
  await accessible();
  await page.getByLabel('The password that you chose').fill(PASSWORD);
  await page.getByRole('button', { name: 'Ask to join' }).click();
  await expect(page.getByText('your request waits')).toBeVisible();

  await goTo(piotr, '/organisations/millbrook/requests', scripted);
  await accessible(piotr);
  await piotr.getByRole('button', { name: `Take in ${name}` }).click();
  await expect(piotr.getByRole('button', { name: `Take in ${name}` })).toHaveCount(0);

  await visit('/sign-in');
  await page.getByLabel('E-mail address').fill(address);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.locator('summary').filter({ hasText: `Account of ${name}` })).toBeVisible();
});
