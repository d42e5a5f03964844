// Closing an account: somebody new joins, and leaves nothing of their own.
import { expect, goTo, test } from './fixtures';

test.use({ expectedNoise: [/status of 422/] });

const PASSWORD = 'lantern gravel orchid seventeen';

test('a closed account is gone, and nobody can sign in to it', async ({ page, visit, accessible, colleague, scripted, unique }) => {
  const piotr = await colleague('piotr');
  await goTo(piotr, '/organisations/millbrook/invitations', scripted);
  await piotr.getByRole('button', { name: 'Make a link' }).click();
  const link = await piotr.getByRole('status').getByRole('link').getAttribute('href');

  const address = `${unique.replace(' ', '.')}@riverside.example`;
  await visit(new URL(link!).pathname);
  await page.getByLabel('Your name').fill(`Ines ${unique}`);
  await page.getByLabel('E-mail address').fill(address);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.locator('summary').filter({ hasText: `Account of Ines ${unique}` })).toBeVisible();

  await visit('/groups/budgets-without-tears');
  await page.getByRole('button', { name: 'Join this group' }).click();
  await expect(page.getByRole('button', { name: 'Leave the group' })).toBeVisible();

  await visit('/me/settings');
  await expect(page.getByText('What you posted stays, as by a former member.')).toBeVisible();
  await accessible();
  await page.getByLabel('Your name, to be sure').fill('Somebody else');
  await page.getByLabel('Your password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Close my account' }).click();
  const confirm = page.getByLabel('Your name, to be sure');
  await expect(confirm).toHaveAttribute('aria-invalid', 'true');
  await confirm.fill(`Ines ${unique}`);
  await page.getByLabel('Your password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Close my account' }).click();
  await page.waitForURL(/\/sign-in\?notice=account-closed/);
  await expect(page.getByText('Your account is closed.')).toBeVisible();
  expect((await page.request.get('/me/settings')).status()).toBe(401);

  await page.getByLabel('E-mail address').fill(address);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('This e-mail address and password do not belong together.').first()).toBeVisible();
  await goTo(piotr, '/organisations/millbrook', scripted);
  await expect(piotr.getByText(`Ines ${unique}`)).toHaveCount(0);
});
