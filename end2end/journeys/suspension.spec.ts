// A suspension: an administrator bars somebody from signing in, with a reason, and lifts it.
import { day, expect, goTo, test, unfold } from './fixtures';

// A day that has passed is refused.
test.use({ expectedNoise: [/status of 422/] });

const PASSWORD = 'lantern gravel orchid seventeen';

test('somebody who is suspended is told why, until it is lifted', async ({ page, visit, accessible, colleague, scripted, unique }) => {
  test.slow();
  const piotr = await colleague('piotr');
  await goTo(piotr, '/organisations/harbour-street/invitations', scripted);
  await piotr.getByRole('button', { name: 'Make a link' }).click();
  const link = await piotr.getByRole('status').getByRole('link').getAttribute('href');
  const [name, address] = [`Vera ${unique}`, `${unique.replace(' ', '.')}@riverside.example`];
  await visit(new URL(link!).pathname);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail address').fill(address);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.locator('summary').filter({ hasText: `Account of ${name}` })).toBeVisible();

  await goTo(piotr, '/organisations/harbour-street', scripted);
  await piotr.getByRole('link', { name: `Change roles of ${name}` }).click();
  await unfold(piotr, `Suspend ${name}`);
  await piotr.getByRole('radio', { name: /^Sign in/ }).check();
  await piotr.getByLabel('Reason, in words for them').fill('Rude to others');
  await piotr.getByLabel('Last day').fill('2020-01-01');
  await piotr.getByRole('button', { name: `Suspend ${name}` }).click();
  await expect(piotr.getByText('This day has passed.').first()).toBeVisible();
  await piotr.getByLabel('Last day').fill(day(10));
  await piotr.getByRole('button', { name: `Suspend ${name}` }).click();
  await expect(piotr.getByText(/^May not sign in until the end of .*: Rude to others$/)).toBeVisible();
  await accessible(piotr);
  expect((await page.request.get('/me/settings')).status()).toBe(401);

  await visit('/sign-in');
  const signIn = async () => {
    await page.getByLabel('E-mail address').fill(address);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  await signIn();
  await expect(page.getByText(/This account is suspended until the end of .*: Rude to others\./).first()).toBeVisible();
  await piotr.getByRole('button', { name: 'Lift it' }).click();
  await expect(piotr.getByText('It is lifted.')).toBeVisible();
  await visit('/sign-in');
  await signIn();
  await expect(page.locator('summary').filter({ hasText: `Account of ${name}` })).toBeVisible();
});
