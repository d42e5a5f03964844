// Signing in, with the wrong password first, and signing out.
import { password } from '../fixtures';
import { expect, test } from './fixtures';

test('a wrong password keeps the address and is told at its field', async ({ page, visit, accessible, unique }) => {
  // Nobody's address, so that nobody of the demonstration is locked out.
  const address = `${unique.replace(' ', '.')}@riverside.example`;
  await visit('/sign-in');
  await page.getByLabel('E-mail address').fill(address);
  await page.getByLabel('Password', { exact: true }).fill('not the right one at all');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();

  const field = page.getByLabel('Password', { exact: true });
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription('This e-mail address and password do not belong together.');
  await expect(field).toHaveValue('');
  await expect(page.getByLabel('E-mail address')).toHaveValue(address);
  await expect(page.getByRole('alert')).toBeVisible();
  await accessible();
});

test('who signs in goes on to where they were, and can sign out', async ({ page, visit, accessible }) => {
  const helen = password('helen');
  await visit('/courses/reading-a-budget/carry-over');
  await page.getByRole('link', { name: 'Sign in to keep your place' }).click();
  await page.getByLabel('E-mail address').fill(helen.email);
  await page.getByLabel('Password', { exact: true }).fill(helen.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL('/courses/reading-a-budget/carry-over');

  const account = page.locator('summary').filter({ hasText: 'Account of Helen Marsh' });
  await account.click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByText('This device')).toBeVisible();
  await accessible();

  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
  expect((await page.request.get('/me/settings')).status()).toBe(401);
});
