// Sharing: a learner shows her plan to her manager and her record to facilitators, sees who looked, and ends it.
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
  // The form begins anew.
  await expect(folded.getByLabel('What will you do at work?')).toHaveValue('');

  await visit('/me/sharing');
  await accessible();
  await page.getByLabel('Learning plan').check();
  await page.getByLabel('With whom').selectOption({ label: 'Managers of Millbrook Branch' });
  await page.getByLabel('What for').fill(`Our talk ${unique}`);
  await page.getByLabel('Last day').fill('2020-01-01');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByText('This day has passed.').first()).toBeVisible();
  await expect(page.getByLabel('What for')).toHaveValue(`Our talk ${unique}`);
  await page.getByLabel('Last day').fill(day(20));
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByText(`Our talk ${unique}, until ${spelled(day(20))}`)).toBeVisible();
  await expect(page.getByLabel('What for')).toHaveValue('');

  // Helen is told on Today, until she looks.
  const helen = await colleague('helen');
  await goTo(helen, '/', scripted);
  await helen.getByRole('main').getByRole('link', { name: `${name}: plan` }).click();
  await expect(helen.getByRole('heading', { level: 1 })).toHaveText(`Plan of ${name}`);
  await expect(helen.getByText(task)).toBeVisible();
  await accessible(helen);
  const address = new URL(helen.url()).pathname;
  // Whoever looks at the profile is led there as well.
  await goTo(helen, address.replace('/plan', ''), scripted);
  await expect(helen.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(helen.getByRole('main').getByRole('link', { name: 'Learning plan', exact: true })).toBeVisible();
  expect((await helen.request.get(address.replace('/plan', '/gaps'))).status()).toBe(404);

  await goTo(helen, '/', scripted);
  await expect(helen.getByRole('heading', { level: 2, name: 'New for you' })).toBeVisible();
  await expect(helen.getByRole('main').getByRole('link', { name: `${name}: plan` })).toHaveCount(0);
  await visit('/me/sharing');
  await expect(page.getByText(/Helen Marsh looked at your plan on/).first()).toBeVisible();
  await page.getByRole('button', { name: /^End now.*Learning plan with Managers of Millbrook Branch/ }).click();
  await expect(page.getByRole('main').getByText('Ended. It is not shown in this way any more.')).toBeVisible();
  await expect(page.getByText('Nothing is shared').first()).toBeVisible();
  expect((await helen.request.get(address)).status()).toBe(404);
});

test('a record of learning is shown to facilitators, until when it says', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  const [person, name, place] = scripted ? ['lucy', 'Lucy Fairweather', 'Harbour Street Branch'] : ['imran', 'Imran Siddiqui', 'Riverside County Library'];
  await signIn(person);
  await visit('/courses/weeding-with-good-reasons/criteria-aloud');
  const done = page.getByRole('button', { name: /^Done/ });
  // Another try finds it done.
  if (await done.count()) {
    await done.click();
    await page.waitForURL(url => !url.pathname.endsWith('/criteria-aloud'));
  }
  await visit('/me');
  await page.getByRole('link', { name: 'Record', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My record of learning');
  const lessons = (where: typeof page) => where.getByRole('main').locator('details').filter({ hasText: 'Lessons of Weeding with good reasons' });
  await unfold(lessons(page), /^Lessons of/);
  await expect(lessons(page).getByRole('listitem').first()).toBeVisible();
  await accessible();

  await page.getByRole('link', { name: 'Share my record with somebody' }).click();
  await expect(page.getByLabel('Record of learning')).toBeChecked();
  await page.getByLabel('With whom').selectOption({ label: `Facilitators of ${place}` });
  await page.getByLabel('What for').fill(`A place in the next cohort ${unique}`);
  await page.getByLabel('Last day').fill(day(20));
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByText(`A place in the next cohort ${unique}, until ${spelled(day(20))}`)).toBeVisible();

  const anneke = await colleague('anneke');
  await goTo(anneke, '/me/sharing', scripted);
  await anneke.getByRole('link', { name: `${name}: record of learning` }).click();
  await expect(anneke.getByRole('heading', { level: 1 })).toHaveText(`Record of learning of ${name}`);
  await expect(anneke.getByText(`A place in the next cohort ${unique}`)).toBeVisible();
  await expect(lessons(anneke)).toBeVisible();
  await accessible(anneke);
  const address = new URL(anneke.url()).pathname;

  await visit('/me/sharing');
  await expect(page.getByText(/Anneke de Vries looked at your record of learning on/).first()).toBeVisible();
  await page.getByRole('button', { name: /^End now.*Record of learning with Facilitators/ }).click();
  await expect(page.getByText(`A place in the next cohort ${unique}, until`)).toHaveCount(0);
  expect((await anneke.request.get(address)).status()).toBe(404);
});
