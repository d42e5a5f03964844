// An empty installation is set up once, by whoever started it.
import { emptyServer, expect, test } from './fixtures';

// A page that is not there is noted in the console.
test.use({ expectedNoise: [/status of 404/] });

test('an empty Carrel is set up, once', async ({ page, visit, accessible, scripted }) => {
  const { address, stop } = await emptyServer();
  try {
    await visit(address);
    await expect(page.getByRole('heading', { level: 1, name: 'Set up Carrel' })).toBeVisible();
    await accessible();
    await page.getByLabel('What people call it').fill('Northern Libraries');
    await page.getByLabel('Name of the organisation').fill('North State Library');
    await page.getByLabel('Kind').selectOption('State library');
    await page.getByLabel('Your name').fill('Ada Venn');
    await page.getByLabel('E-mail address').fill('ada@north.example');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Set up' }).click();
    await expect(page.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('What people call it')).toHaveValue('Northern Libraries');
    await page.getByLabel('Password').fill('lantern gravel orchid seventeen');
    await page.getByRole('button', { name: 'Set up' }).click();
    await expect(page).toHaveTitle(/· Northern Libraries$/);
    await expect(page.locator('summary').filter({ hasText: 'Account of Ada Venn' })).toBeVisible();
    expect((await page.request.get(address)).status()).toBe(404);
  } finally {
    stop();
  }
});
