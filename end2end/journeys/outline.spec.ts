// A curator writes a competency set: lines, codes, parts and wholes, and back.
import { expect, goTo, test, unfold } from './fixtures';

test.use({ expectedNoise: [/status of (409|422)/] });
test.beforeEach(async ({ signIn }) => signIn('ciara'));

test('a set is begun, pasted into, numbered, put in order and taken back', async ({ page, visit, accessible, unique }) => {
  test.slow();
  await visit('/studio');
  await page.getByRole('link', { name: 'New set' }).first().click();
  await page.getByLabel('Title').fill(`Reference ${unique}`);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await expect(page.getByText('The set is begun.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: `Reference ${unique}` })).toBeVisible();

  await unfold(page.getByRole('main'), 'Paste an outline');
  await page.getByLabel('What to add').fill('Asking\n  Listens to the question\n  Asks what is meant\nFinding\n  Searches well');
  await page.getByRole('button', { name: 'Look at it first' }).click();
  await expect(page.getByText('Nothing is saved yet.')).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'Searches well' })).toBeVisible();
  await page.getByRole('button', { name: 'Add all of it' }).click();
  await expect(page.getByText('Added.', { exact: true })).toBeVisible();
  await accessible();

  await unfold(page.getByRole('main'), 'Title, scale, kinds and codes');
  await page.getByLabel('Codes', { exact: true }).selectOption('true');
  await page.getByLabel('Before the numbers').fill('RF');
  await page.locator('#whole').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'RF 2 Finding' })).toBeVisible();

  await page.getByRole('link', { name: 'Open Asking' }).click();
  await expect(page.getByRole('link', { name: 'RF 1.2 Asks what is meant' })).toBeVisible();
  await page.locator('summary', { hasText: 'What to do with “Finding”' }).click();
  await page.getByRole('button', { name: 'Move up' }).and(page.locator(':visible')).click();
  await expect(page.getByRole('link', { name: 'RF 1 Finding' })).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('link', { name: 'RF 2 Finding' })).toBeVisible();
  await page.getByRole('button', { name: /^Redo/ }).click();
  await expect(page.getByRole('link', { name: 'RF 1 Finding' })).toBeVisible();
});

test('a line is split and made whole again, and two curators lose nothing', async ({ page, visit, colleague, scripted, accessible, unique }) => {
  test.slow();
  await visit('/studio/sets/new');
  await page.getByLabel('Title').fill(`Desk ${unique}`);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await expect(page.getByText('The set is begun.')).toBeVisible();
  await page.getByLabel('New line').fill('Greets and listens');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('link', { name: 'Greets and listens' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Edit: Greets and listens' })).toBeVisible();
  await accessible();
  const line = page.url();

  // The other opens the same line before this one saves it.
  const other = await colleague('piotr');
  await goTo(other, line, scripted);
  await page.getByLabel('Notes').fill('At every desk.');
  await page.getByLabel('Description').fill('Looks up.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await other.getByLabel('Topics').fill('Welcome');
  await other.getByLabel('Description').fill('Stands up.');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.getByText('Meanwhile somebody wrote: “Looks up.”').first()).toBeVisible();
  // What does not clash is saved; with JavaScript it was as its field was left.
  if (!scripted) await expect(other.getByText('The rest is saved.').first()).toBeVisible();
  await expect(other.getByLabel('Description')).toHaveValue('Stands up.');
  await other.getByLabel('Replace what the other wrote').check();
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.getByText('Saved.', { exact: true })).toBeVisible();

  await visit(line);
  await expect(page.getByLabel('Notes')).toHaveValue('At every desk.');
  await expect(page.getByLabel('Topics')).toHaveValue('Welcome');
  await unfold(page.getByRole('main'), 'Split it');
  await page.getByLabel('The parts').fill('Greets people\nListens to them');
  await page.getByRole('button', { name: 'Split it' }).click();
  await expect(page.getByText('The first part kept its identifier.')).toBeVisible();
  await page.getByRole('link', { name: 'Greets people' }).click();
  await unfold(page.getByRole('main'), 'Make it one with others');
  await page.getByLabel('Listens to them').check();
  await page.getByLabel('What it then says').fill('Greets and listens');
  await page.getByRole('button', { name: 'Make them one' }).click();
  await expect(page.getByText('Made one.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Listens to them' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Greets and listens' }).click();
  await unfold(page.getByRole('main'), 'Remove it');
  await page.getByLabel('Remove “Greets and listens”').check();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText('It can be taken back.')).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('link', { name: 'Greets and listens' })).toBeVisible();
});

test('codes that stand twice are asked about, branches stay open, and a draft goes as it came', async ({ page, visit, accessible, unique }) => {
  test.slow();
  await visit('/studio/sets/new');
  await page.getByLabel('Title').fill(`Twice ${unique}`);
  await expect(page.getByLabel('Language')).toHaveValue('en');
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await expect(page.getByText('The set is begun.')).toBeVisible();
  const paste = async (rows: string) => {
    await unfold(page.getByRole('main'), 'Paste an outline');
    await page.getByLabel('What to add').fill(rows);
    await page.getByRole('button', { name: 'Add all of it' }).click();
  };
  const rows = 'No\tCompetency\n1\tMoney\n1.1\tReads a budget\n2\tTalk\n2.1\tListens well\n';
  await paste(rows);
  await expect(page.getByText('Added.', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Open Money' }).click();
  await expect(page.getByRole('link', { name: '1.1 Reads a budget' })).toBeVisible();
  await page.getByRole('link', { name: 'Open Talk' }).click();
  await expect(page.getByRole('link', { name: '2.1 Listens well' })).toBeVisible();
  await expect(page.getByRole('link', { name: '1.1 Reads a budget' })).toBeVisible();

  await paste(rows);
  await expect(page.getByText('All of this stands in the draft already.').first()).toBeVisible();
  await page.getByLabel('Add it all the same').check();
  await page.getByRole('button', { name: 'Add all of it' }).click();
  await expect(page.getByText('These lines share their code with another.')).toBeVisible();
  await accessible();

  await page.getByRole('link', { name: 'Editions and map' }).click();
  await unfold(page.getByRole('main'), 'Throw the draft away…');
  await page.getByLabel(/^I know that the 1st edition cannot be brought back/).check();
  await page.getByRole('button', { name: 'Throw it away' }).click();
  await expect(page).toHaveURL(/\/studio\?show=sets/);
  await expect(page.getByRole('link', { name: `Twice ${unique}` })).toHaveCount(0);
});
