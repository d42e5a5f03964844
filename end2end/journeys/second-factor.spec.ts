// A second factor: set up with an app, asked for at sign-in, and a lost phone.
import type { Page } from '@playwright/test';
import { expect, goTo, test } from './fixtures';
import { passcode } from './passcodes';

// A wrong code is refused.
test.use({ expectedNoise: [/status of 422/] });

const PASSWORD = 'lantern gravel orchid seventeen';

async function firstStep(page: Page, email: string) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One more step');
}

async function secondStep(page: Page, code: string) {
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a code from the phone is asked for, and a recovery code when it is lost', async ({ page, visit, accessible, colleague, scripted, unique }) => {
  test.slow();
  const piotr = await colleague('piotr');
  await goTo(piotr, '/organisations/millbrook/invitations', scripted);
  await piotr.getByRole('button', { name: 'Make a link' }).click();
  const invitation = await piotr.getByRole('status').getByRole('link').getAttribute('href');
  const email = `${unique.replace(' ', '.')}@riverside.example`;
  await visit(new URL(invitation!).pathname);
  await page.getByLabel('Your name').fill('Ines Faria');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  const account = page.locator('summary').filter({ hasText: 'Account of Ines Faria' });
  await expect(account).toBeVisible();

  await visit('/me/settings');
  await page.getByRole('link', { name: 'look at your second factor' }).click();
  await page.getByLabel('Your password, to be sure').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set it up' }).click();
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
  await accessible();
  const secret = (await page.locator('.secret code').textContent())!;

  await page.getByLabel('Code', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Code', { exact: true }).fill(passcode(secret));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  const codes = page.locator('.recovery-codes code');
  await expect(codes).toHaveCount(10);
  await accessible();
  const recovery = (await codes.first().textContent())!;
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(codes).toHaveCount(0);

  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await firstStep(page, email);
  await accessible();
  await secondStep(page, '000000');
  await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/This code does not fit/);
  await secondStep(page, passcode(secret, 1));
  await expect(account).toBeVisible();

  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await firstStep(page, email);
  await secondStep(page, recovery);
  await expect(account).toBeVisible();
  await visit('/me/settings/second-factor');
  await expect(page.getByText('9 recovery codes are left.')).toBeVisible();
});
