// What a job needs: a curator makes a role profile of an imported set, and a learner who chose it sees the gap.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, fileOf, goTo, test, unfold } from './fixtures';

// A level is refused once, and removing without the title.
test.use({ expectedNoise: [/status of (409|422)/] });

const LEVELS = ['No skill', 'Minimal', 'Moderate', 'Strong'];

/** The shelves with a scale of their own, as a rubric. */
function scaled(unique: string) {
  const file = fileOf('shelves.case.json', unique);
  const levels = LEVELS.map((quality, score) => ({ identifier: randomUUID(), quality, score, position: score }));
  const rubric = { identifier: randomUUID(), CFRubricCriteria: [{ identifier: randomUUID(), CFRubricCriterionLevels: levels }] };
  const set = { ...JSON.parse(file.buffer.toString()), CFRubrics: [rubric] };
  return { ...file, buffer: Buffer.from(JSON.stringify(set)) };
}

async function published(page: Page, visit: (address: string) => Promise<void>, unique: string): Promise<string> {
  await visit('/studio/import');
  await page.getByLabel('File', { exact: true }).setInputFiles(scaled(unique));
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Imported. This is what was in the file.')).toBeVisible();
  await unfold(page.getByRole('main'), 'Publish this edition…');
  await page.getByLabel(/^I understand that/).check();
  await page.getByRole('button', { name: /^Publish Shelves/ }).click();
  await expect(page.getByText(/^Published\. Everyone can read this edition now/)).toBeVisible();
  return new URL(page.url()).pathname.split('/')[2];
}

test('a curator says what a job needs, and a learner sees the gap to it', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  test.slow();
  await signIn('ciara');
  const set = await published(page, visit, unique);

  // Nobody has said what a job needs: the learner rates by section.
  // The role that somebody chose last is theirs on every page: one person in each mode.
  const learner = await colleague(scripted ? 'tomas' : 'imran');
  await goTo(learner, `/me/rate?by=section&set=${set}`, scripted);
  await expect(learner.getByRole('heading', { level: 2, name: `Shelves ${unique}` })).toBeVisible();
  await learner.getByRole('link', { name: /^Rate SH Keeping the shelves$/ }).click();
  await expect(learner.getByText('Puts a trolley back in the right order within the hour')).toBeVisible();

  await visit(`/index/${set}`);
  await page.getByRole('link', { name: 'Make the first role profile' }).click();
  await expect(page.getByText('No role profile yet')).toBeVisible();
  await accessible();
  await page.getByRole('link', { name: 'Make a role profile' }).click();
  const title = `Children’s librarian ${unique}`;
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Description').fill('Looks after the picture books.');
  await accessible();
  await page.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.getByText('0 of 3 statements needed.')).toBeVisible();

  // Section by section; what comes next opens by itself.
  await page.getByRole('link', { name: 'SH 1 Order' }).click();
  await page.getByLabel(/^SH 1\.1 /).selectOption('Strong');
  await accessible();
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await expect(page.getByText('Saved. Here is what comes next.')).toBeVisible();
  await page.getByLabel(/^SH 2\.1 /).selectOption('Moderate');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await expect(page.getByText('Saved. That was the last section.')).toBeVisible();
  await expect(page.getByText('2 of 3 statements needed.')).toBeVisible();
  await page.getByRole('link', { name: 'SH 1 Order' }).click();
  await expect(page.getByLabel(/^SH 1\.1 /)).toHaveValue('3');
  await expect(page.getByLabel(/^SH 1\.2 /)).toHaveValue('none');
  const profile = new URL(page.url()).pathname;
  const section = page.url();

  // Two who write at once: the second is told, and loses nothing.
  const other = await colleague('ciara');
  await goTo(other, section, scripted);
  await page.getByLabel(/^SH 1\.2 /).selectOption('Minimal');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await expect(page.getByText('3 of 3 statements needed.')).toBeVisible();
  await other.getByLabel(/^SH 1\.2 /).selectOption('Strong');
  await other.getByRole('button', { name: 'Save and go on' }).click();
  await expect(other.getByText('Meanwhile somebody chose “Minimal” here. What you chose is still here.').last()).toBeVisible();
  await expect(other.getByLabel(/^SH 1\.2 /)).toHaveValue('3');
  await other.getByLabel('Replace what the other wrote with mine').check();
  await other.getByRole('button', { name: 'Save and go on' }).click();
  await expect(other.getByText('Saved. Here is what comes next.')).toBeVisible();
  await goTo(other, section, scripted);
  await expect(other.getByLabel(/^SH 1\.2 /)).toHaveValue('3');

  // The learner finds it at the set, chooses it, rates and sees the gap.
  await goTo(learner, `/index/${set}`, scripted);
  await learner.getByRole('link', { name: `Rate yourself as ${title}` }).click();
  await learner.getByRole('button', { name: 'Choose this role' }).click();
  await learner.getByRole('link', { name: new RegExp(`^Start rating ?: ${title}$`) }).click();
  await learner.getByRole('radio', { name: /^Minimal/ }).first().check();
  await learner.getByRole('button', { name: /^Save and/ }).first().click();
  await expect(learner.getByRole('main').getByText(/Saved|Last saved|is done/).filter({ visible: true }).first()).toBeVisible();
  await goTo(learner, '/me/gaps', scripted);
  await expect(learner.getByRole('heading', { level: 1, name: `Gaps to ${title}` })).toBeVisible();
  await expect(learner.getByRole('img', { name: /^Minimal now, strong needed$/i })).toBeVisible();

  // Removed by its title: the rating stays, the role goes.
  await visit(profile);
  await expect(page.getByText(/^People have chosen this role profile\./)).toBeVisible();
  await unfold(page.getByRole('main'), 'Remove this role profile…');
  await page.getByLabel('Type its title to remove it').fill('Another');
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText(`Type “${title}” to remove this role profile.`).first()).toBeVisible();
  await page.getByLabel('Type its title to remove it').fill(title);
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText('Removed. What people rated and planned is theirs still.')).toBeVisible();
  await goTo(learner, '/me', scripted);
  await expect(learner.getByText(title)).toHaveCount(0);
});
