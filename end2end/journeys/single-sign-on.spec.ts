// Single sign-on: a provider is added and switched on, somebody new comes by
// it and joins, gets a password, and the provider is removed again.
import { expect, goTo, test } from './fixtures';

// A provider that is not there is refused, and the only way into an account is
// not taken away.
test.use({ expectedNoise: [/status of (409|422)/] });

const PASSWORD = 'lantern gravel orchid seventeen';

test('a provider signs somebody new in', async ({ page, visit, accessible, colleague, scripted }, info) => {
  test.slow();
  const name = `State library ${info.project.name}`;
  const mei = await colleague('mei');
  await goTo(mei, '/admin/sign-in', scripted);
  await mei.getByRole('link', { name: 'look at the providers' }).click();
  await mei.getByLabel('Name', { exact: true }).fill(name);
  await mei.getByLabel('Issuer').fill('http://127.0.0.1:1');
  await mei.getByLabel('Client id').fill('carrel');
  await mei.getByLabel('Client secret').fill(process.env.E2E_PROVIDER_SECRET!);
  await mei.getByRole('button', { name: 'Add it' }).click();
  await expect(mei.getByLabel('Issuer')).toHaveAccessibleDescription(/No provider of OpenID Connect is there/);
  await mei.getByLabel('Issuer').fill(`http://127.0.0.1:${process.env.E2E_PROVIDER_PORT}`);
  await mei.getByLabel('Client secret').fill(process.env.E2E_PROVIDER_SECRET!);
  await mei.getByRole('button', { name: 'Add it' }).click();
  await expect(mei.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(mei.getByText(/\/sign-in\/with\/state-library-\w+\/answer/)).toBeVisible();
  await mei.getByLabel('People can sign in with it').check();
  await mei.getByRole('button', { name: 'Save' }).click();
  await mei.getByLabel('Claim').fill('groups');
  await mei.getByLabel('Is or holds').fill('staff');
  await mei.getByLabel('Organisation', { exact: true }).fill('riverside');
  await mei.getByRole('button', { name: 'Add the rule' }).click();
  await expect(mei.getByText('groups is or holds “staff”')).toBeVisible();
  await expect(mei.getByLabel('People can sign in with it')).toBeChecked();
  await accessible(mei);

  await visit('/sign-in?next=%2Fme');
  await accessible();
  await page.getByRole('link', { name: `Sign in with ${name}` }).click();
  await page.getByLabel('Name').fill(`lea${info.project.name}`);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page).toHaveURL('/me');
  await expect(page.locator('summary').filter({ hasText: `Account of Lea${info.project.name} Elsewhere` })).toBeVisible();

  await visit('/me/settings');
  await page.getByRole('link', { name: 'link or unlink accounts' }).click();
  const unlink = page.getByRole('button', { name: /^Unlink / });
  await unlink.click();
  await expect(page.getByRole('alert')).toContainText('This is the only way into your account');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Set it' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0);
  await accessible();
  await unlink.click();
  await expect(page.getByText('None yet')).toBeVisible();

  await mei.getByLabel('I understand that this cannot be undone').check();
  await mei.getByRole('button', { name: 'Remove it' }).click();
  await expect(mei).toHaveURL('/admin/providers');
  await expect(mei.getByRole('link', { name })).toHaveCount(0);
});
