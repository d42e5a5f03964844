// Sections ahead of the rest: a curator publishes one section of a draft, and nobody's ratings in the others are lost.
import { bring, expect, fileOf, goTo, test, unfold } from './fixtures';

// Publishing is refused once, before anything is chosen.
test.use({ expectedNoise: [/status of (409|422)/] });

const published = 'Published. Everyone can read this edition now, and it will not change any more.';

test('a section is published ahead, and the rest stays where it stood', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  test.slow();
  await signIn('ciara');
  const file = fileOf('shelves.moodle.csv', unique);
  const first = await bring(page, visit, file);
  const set = first.split('/')[2];
  await unfold(page.getByRole('main'), 'Publish this edition…');
  await page.getByLabel(/^I understand that/).check();
  await page.getByRole('button', { name: /^Publish Shelves/ }).click();
  await expect(page.getByText(published)).toBeVisible();

  // A learner rates a statement of the section that is there.
  const learner = await colleague(scripted ? 'bethan' : 'kwame');
  await goTo(learner, `${first}/S11`, scripted);
  await learner.getByRole('link', { name: 'Rate myself' }).click();
  await learner.getByRole('radio').nth(1).check();
  await learner.getByRole('button', { name: /^Save/ }).first().click();
  await expect(learner.getByRole('main').getByText(/Saved|Last saved|is done/).filter({ visible: true }).first()).toBeVisible();

  // The next draft has a section more, which is ready before the rest.
  await visit(`/studio/sets/${set}/editions`);
  await page.getByRole('button', { name: 'Open a draft' }).click();
  await expect(page.getByText('The draft is open. It holds all that the last edition does.')).toBeVisible();
  await visit(`/studio/sets/${set}`);
  await unfold(page.getByRole('main'), 'Paste an outline');
  await page.getByLabel('What to add').fill('Lending\n  Lends a book in a friendly way\n  Renews a loan');
  await page.getByRole('button', { name: 'Look at it first' }).click();
  await page.getByRole('button', { name: 'Add all of it' }).click();
  await expect(page.getByText('Added.', { exact: true })).toBeVisible();

  await visit(`/studio/sets/${set}/editions`);
  await unfold(page.getByRole('main'), 'Publish sections ahead…');
  await accessible();
  await page.getByLabel(/^I understand that these sections/).check();
  await page.getByRole('button', { name: 'Publish as the 2nd edition' }).click();
  await expect(page.getByText('Choose at least one of the sections.').first()).toBeVisible();
  await page.getByRole('checkbox', { name: /Lending/ }).check();
  await page.getByLabel(/^I understand that these sections/).check();
  await page.getByRole('button', { name: 'Publish as the 2nd edition' }).click();
  await expect(page.getByText(published)).toBeVisible();
  await expect(page.getByText('This edition holds only the sections that were published ahead.')).toBeVisible();
  await expect(page.getByText('Lends a book in a friendly way')).toHaveCount(1);
  await accessible();

  // The rest is in force as before: the learner's rating stands, and the set's own page shows the whole.
  await goTo(learner, `${first}/S11`, scripted);
  await expect(learner.getByRole('link', { name: 'Rate again' })).toBeVisible();
  await goTo(learner, `/index/${set}`, scripted);
  await expect(learner.getByText('Some sections of the next edition are published ahead:')).toBeVisible();
  await goTo(learner, '/me/changes', scripted);
  await expect(learner.getByText('Nothing waits for you')).toBeVisible();

  // The draft goes on as the third edition, and its map from both.
  await visit(`/studio/sets/${set}/editions`);
  await expect(page.getByText('From the 2nd and 1st edition to the draft of the 3rd edition')).toBeVisible();
  await page.getByRole('button', { name: /^Confirm all \d+ that are the same$/ }).click();
  await expect(page.getByText('All of the map is confirmed.')).toBeVisible();
  await page.getByRole('link', { name: 'Publish the draft on its own page' }).click();
  await unfold(page.getByRole('main'), 'Publish this edition…');
  await page.getByLabel(/^I understand that/).check();
  await page.getByRole('button', { name: /^Publish Shelves/ }).click();
  await expect(page.getByText(published)).toBeVisible();
  await expect(async () => {
    await goTo(learner, `/index/${set}/3/S11`, scripted);
    await expect(learner.getByRole('link', { name: 'Rate again' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
});
