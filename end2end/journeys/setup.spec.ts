// An empty installation is set up once, by whoever started it.
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from './fixtures';

// A page that is not there is noted in the console.
test.use({ expectedNoise: [/status of 404/] });

const root = join(__dirname, '../..');

/** A server on an empty database, with the address that it says. */
async function empty(port: number): Promise<{ address: string; stop: () => void }> {
  const target = execFileSync('scripts/with', ['printenv', 'CARGO_TARGET_DIR'], { cwd: root }).toString().trim();
  const site = `http://127.0.0.1:${port}`;
  const server = spawn(join(target, 'release/carrel'), ['serve'], {
    cwd: root,
    env: { ...process.env, CARREL_ADDRESS: `127.0.0.1:${port}`, CARREL_PUBLIC_URL: site, CARREL_DATABASE: 'mem://', CARREL_LOG: 'warn' },
  });
  const address = await new Promise<string>((found, failed) => {
    let said = '';
    server.stderr.on('data', words => {
      said += words;
      const link = /http\S+\/setup\?token=\S+/.exec(said);
      if (link) found(link[0]);
    });
    server.on('exit', () => failed(new Error(`the server stopped: ${said}`)));
  });
  await expect(async () => expect((await fetch(`${site}/readyz`)).status).toBe(200)).toPass();
  return { address, stop: () => server.kill() };
}

test('an empty Carrel is set up, once', async ({ page, visit, accessible, scripted }) => {
  const { address, stop } = await empty(Number(process.env.E2E_PORT) + (scripted ? 1 : 2));
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
