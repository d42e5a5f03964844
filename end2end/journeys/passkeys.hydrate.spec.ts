// Passkeys, with the browser's own virtual authenticator. They are bound to a
// name, so this server is reached by one.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { aFreePort } from '../ports';
import { expect, hydrated, test } from './fixtures';

// A wrong password, and a passkey that is not known any more, are refused.
test.use({ expectedNoise: [/status of 422/] });

let server: ChildProcess;
let site: string;
let lines: string[];

test.beforeAll(async () => {
  test.setTimeout(120_000);
  const port = aFreePort();
  const passwords = join(tmpdir(), `carrel-e2e-${port}.tsv`);
  site = `http://localhost:${port}`;
  server = spawn(join(__dirname, '../../scripts/serve-for-tests'), [port, passwords, 'localhost'], { stdio: 'ignore' });
  await expect.poll(async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.status, { timeout: 110_000 }).toBe(200);
  lines = readFileSync(passwords, 'utf8').split('\n');
});

test.afterAll(() => {
  server?.kill('SIGTERM');
});

/** The demonstration of this server has passwords of its own. */
function passwordOf(email: string): string {
  return lines.find(line => line.startsWith(email))!.split('\t')[1];
}

/** A device that says who holds it, and holds no passkey yet. */
async function aDevice(page: Page): Promise<{ device: CDPSession; authenticatorId: string }> {
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', { options });
  return { device, authenticatorId };
}

async function signInWith(page: Page, email: string, password: string, next: string) {
  await page.goto(`${site}/sign-in?next=${next}`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a passkey is made, signs in without a password, and is removed', async ({ page, accessible }) => {
  const [email, password] = ['helen@riverside.example', passwordOf('helen@riverside.example')];
  const { device, authenticatorId } = await aDevice(page);
  await signInWith(page, email, password, '/me/settings/passkeys');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Passkeys');
  await hydrated(page);
  await accessible();

  const made = page.getByRole('main').locator('b').filter({ hasText: 'My laptop' });
  await page.getByLabel('What to call it').fill('My laptop');
  await page.getByLabel('Your password, to be sure').fill('not the right one');
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await page.getByLabel('Your password, to be sure').fill(password);
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await expect(made).toBeVisible();
  const { credentials } = await device.send('WebAuthn.getCredentials', { authenticatorId });
  expect(credentials).toHaveLength(1);
  expect(credentials[0].isResidentCredential).toBe(true);
  await hydrated(page);
  await accessible();

  const account = page.locator('summary').filter({ hasText: 'Account of Helen Marsh' });
  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.goto(`${site}/sign-in?next=/me/settings/passkeys`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(made).toBeVisible();
  await hydrated(page);

  // A password alone neither adds a way in nor takes one away. The device waits
  // meanwhile: it would sign in as soon as the address is typed.
  await device.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await signInWith(page, email, password, '/me/settings/passkeys');
  await expect(page.getByRole('heading', { level: 2, name: 'Make or remove passkeys' })).toBeVisible();
  await hydrated(page);
  await accessible();
  await expect(page.locator('summary').filter({ hasText: 'Remove My laptop' })).toHaveCount(0);
  await device.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true });
  await page.getByRole('button', { name: 'Show my passkey' }).click();
  await expect(page.locator('summary').filter({ hasText: 'Remove My laptop' })).toBeVisible();
  await hydrated(page);

  // Offered where the address would be typed.
  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.goto(`${site}/sign-in?next=/me/settings/passkeys`);
  await page.getByLabel('E-mail address').focus();
  await expect(made).toBeVisible();
  await hydrated(page);

  // The device does not know its owner: it opens nothing.
  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.goto(`${site}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByText('No passkey was given.')).toBeVisible();
  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(account).toBeVisible();

  await page.goto(`${site}/me/settings/passkeys`);
  await hydrated(page);
  await page.locator('summary').filter({ hasText: 'Remove My laptop' }).click();
  await page.locator('details[open]').getByLabel('Your password, to be sure').fill(password);
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText('None yet')).toBeVisible();
  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.goto(`${site}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByText('This passkey does not fit.')).toBeVisible();
});

test('whoever has a passkey shows it before the password is changed', async ({ page, accessible }) => {
  const [email, old, fresh] = ['rosa@riverside.example', passwordOf('rosa@riverside.example'), 'harbour violet ladder nine'];
  const { device, authenticatorId } = await aDevice(page);
  const account = page.locator('summary').filter({ hasText: 'Account of' });
  const signOut = async () => {
    await account.click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(account).toHaveCount(0);
  };
  await signInWith(page, email, old, '/me/settings/passkeys');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Passkeys');
  await hydrated(page);
  await page.getByLabel('What to call it').fill('My phone');
  await page.getByLabel('Your password, to be sure').fill(old);
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await expect(page.getByRole('main').locator('b').filter({ hasText: 'My phone' })).toBeVisible();
  await hydrated(page);
  await signOut();

  // In by the password alone: the form is not there before the passkey was shown.
  await device.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
  await signInWith(page, email, old, '/me/settings');
  const form = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: 'Password', exact: true }) });
  await expect(form.getByText('Show one of your passkeys first')).toBeVisible();
  await expect(form.getByLabel('Password now')).toHaveCount(0);
  await hydrated(page);
  await accessible();
  await device.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true });
  await form.getByRole('button', { name: 'Show my passkey' }).click();
  await expect(form.getByLabel('Password now')).toBeVisible();
  await hydrated(page);

  // The passkey does not stand for the password.
  await form.getByLabel('Password now').fill('not the right one');
  await form.getByLabel('New password').fill(fresh);
  await form.getByRole('button', { name: 'Change password' }).click();
  await expect(form.getByLabel('Password now')).toHaveAccessibleDescription('This is not your password.');
  await accessible();
  await form.getByLabel('Password now').fill(old);
  await form.getByLabel('New password').fill(fresh);
  await form.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your password is changed, and your other devices are signed out.')).toBeVisible();
  await hydrated(page);
  await signOut();

  await device.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
  await signInWith(page, email, old, '/me/settings');
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription('This e-mail address and password do not belong together.');
  await signInWith(page, email, fresh, '/me/settings');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
});
