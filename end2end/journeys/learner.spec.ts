// A learner chooses a role, rates ten statements, sees the gaps, and plans.
import type { Page } from '@playwright/test';
import { day, expect, spelled, test, unfold } from './fixtures';

// A button is pressed where nothing is chosen.
test.use({ expectedNoise: [/status of 422/] });

/** The rows to rate that are not saved yet. */
const openRows = (page: Page) => {
  const button = page.getByRole('button', { name: /^Save and (next|finish)$/ });
  return page.getByRole('main').locator('li:not([data-done])').filter({ has: button });
};

/** The row of a statement, saved or not. */
const rowOf = (page: Page, title: string) =>
  page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });

/** Chooses a level of the first statement that is open; answers with its title. */
async function chooseNext(page: Page, level: RegExp): Promise<string> {
  const title = await openRows(page).first().getByRole('heading', { level: 2 }).innerText();
  await rowOf(page, title).getByRole('radio', { name: level }).check();
  return title;
}

/** Rates the first statement that is open, by its button; answers with its title. */
async function rateNext(page: Page, level: RegExp): Promise<string> {
  const title = await chooseNext(page, level);
  await rowOf(page, title).getByRole('button', { name: /^Save and (next|finish)$/ }).click();
  return title;
}

test('a learner rates a sitting, leaves, comes back, sees the gaps, and plans', async ({ page, signIn, visit, accessible, scripted }) => {
  test.slow();
  await signIn(scripted ? 'bethan' : 'kwame');
  await visit('/me/gaps');
  await expect(page.getByText('Choose a role first')).toBeVisible();
  await page.getByRole('link', { name: 'Choose a role profile' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Choose a role profile' })).toBeVisible();
  await accessible();
  await page.getByRole('button', { name: 'Choose Branch manager' }).click();
  await expect(page.getByRole('heading', { name: 'My roles' })).toBeVisible();
  await page.getByRole('link', { name: /^Start rating ?: Branch manager$/ }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Branch manager' })).toBeVisible();
  await expect(page.getByText('Sitting 1 of 9')).toBeVisible();
  await expect(page.getByText(scripted ? /^Each answer is saved by itself; you can leave at any time\.$/ : /^Each button saves all that is chosen on this page/)).toBeVisible();
  await accessible();
  const progress = page.getByRole('progressbar', { name: 'Statements rated in this sitting' });
  await expect(progress).toHaveAttribute('aria-valuetext', '0 of 10');

  // Four answers; then away, and back to where it stopped.
  const rated: string[] = [];
  for (const level of [/^Minimal/, /^Moderate/, /^No skill/, /^Strong/]) {
    rated.push(await rateNext(page, level));
    await expect(progress).toHaveAttribute('aria-valuetext', `${rated.length} of 10`);
    await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  }
  await page.getByRole('link', { name: 'Leave', exact: true }).first().click();
  await expect(page.getByText(/^4 of 84 rated, /)).toBeVisible();
  await page.getByRole('link', { name: /^Continue ?: Branch manager$/ }).click();
  await expect(progress).toHaveAttribute('aria-valuetext', '4 of 10');
  await unfold(page.getByRole('main'), 'Rated before in this sitting: 4');
  for (const title of rated) {
    await expect(page.getByRole('listitem').filter({ hasText: title }).filter({ has: page.getByRole('link', { name: /^Change / }) })).toBeVisible();
  }
  await accessible();

  while (rated.length < 10) {
    rated.push(await rateNext(page, rated.length === 9 ? /^Not part of my work/ : /^Minimal/));
    await expect(progress).toHaveAttribute('aria-valuetext', `${rated.length} of 10`);
  }
  expect(new Set(rated).size).toBe(10);
  await expect(page.getByRole('heading', { name: 'This sitting is done' })).toBeVisible();
  await accessible();

  await page.getByRole('main').getByRole('link', { name: 'See my gaps' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Gaps to Branch manager' })).toBeVisible();
  await expect(page.getByText(/of 83 statements are at the level this role needs\. 74 are not rated yet\. 1 is not part of your work\./)).toBeVisible();
  const gap = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: rated[2], exact: true }) });
  await expect(gap.getByRole('img', { name: /^No skill now, .* needed$/i })).toBeVisible();
  const words = await gap.getByRole('img').getAttribute('aria-label');
  await accessible();
  await page.getByRole('link', { name: 'By section' }).click();
  await expect(page.getByRole('link', { name: 'By section' })).toHaveAttribute('aria-current', /./);
  await expect(gap).toBeVisible();

  await page.getByRole('link', { name: 'As a table' }).click();
  const table = page.getByRole('table', { name: /^Every statement that Branch manager needs/ });
  await expect(table.getByRole('row')).toHaveCount(85);
  const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: rated[2] }) });
  await expect(row).toContainText('No skill');
  const needed = /, (.*) needed$/i.exec(words ?? '')?.[1] ?? '';
  await expect(row.getByRole('cell').nth(2)).toHaveText(new RegExp(`^${needed}$`, 'i'));
  await accessible();

  // A statement with a level and a day, from its gap.
  const [statementDue, courseDue, taskDue] = [day(90), day(60), day(30)];
  await row.getByRole('link', { name: /^Add to plan/ }).click();
  await expect(page.getByRole('heading', { name: 'Add to my plan' })).toBeVisible();
  await expect(page.getByLabel('Level wanted')).toBeVisible();
  await page.getByLabel('By (a day, if you like)').fill(statementDue);
  await page.getByRole('button', { name: 'Add to my plan' }).click();
  await expect(page).toHaveURL('/me/plan');
  await expect(page.getByRole('heading', { name: 'Goals' })).toBeVisible();

  // A course, from its own page.
  await visit('/courses/try-it-small');
  const course = await page.getByRole('heading', { level: 1 }).innerText();
  await page.getByRole('link', { name: 'Add to plan' }).click();
  await page.getByLabel('By (a day, if you like)').fill(courseDue);
  await page.getByRole('button', { name: 'Add to my plan' }).click();
  await expect(page).toHaveURL('/me/plan');
  await expect(page.getByRole('link', { name: course })).toBeVisible();

  // A task, on the plan itself.
  const task = 'Explain last year’s leftover to Helen in one page';
  const folded = page.getByRole('group').filter({ has: page.locator('summary').filter({ hasText: 'A task at work' }) });
  await unfold(page, 'A task at work');
  await folded.getByLabel('What will you do at work?').fill(task);
  await folded.getByLabel('By (a day, if you like)').fill(taskDue);
  await folded.getByRole('button', { name: 'Add', exact: true }).click();

  const line = (words: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: words });
  await expect(line(task)).toContainText(`by ${spelled(taskDue)}`);
  await visit('/me/plan');
  await expect(page.getByText('0 of 1 goals reached, 0 of 2 actions done.')).toBeVisible();
  await expect(line(rated[2])).toContainText(`by ${spelled(statementDue)}`);
  await expect(line(rated[2])).toContainText('No skill now');
  await expect(line(course)).toContainText(`by ${spelled(courseDue)}`);
  await expect(line(task)).toContainText(`by ${spelled(taskDue)}`);
  await accessible();

  // What is done at work is put in other words.
  const reworded = `${task}, and to Piotr`;
  await unfold(line(task), 'Change');
  await line(task).getByLabel('In your words').fill(reworded);
  await line(task).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(line(reworded)).toContainText(`by ${spelled(taskDue)}`);

  await line(task).getByRole('button', { name: /^Mark done/ }).click();
  await expect(line(task)).toContainText('Done');
  await expect(page.getByText('0 of 1 goals reached, 1 of 2 actions done.')).toBeVisible();
  // Rated again from the plan, the goal is reached, and the plan is one step away.
  await line(rated[2]).getByRole('link', { name: /^Rate again/ }).click();
  await expect(page.getByText(/^Your goal: /)).toBeVisible();
  await page.getByRole('radio', { name: /^Strong/ }).check();
  if (!scripted) await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/^Your goal is reached: /)).toBeVisible();
  await accessible();
  await page.getByRole('link', { name: 'Back to my plan' }).click();
  await expect(page.getByText('1 of 1 goals reached, 1 of 2 actions done.')).toBeVisible();

  await visit('/me/record');
  await expect(page.getByRole('heading', { level: 2, name: 'Done at work' })).toBeVisible();
  await expect(line(reworded)).toBeVisible();

  // A role that is put away says what became of it, with the way back.
  await visit('/me');
  await page.getByRole('button', { name: 'Put away Branch manager' }).click();
  await expect(page.getByRole('main').getByText('Branch manager is off your list. What you rated is kept.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo Branch manager' }).click();
  await expect(page.getByText(/^10 of 84 rated, /)).toBeVisible();
});

