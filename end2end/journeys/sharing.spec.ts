// Sharing: a learner shows her plan to her manager, sees that he looked, and ends it.
import { day, expect, goTo, spelled, test, unfold } from './fixtures';

test.use({ expectedNoise: [/status of 422/] });

test('a plan is shown to managers until it is ended', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  // Each project by somebody of its own, so that neither ends the other's.
  const [person, name] = scripted ? ['bethan', 'Bethan Rees'] : ['kwame', 'Kwame Asante'];
  await signIn(person);
  await visit('/me/plan');
  const task = `Shadow the reference desk ${unique}`;
  const folded = page.getByRole('group').filter({ has: page.locator('summary').filter({ hasText: 'A task at work' }) });
  await unfold(page, 'A task at work');
  await folded.getByLabel('What will you do at work?').fill(task);
  await folded.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText(task).first()).toBeVisible();

  await visit('/me/sharing');
  await accessible();
  await page.getByLabel('Learning plan').check();
  await page.getByLabel('With whom').selectOption({ label: 'Managers of Millbrook Branch' });
  await page.getByLabel('What for').fill(`Our talk ${unique}`);
  await page.getByLabel('Until and with').fill('2020-01-01');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByText('This day has passed.').first()).toBeVisible();
  await expect(page.getByLabel('What for')).toHaveValue(`Our talk ${unique}`);
  await page.getByLabel('Until and with').fill(day(20));
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByText(`Our talk ${unique}, until ${spelled(day(20))}`)).toBeVisible();

  const helen = await colleague('helen');
  await goTo(helen, '/me/sharing', scripted);
  await helen.getByRole('link', { name: `${name}: plan` }).click();
  await expect(helen.getByRole('heading', { level: 1 })).toHaveText(`Plan of ${name}`);
  await expect(helen.getByText(task)).toBeVisible();
  await accessible(helen);
  const address = new URL(helen.url()).pathname;
  expect((await helen.request.get(address.replace('/plan', '/gaps'))).status()).toBe(404);

  await visit('/me/sharing');
  await expect(page.getByText(/Helen Marsh looked at your plan on/).first()).toBeVisible();
  await page.getByRole('button', { name: /^End now.*Learning plan with Managers of Millbrook Branch/ }).click();
  await expect(page.getByText('Nothing is shared').first()).toBeVisible();
  expect((await helen.request.get(address)).status()).toBe(404);
});
