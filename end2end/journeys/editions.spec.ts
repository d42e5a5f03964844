// A second edition that orphans nobody: a curator revises a published set, confirms how each
// statement goes on, and publishes; a learner finds what she said, and is asked what only she can say.
import type { Page } from '@playwright/test';
import { bring, expect, fileOf, goTo, test, unfold } from './fixtures';

// Publishing is refused once, before the map is confirmed.
test.use({ expectedNoise: [/status of 409/] });

async function publish(page: Page) {
  await unfold(page.getByRole('main'), 'Publish this edition…');
  await page.getByLabel(/^I understand that/).check();
  await page.getByRole('button', { name: /^Publish Shelves/ }).click();
}

test('a second edition follows the map, and people are asked what changed for them', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  test.slow();
  await signIn('ciara');
  const file = fileOf('shelves.moodle.csv', unique);
  const first = await bring(page, visit, file);
  await publish(page);
  await expect(page.getByText('Published. Everyone can read this edition now, and it will not change any more.')).toBeVisible();

  // A learner rates two statements of it.
  const learner = await colleague(scripted ? 'bethan' : 'kwame');
  for (const code of ['S11', 'S12']) {
    await goTo(learner, `${first}/${code}`, scripted);
    await learner.getByRole('link', { name: 'Rate myself' }).click();
    await learner.getByRole('radio').nth(1).check();
    await learner.getByRole('button', { name: /^Save/ }).first().click();
    await expect(learner.getByRole('main').getByText(/Saved|Last saved|is done/).filter({ visible: true }).first()).toBeVisible();
  }

  // A draft of it, then a newer file in its place: one statement is worded anew, and a level has another name.
  const set = first.split('/')[2];
  await visit(`/studio/sets/${set}/editions`);
  await accessible();
  await page.getByRole('button', { name: 'Open a draft' }).click();
  await expect(page.getByText('The draft is open. It holds all that the last edition does.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Same 5' })).toBeVisible();
  const newer = file.buffer.toString().replace('Finds a misplaced book, by thinking', 'Finds any misplaced book, by thinking').replace('Not yet,Nearly,Well', 'Not yet,Almost,Well');
  const second = await bring(page, visit, { ...file, buffer: Buffer.from(newer) });
  expect(second).toBe(first.replace(/1$/, '2'));
  await publish(page);
  await expect(page.getByText(/The map from the edition before is not confirmed yet: 5 statements/).first()).toBeVisible();

  await page.getByRole('link', { name: 'How each statement goes on' }).click();
  await expect(page.getByRole('heading', { name: 'The statement map' })).toBeVisible();
  await expect(page.getByText('The scale of the draft does not have “Nearly”.')).toBeVisible();
  await expect(page.getByLabel('“Nearly” is now')).toHaveValue('Almost');
  await accessible();
  await page.getByRole('button', { name: 'Save the levels' }).click();
  await expect(page.getByText('The scale of the draft does not have')).toHaveCount(0);
  await page.getByRole('button', { name: 'Confirm all 4 that are the same' }).click();
  await expect(page.getByText('1 row to confirm before the draft can be published')).toBeVisible();
  await page.getByRole('link', { name: 'Reworded 1' }).click();
  await expect(page.locator('ins', { hasText: 'any' })).toBeVisible();
  await accessible();
  await page.getByRole('button', { name: /^Confirm ?: reworded, S12/ }).click();
  await expect(page.getByText('All of the map is confirmed.')).toBeVisible();
  await page.getByRole('link', { name: 'Publish the draft on its own page' }).click();
  await publish(page);
  await expect(page.getByText('Published. Everyone can read this edition now, and it will not change any more.')).toBeVisible();

  // Everyone reads what changed.
  await page.getByRole('link', { name: 'What changed in this edition' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What changed in the 2nd edition' })).toBeVisible();
  await expect(page.locator('del', { hasText: 'a' }).first()).toBeVisible();
  await expect(page.getByText('Compared with the 1st edition: 4 same, 1 reworded.')).toBeVisible();
  await accessible();

  // The learner finds her level at the new edition, and one question.
  await expect(async () => {
    await goTo(learner, `${second}/S11`, scripted);
    await expect(learner.getByRole('link', { name: 'Rate again' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await goTo(learner, '/', scripted);
  await learner.getByRole('link', { name: /^See what changed for you: / }).click();
  await expect(learner.getByRole('heading', { level: 1, name: 'What changed for you' })).toBeVisible();
  const question = learner.getByRole('listitem').filter({ has: learner.getByRole('heading', { name: /^Finds any misplaced book/ }) });
  await expect(question).toContainText('You had');
  await accessible(learner);
  await question.getByRole('button', { name: 'It still holds' }).click();
  await expect(learner.getByRole('heading', { name: /^Finds any misplaced book/ })).toHaveCount(0);
});
