// Records: what was noted is found by those who look after the site, and
// everything about oneself can be taken along.
import { expect, test } from './fixtures';

// A day that no calendar has, in a field of the browser's own.
test.use({ expectedNoise: [/does not conform to the required format/] });

test('the audit log is searched and downloaded', async ({ page, signIn, visit, accessible }) => {
  await signIn('mei');
  await visit('/admin/audit');
  await accessible();
  await page.getByLabel('Name').fill('joseph');
  await page.getByLabel('What was done').selectOption({ label: 'Added to an organisation' });
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.waitForURL(/who=joseph/);
  await expect(page.getByRole('cell', { name: 'Joseph Adeyemi' }).first()).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('joseph');
  const download = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href');
  const table = await page.request.get(download!);
  expect(await table.text()).toContain('Added to an organisation,Joseph Adeyemi,trainer,Riverside County Library');
  await visit('/admin/audit?from=2026-02-30');
  await expect(page.getByText('Enter a day that there is').first()).toBeVisible();
});

test('everything about oneself is taken along', async ({ page, signIn, visit, accessible }) => {
  await signIn('lucy');
  await visit('/me/settings');
  const make = page.getByRole('button', { name: 'Make a copy' });
  const download = page.getByRole('link', { name: /^Download \(/ });
  if (!(await download.isVisible())) await make.click();
  await expect(async () => {
    await visit('/me/settings');
    await expect(download).toBeVisible({ timeout: 500 });
  }).toPass();
  await accessible();
  const file = await page.request.get((await download.getAttribute('href'))!);
  expect(file.headers()['content-disposition']).toContain('everything-about-me.zip');
  expect((await file.body()).subarray(0, 2).toString()).toBe('PK');
});
