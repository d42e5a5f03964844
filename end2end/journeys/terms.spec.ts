// Terms of use: written by whoever looks after the site, accepted before one goes on.
import { emptyServer, expect, test } from './fixtures';

const PASSWORD = 'lantern gravel orchid seventeen';

test('terms are written, read and accepted once', async ({ page, visit, accessible, scripted }) => {
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
    await expect(page.locator('summary').filter({ hasText: 'Account of Ada Venn' })).toBeVisible();

    await visit(`${site}/terms`);
    await expect(page.getByText('Nothing is asked of anybody here')).toBeVisible();
    await accessible();
    await page.getByLabel('The terms').fill('## How we treat each other\n\nBe kind, and cite what you quote.');
    await page.getByRole('button', { name: 'Publish version 1' }).click();
    await expect(page.getByRole('heading', { name: 'How we treat each other' })).toBeVisible();
    await accessible();
    await visit(`${site}/me/plan`);
    await expect(page).toHaveURL(/\/terms\?next=/);
    await page.getByRole('button', { name: 'Accept and go on' }).click();
    await expect(page).toHaveURL(/\/me\/plan$/);

    await visit(`${site}/terms`);
    await expect(page.getByText(/^You accepted this version on/)).toBeVisible();
    await page.locator('summary').filter({ hasText: 'Write version 2' }).click();
    await page.getByLabel('The terms').fill('Be kinder.');
    await page.getByRole('button', { name: 'Publish version 2' }).click();
    await page.getByRole('link', { name: 'Version 1' }).click();
    await expect(page.getByText('It does not hold any more.', { exact: false })).toBeVisible();
    await visit(`${site}/terms`);
    await page.getByRole('button', { name: 'Sign out instead' }).click();
    await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  } finally {
    stop();
  }
});
