// An invitation: made by who looks after the organisation, taken up by someone new.
import { letter, link as linkIn } from '../post';
import { expect, goTo, test } from './fixtures';

test('an invitation makes a colleague, once', async ({ page, visit, accessible, colleague, scripted, unique }) => {
  const piotr = await colleague('piotr');
  await goTo(piotr, '/organisations/millbrook', scripted);
  await piotr.getByRole('link', { name: 'Invitations' }).click();
  await piotr.getByRole('button', { name: 'Make a link' }).click();
  const link = await piotr.getByRole('status').getByRole('link').getAttribute('href');
  expect(link).toMatch(/^http.*\/join\/./);
  await expect(piotr.getByRole('button', { name: 'Copy' })).toBeVisible({ visible: scripted });

  await visit(new URL(link!).pathname);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Join Millbrook Branch');
  await accessible();

  const address = `${unique.replace(' ', '.')}@riverside.example`;
  await page.getByLabel('Your name').fill('Nour Haddad');
  await page.getByLabel('E-mail address').fill(address);
  await page.getByLabel('Password', { exact: true }).fill('shelf');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('E-mail address')).toHaveValue(address);

  await page.getByLabel('Password', { exact: true }).fill('lantern gravel orchid seventeen');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.locator('summary').filter({ hasText: 'Account of Nour Haddad' })).toBeVisible();
  await expect(page.getByText('You have joined Millbrook Branch.')).toBeVisible();

  await goTo(piotr, '/organisations/millbrook', scripted);
  await expect(piotr.getByRole('main').getByRole('link', { name: 'Nour Haddad' }).first()).toBeVisible();
  expect((await page.request.get(new URL(link!).pathname)).status()).toBe(404);
});

test('an invitation goes by letter to one person', async ({ page, visit, accessible, colleague, scripted, unique }) => {
  const address = `${unique.replace(' ', '.')}.invited@riverside.example`;
  const piotr = await colleague('piotr');
  await goTo(piotr, '/organisations/millbrook/invitations', scripted);
  await piotr.getByLabel('Send it to one person').fill(address);
  await piotr.getByRole('button', { name: 'Make a link' }).click();
  await expect(piotr.getByText('The letter is on its way.')).toBeVisible();
  await accessible(piotr);

  await visit(linkIn(await letter(address), '/join/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Join Millbrook Branch');
  await expect(page.getByLabel('E-mail address')).toHaveValue(address);
});
