// A forgotten password: a letter, a link that works once, and a new one.
import { link, letter } from '../post';
import { expect, goTo, test } from './fixtures';

const OLD = 'lantern gravel orchid seventeen';
const NEW = 'seven quiet harbours burning';

test('a letter leads to a new password', async ({ page, visit, accessible, colleague, scripted, unique }) => {
  test.slow();
  const piotr = await colleague('piotr');
  await goTo(piotr, '/organisations/millbrook/invitations', scripted);
  await piotr.getByRole('button', { name: 'Make a link' }).click();
  const invitation = await piotr.getByRole('status').getByRole('link').getAttribute('href');
  const email = `${unique.replace(' ', '.')}@riverside.example`;
  await visit(new URL(invitation!).pathname);
  await page.getByLabel('Your name').fill('Ines Faria');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(OLD);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  const account = page.locator('summary').filter({ hasText: 'Account of Ines Faria' });
  await expect(account).toBeVisible();

  // The address is confirmed by the letter that joining caused.
  await visit(link(await letter(email), '/confirm-address/'));
  await accessible();
  await page.getByRole('button', { name: 'This is my address' }).click();
  await expect(page.getByText('Your address is confirmed.')).toBeVisible();
  await accessible();
  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();

  await visit('/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await accessible();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText('a letter is on its way')).toBeVisible();
  await accessible();
  await expect.poll(async () => await letter(email)).toContain('/sign-in/reset/');
  const reset = link(await letter(email), '/sign-in/reset/');

  await visit(reset);
  await accessible();
  await page.getByLabel('New password').fill('password');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('New password').fill(NEW);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByText('Your new password is set')).toBeVisible();
  expect((await page.request.get(reset)).status()).toBe(404);

  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(NEW);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(account).toBeVisible();
});
