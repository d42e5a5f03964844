// A second factor: set up with an app, asked for at sign-in, and a lost phone.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { emptyServer, expect, goTo, test } from './fixtures';
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
  await page.getByRole('link', { name: 'set up or change your second factor' }).click();
  await page.getByLabel('Your password, to be sure').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set it up' }).click();
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
  await accessible();
  const secret = (await page.locator('.secret code').textContent())!;
  // For an app on the phone that shows the squares.
  await expect(page.getByRole('link', { name: 'Open it there' })).toHaveAttribute('href', /^otpauth:\/\/totp\/Carrel/);

  await page.getByLabel('Code', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Code', { exact: true }).fill(passcode(secret));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  const codes = page.locator('.recovery-codes code');
  await expect(codes).toHaveCount(10);
  await accessible();
  const recovery = (await codes.first().textContent())!;
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save as a text file' }).click();
  expect(readFileSync(await (await saving).path(), 'utf8')).toContain(recovery);
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

/** Sets one up on the page that asks for it, and puts the codes away. */
async function setUp(page: Page) {
  await page.getByLabel('Your password, to be sure').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set it up' }).click();
  const secret = (await page.locator('.secret code').textContent())!;
  await page.getByLabel('Code', { exact: true }).fill(passcode(secret));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  const codes = page.locator('.recovery-codes code');
  await expect(codes).toHaveCount(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(codes).toHaveCount(0);
}

test('where everybody needs one, a newcomer sets it up and goes on', async ({ page, visit, accessible }) => {
  test.slow();
  const { address, stop } = await emptyServer();
  const site = new URL(address).origin;
  try {
    await visit(address);
    await page.getByLabel('What people call it').fill('Northern Libraries');
    await page.getByLabel('Name of the organisation').fill('North State Library');
    await page.getByLabel('Your name').fill('Ada Venn');
    await page.getByLabel('E-mail address').fill('ada@north.example');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Set up' }).click();
    const account = (name: string) => page.locator('summary').filter({ hasText: `Account of ${name}` });
    await expect(account('Ada Venn')).toBeVisible();

    // Nobody asks of others what they lack.
    await visit(`${site}/admin/sign-in`);
    await page.getByRole('radio', { name: /^Everybody\s*Whoever/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('Set up a second factor of your own first');
    await visit(`${site}/me/settings/second-factor`);
    await setUp(page);
    await visit(`${site}/admin/sign-in`);
    await page.getByRole('radio', { name: /^Everybody\s*Whoever/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await visit(`${site}/admin/sign-in`);
    await expect(page.getByRole('radio', { name: /^Everybody\s*Whoever/ })).toBeChecked();
    await accessible();

    await visit(`${site}/organisations/north-state-library/invitations`);
    await page.getByRole('button', { name: 'Make a link' }).click();
    const invitation = await page.getByRole('status').getByRole('link').getAttribute('href');
    await account('Ada Venn').click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(account('Ada Venn')).toHaveCount(0);

    await visit(`${site}${new URL(invitation!).pathname}`);
    await page.getByLabel('Your name').fill('Ines Faria');
    await page.getByLabel('E-mail address').fill('ines@north.example');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(page).toHaveURL(/\/me\/settings\/second-factor\?next=/);
    await visit(`${site}/me/plan`);
    await expect(page).toHaveURL(/\/me\/settings\/second-factor\?next=%2Fme%2Fplan$/);
    await expect(page.getByText('Everybody needs a second factor here.', { exact: false })).toBeVisible();
    await accessible();
    await setUp(page);
    await page.getByRole('link', { name: 'Go on to where you were' }).click();
    await expect(page).toHaveURL(/\/me\/plan$/);
    await expect(page.getByText('needs a second factor here', { exact: false })).toHaveCount(0);
  } finally {
    stop();
  }
});
