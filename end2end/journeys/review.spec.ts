// A review round: a curator asks, two experts judge, one of them by a private link, and the draft is
// published once all is resolved and signed off.
import type { Page } from '@playwright/test';
import { expect, goTo, test, unfold } from './fixtures';

// Publishing is refused once, and a wording that says the same once.
test.use({ expectedNoise: [/status of (409|422)/] });

/** A set of one statement with a round about it, in which it is resolved as kept. */
async function resolved(page: Page, visit: (address: string) => Promise<void>, title: string, round: string) {
  await visit('/studio/sets/new');
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await expect(page.getByText('The set is begun.')).toBeVisible();
  const set = new URL(page.url()).pathname;
  await unfold(page.getByRole('main'), 'Paste an outline');
  await page.getByLabel('What to add').fill('Opens the doors');
  await page.getByRole('button', { name: 'Add all of it' }).click();
  await expect(page.getByText('Added.', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Review rounds' }).click();
  await page.getByLabel('Title').fill(round);
  await page.getByRole('button', { name: 'Open the round' }).click();
  await expect(page.getByText('The round is open. Invite those who review in it.')).toBeVisible();
  const board = new URL(page.url()).pathname;
  await visit(`${board}/1`);
  await page.getByRole('radio', { name: /^Kept/ }).check();
  await page.getByLabel('Reason').fill('It is right.');
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(page.getByText('Resolved.', { exact: true })).toBeVisible();
  return { set, board };
}

test('a draft is reviewed by an account and by a link, resolved, signed off and published', async ({ page, signIn, visit, accessible, colleague, browser, baseURL, scripted, unique }) => {
  test.slow();
  await signIn('ciara');
  const title = `Desk ${unique}`;
  await visit('/studio/sets/new');
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await expect(page.getByText('The set is begun.')).toBeVisible();
  const set = new URL(page.url()).pathname;
  await unfold(page.getByRole('main'), 'Paste an outline');
  await page.getByLabel('What to add').fill('Greets everybody\nAnswers questions\nKeeps the desk tidy');
  await page.getByRole('button', { name: 'Add all of it' }).click();
  await expect(page.getByText('Added.', { exact: true })).toBeVisible();

  // The round: all three statements, two reviewers.
  await page.getByRole('link', { name: 'Review rounds' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Review rounds of ${title}` })).toBeVisible();
  await accessible();
  await page.getByLabel('Title').fill('Spring review');
  await page.getByRole('button', { name: 'Open the round' }).click();
  await expect(page.getByText('The round is open. Invite those who review in it.')).toBeVisible();
  const board = new URL(page.url()).pathname;
  const people = page.locator('#reviewers');
  await people.getByLabel('Who reviews at the organisation').selectOption({ label: 'Nadia Rahman' });
  await people.getByRole('button', { name: 'Invite them' }).click();
  await expect(people.getByRole('heading', { name: 'Nadia Rahman' })).toBeVisible();
  await people.getByLabel('Name', { exact: true }).fill('Bo Lindqvist');
  await people.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = await people.getByRole('link', { name: /\/reviews\/link\// }).getAttribute('href');
  await accessible();

  // Nadia, by her account and, with JavaScript, by keys alone.
  const nadia = await colleague('nadia');
  await goTo(nadia, '/reviews', scripted);
  const round = `/reviews/${board.split('/').pop()}`;
  await goTo(nadia, round, scripted);
  await accessible(nadia);
  await nadia.getByRole('link', { name: 'Begin' }).click();
  await expect(nadia.getByRole('heading', { level: 2, name: 'Greets everybody' })).toBeVisible();
  await accessible(nadia);
  if (scripted) {
    await nadia.keyboard.press('1');
    await expect(nadia.getByRole('radio', { name: /^Keep/ })).toBeChecked();
    await nadia.keyboard.press('Enter');
  } else {
    await nadia.getByRole('radio', { name: /^Keep/ }).check();
    await nadia.getByRole('button', { name: 'Save and go on' }).click();
  }
  await expect(nadia.getByRole('heading', { level: 2, name: 'Answers questions' })).toBeVisible();
  await nadia.getByRole('radio', { name: /^Keep/ }).check();
  await nadia.getByRole('button', { name: 'Save and go on' }).click();
  await expect(nadia.getByRole('heading', { level: 2, name: 'Keeps the desk tidy' })).toBeVisible();
  await nadia.getByLabel('Your comment').fill('Is this not for *everybody*?');
  await nadia.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(nadia.locator('#comments em', { hasText: 'everybody' })).toBeVisible();
  await nadia.getByRole('radio', { name: /^Drop/ }).check();
  await nadia.getByRole('button', { name: 'Save and go on' }).click();
  await expect(nadia.getByText('You have given a verdict on everything that waits for one.')).toBeVisible();
  await nadia.getByLabel('Thank me by name').check();
  await nadia.getByLabel('I am done with my review').check();
  await nadia.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(nadia.getByText('Thank you. The curator sees that you are done')).toBeVisible();

  // Bo, by the link: sees this round alone, and Nadia's verdict only after giving one.
  const context = await browser.newContext({ baseURL, javaScriptEnabled: scripted, locale: 'en-GB', timezoneId: 'Europe/London' });
  const bo = await context.newPage();
  await goTo(bo, new URL(link!).pathname, scripted);
  await expect(bo.getByText('This link is for Bo Lindqvist alone')).toBeVisible();
  await accessible(bo);
  await bo.getByRole('button', { name: 'Begin the review' }).click();
  await bo.waitForURL(address => address.pathname === round);
  expect((await bo.request.get('/people')).status()).toBe(401);
  expect((await bo.request.get(board)).status()).toBe(401);
  await goTo(bo, `${round}/2`, scripted);
  await expect(bo.getByText('What the others say shows once you have given your own verdict.')).toBeVisible();
  await bo.getByRole('radio', { name: /^Reword/ }).check();
  await bo.getByRole('button', { name: 'Save and go on' }).click();
  await expect(bo.getByText('This is what it says already.').first()).toBeVisible();
  await bo.getByLabel('How you would word it').fill('Answers any question');
  await bo.getByRole('button', { name: 'Save and go on' }).click();
  await expect(bo.getByRole('heading', { level: 2, name: 'Keeps the desk tidy' })).toBeVisible();
  await goTo(bo, `${round}/2`, scripted);
  await expect(bo.getByText('Nadia Rahman')).toBeVisible();
  // Convinced or not: the curator sees what was said before the others' verdicts were shown.
  await expect(bo.getByText('the curator also sees what you said before')).toBeVisible();
  await bo.getByLabel('How you would word it').fill('Answers each question');
  await bo.getByRole('button', { name: 'Save and go on' }).click();
  await expect(bo.getByRole('heading', { level: 2, name: 'Keeps the desk tidy' })).toBeVisible();
  await context.close();

  // Not before all is resolved.
  await visit(`${set.replace('/studio/sets/', '/index/')}/1`);
  await expect(page.getByText('has 3 statements that are not resolved')).toBeVisible();

  // The board: where they disagree, a wording accepted, the rest resolved.
  await visit(`${board}?only=divided`);
  await unfold(page.locator('#statements'), '1 wording suggested');
  await page.getByRole('button', { name: 'Accept the wording of Bo Lindqvist' }).click();
  await expect(page.getByText('The wording that Bo Lindqvist suggested.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Answers each question' })).toBeVisible();
  await visit(`${board}?only=unresolved`);
  await page.getByRole('button', { name: 'Keep all that everyone would keep' }).click();
  await expect(page.getByRole('link', { name: 'Unresolved 1' })).toBeVisible();
  await page.getByRole('link', { name: 'Keeps the desk tidy' }).click();
  await expect(page.getByText('Is this not for')).toBeVisible();
  await accessible();
  await page.getByRole('radio', { name: /^Dropped/ }).check();
  await page.getByLabel('Do so in the draft as well').check();
  await page.getByLabel('Reason').fill('It holds for everybody, not for the desk.');
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(page.getByText('Resolved.', { exact: true })).toBeVisible();
  await visit(board);
  await page.getByLabel('I sign off “Spring review”').check();
  await page.getByRole('button', { name: 'Sign off', exact: true }).click();
  await expect(page.getByText('Signed off. Nothing in this round changes any more.')).toBeVisible();
  await accessible();
  const report = await page.request.get(`${board}/report.csv`);
  expect(await report.text()).toContain('It holds for everybody, not for the desk.');

  // Published, and those who agreed are thanked.
  await visit(`${set.replace('/studio/sets/', '/index/')}/1`);
  await unfold(page.getByRole('main'), 'Publish this edition…');
  await page.getByLabel(/^I understand that/).check();
  await page.getByRole('button', { name: /^Publish Desk/ }).click();
  await expect(page.getByText('Published. Everyone can read this edition now')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Reviewed by' })).toBeVisible();
  await expect(page.getByText('Nadia Rahman')).toBeVisible();
  await expect(page.getByText('Bo Lindqvist')).toHaveCount(0);

  // Nadia asks not to be named after all.
  await visit(board);
  await unfold(page.locator('#reviewers'), 'Take Nadia Rahman out of the acknowledgements…');
  await page.getByLabel(/^I understand that only they/).check();
  await page.getByRole('button', { name: 'Take the name out' }).click();
  await expect(page.getByText('The name is taken out')).toBeVisible();
  await accessible();
  await visit(`${set.replace('/studio/sets/', '/index/')}/1`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Nadia Rahman')).toHaveCount(0);
});

test('what is added to a draft under review is asked about too', async ({ page, signIn, visit, accessible, unique }) => {
  test.slow();
  await signIn('ciara');
  const title = `Late ${unique}`;
  await visit('/studio/sets/new');
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await expect(page.getByText('The set is begun.')).toBeVisible();
  const set = new URL(page.url()).pathname;
  const add = async (line: string) => {
    await unfold(page.getByRole('main'), 'Paste an outline');
    await page.getByLabel('What to add').fill(line);
    await page.getByRole('button', { name: 'Add all of it' }).click();
    await expect(page.getByText('Added.', { exact: true })).toBeVisible();
  };
  await add('Opens the doors');
  await page.getByRole('link', { name: 'Review rounds' }).click();
  await page.getByLabel('Title').fill('Late review');
  await page.getByRole('button', { name: 'Open the round' }).click();
  await expect(page.getByText('The round is open. Invite those who review in it.')).toBeVisible();
  const board = new URL(page.url()).pathname;
  await visit(set);
  await add('Locks the doors');
  await visit(board);
  await expect(page.getByText('1 statement was added to the draft since this round began')).toBeVisible();
  await accessible();
  await page.getByRole('button', { name: 'Ask about them too' }).click();
  await expect(page.getByRole('link', { name: 'Locks the doors' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Unresolved 2' })).toBeVisible();
  await expect(page.getByText('was added to the draft since')).toHaveCount(0);
});

test('what is changed after signing off is reviewed anew or said to go out unreviewed', async ({ page, signIn, visit, accessible, unique }) => {
  test.slow();
  await signIn('ciara');
  const { set, board } = await resolved(page, visit, `Signed ${unique}`, 'Only review');
  await visit(board);
  await expect(page.getByText('Nobody gave a verdict on 1 statement.')).toBeVisible();
  await page.getByLabel('I sign off “Only review”').check();
  await page.getByRole('button', { name: 'Sign off', exact: true }).click();
  await expect(page.getByText('Signed off. Nothing in this round changes any more.')).toBeVisible();

  await expect(page.getByText('so it is signed off but not reviewed')).toBeVisible();

  // Another wording after that.
  await visit(set);
  await page.getByRole('link', { name: 'Opens the doors' }).click();
  await page.getByLabel('Statement', { exact: true }).fill('Opens every door');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await visit(board);
  await expect(page.getByText('1 statement was changed after the review was signed off')).toBeVisible();
  await accessible();
  await page.getByRole('link', { name: 'Ask about it in a new round' }).click();
  await expect(page.getByRole('radio', { name: /^The 1 statement not reviewed/ })).toBeChecked();

  // It is listed where the edition is published, and not published silently.
  await visit(`${set.replace('/studio/sets/', '/index/')}/1`);
  await unfold(page.getByRole('main'), 'Publish this edition…');
  await expect(page.getByText('It said: Opens the doors')).toBeVisible();
  await accessible();
  await page.getByLabel(/^I understand that/).check();
  await page.getByRole('button', { name: /^Publish Signed/ }).click();
  await expect(page.getByText('was changed after its review was signed off.').first()).toBeVisible();
  await page.getByLabel('It goes out as it is, unreviewed').check();
  await page.getByLabel('Why it goes out unreviewed').fill('Only a word of grammar.');
  await page.getByLabel(/^I understand that/).check();
  await page.getByRole('button', { name: /^Publish Signed/ }).click();
  await expect(page.getByText('Published. Everyone can read this edition now')).toBeVisible();
  await visit(board);
  await expect(page.getByText('Only a word of grammar.')).toBeVisible();
  const report = await page.request.get(`${board}/report.csv`);
  expect(await report.text()).toContain('Only a word of grammar.');
});

test('what was reworded after its resolving is resolved again or signed off as it stands', async ({ page, signIn, visit, accessible, unique }) => {
  test.slow();
  await signIn('ciara');
  const { set, board } = await resolved(page, visit, `Unlike ${unique}`, 'Unlike review');
  await visit(set);
  await page.getByRole('link', { name: 'Opens the doors' }).click();
  await page.getByLabel('Statement', { exact: true }).fill('Opens every door');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();

  // It is told, and not signed off silently.
  await visit(board);
  await expect(page.getByText('1 statement is not what was reviewed.')).toBeVisible();
  await expect(page.getByText('It says something else than when it was resolved.')).toBeVisible();
  await accessible();
  await page.getByLabel('I sign off “Unlike review”').check();
  await page.getByRole('button', { name: 'Sign off', exact: true }).click();
  await expect(page.getByText('is not what was reviewed. Resolve it again').first()).toBeVisible();
  await page.getByLabel('I sign it off as it stands now').check();
  await page.getByLabel('Words for the record').fill('A word of grammar.');
  await page.getByLabel('I sign off “Unlike review”').check();
  await page.getByRole('button', { name: 'Sign off', exact: true }).click();
  await expect(page.getByText('Signed off. Nothing in this round changes any more.')).toBeVisible();
  await expect(page.getByText('Signed off as it stood')).toBeVisible();
  const report = await page.request.get(`${board}/report.csv`);
  expect(await report.text()).toContain('It says something else than when it was resolved.');
});