test('levels that were chosen are kept, however one leaves', async ({ page, signIn, visit, scripted }) => {
  await signIn(scripted ? 'nadia' : 'anneke');
  await visit('/me/rate?by=section&set=library-management');
  await page.getByRole('main').getByRole('link', { name: 'Rate A Direction and money' }).click();
  const rows = openRows(page);
  await expect(rows.first()).toBeVisible();

  // A button where nothing is chosen says so, and no more once something is.
  const first = await rows.first().getByRole('heading', { level: 2 }).innerText();
  await rows.first().getByRole('button', { name: /^Save and/ }).click();
  await expect(rowOf(page, first).getByText('Choose a level, or say that this is not part of your work.').first()).toBeVisible();
  const chosen: string[] = [];
  if (scripted) {
    for (const level of [/^Minimal/, /^Moderate/, /^Minimal/]) {
      const title = await chooseNext(page, level);
      await expect(rowOf(page, title).getByText('Saved.', { exact: true })).toBeVisible();
      chosen.push(title);
    }
    await expect(rowOf(page, first).getByText('Choose a level, or say that this is not part of your work.')).toHaveCount(0);
    await page.getByRole('link', { name: 'Leave', exact: true }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'My growth' })).toBeVisible();
    await page.goBack();
  } else {
    for (const at of [0, 1, 2]) {
      chosen.push(await rows.nth(at).getByRole('heading', { level: 2 }).innerText());
      await rows.nth(at).getByRole('radio', { name: /^Minimal/ }).check();
    }
    // Any button sends all of them.
    await rows.nth(1).getByRole('button', { name: /^Save and/ }).click();
  }
  await unfold(page.getByRole('main'), /^Rated before in this sitting/);
  for (const title of chosen) {
    await expect(page.getByRole('listitem').filter({ hasText: title }).filter({ has: page.getByRole('link', { name: /^Change / }) })).toBeVisible();
  }
});
