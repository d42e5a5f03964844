// Somebody who belongs to no organisation is found and suspended by whoever looks after the site.
import { day, expect, goTo, test, unfold } from './fixtures';

const PASSWORD = 'lantern gravel orchid seventeen';

test('whoever belongs nowhere is found, suspended and let in again', async ({ page, visit, accessible, colleague, scripted, unique }) => {
  test.slow();
  const [piotr, mei] = [await colleague('piotr'), await colleague('mei')];
  await goTo(piotr, '/organisations/harbour-street/invitations', scripted);
  await piotr.getByRole('button', { name: 'Make a link' }).click();
  const link = await piotr.getByRole('status').getByRole('link').getAttribute('href');
  const [name, address] = [`Wanda ${unique}`, `wanda.${unique.replace(' ', '.')}@riverside.example`];
  await visit(new URL(link!).pathname);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail address').fill(address);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.locator('summary').filter({ hasText: `Account of ${name}` })).toBeVisible();

  await goTo(piotr, '/organisations/harbour-street', scripted);
  await piotr.getByRole('link', { name: `Change roles of ${name}` }).click();
  await unfold(piotr, `Take ${name} out of`);
  await piotr.getByRole('checkbox', { name: new RegExp(`^Take ${name} out of`) }).check();
  await piotr.getByRole('button', { name: `Take ${name} out` }).click();
  await expect(piotr).toHaveURL(/\/organisations\/harbour-street\?/);

  await goTo(mei, '/admin/people', scripted);
  await accessible(mei);
  await mei.getByLabel('Name or address').fill(address);
  await mei.getByRole('button', { name: 'Show' }).click();
  await mei.getByRole('link', { name, exact: true }).click();
  await expect(mei.getByRole('heading', { name, exact: true })).toBeVisible();
  await unfold(mei, `Suspend ${name}`);
  await mei.getByRole('radio', { name: /^Sign in/ }).check();
  await mei.getByLabel('Reason, in words for them').fill('Advertisements');
  await mei.getByLabel('Last day').fill(day(10));
  await mei.getByRole('button', { name: `Suspend ${name}` }).click();
  await expect(mei.getByText(/^May not sign in until the end of .*: Advertisements$/)).toBeVisible();
  await accessible(mei);
  expect((await page.request.get('/me/settings')).status()).toBe(401);

  await mei.getByRole('button', { name: 'Lift it' }).click();
  await expect(mei.getByText('It is lifted.')).toBeVisible();
});
