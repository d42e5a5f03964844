// A curator imports competency sets from files, and takes them out again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Ajv2019 from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import { expect, fileOf, test, unfold } from './fixtures';

const DATA = process.env.CARREL_TEST_DATA;

interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

async function upload(page: Page, visit: (address: string) => Promise<void>, file: File) {
  await visit('/studio/import');
  await page.getByLabel('File', { exact: true }).setInputFiles(file);
  await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page).toHaveURL(/\/studio\/import\/[^/]+$/);
}

/** The figure under this word of a preview. */
function figure(page: Page, word: string) {
  return page.getByRole('main').locator('div').filter({ has: page.locator(`dt:text-is("${word}")`) }).last().getByRole('definition');
}

/** Takes the set along in this format. */
async function take(page: Page, link: string | RegExp): Promise<File> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
  const buffer = readFileSync(await download.path());
  return { name: download.suggestedFilename(), mimeType: 'application/octet-stream', buffer };
}

test.beforeEach(async ({ signIn }) => signIn('ciara'));

test('a CASE package is looked at, imported once, and taken out again', async ({ page, visit, accessible, unique }) => {
  const file = fileOf('shelves.case.json', unique);
  await upload(page, visit, file);
  await expect(page.getByRole('heading', { level: 1, name: `Shelves ${unique}` })).toBeVisible();
  await expect(page.getByText('This set is new here.')).toBeVisible();
  for (const [word, count] of [['Sections', 1], ['Competencies', 2], ['Statements', 3], ['Cross-references', 1]] as const) {
    await expect(figure(page, word)).toHaveText(String(count));
  }
  const remark = page.getByRole('row').filter({ hasText: 'The association does not say what it connects; it is left out.' });
  await expect(remark).toContainText('Left out');
  await unfold(page.getByRole('main'), /^SH 1 /);
  await expect(page.getByText('Puts a trolley back in the right order within the hour')).toBeVisible();
  await accessible();

  // Nothing is written until it is confirmed.
  const preview = page.url();
  await visit('/studio');
  await expect(page.getByRole('link', { name: `Shelves ${unique}` })).toHaveCount(0);
  await visit(preview);
  await page.getByRole('button', { name: 'Import', exact: true }).click();

  await expect(page.getByText('Imported. This is what was in the file.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: `Shelves ${unique}` })).toBeVisible();
  await expect(page.getByText('2 competencies, 3 statements')).toBeVisible();
  await unfold(page.getByRole('main'), /^SH 2 /);
  const set = page.url().split('?')[0];
  await page.getByRole('link', { name: 'SH 2.1 Chooses five books for a display & says why in a sentence each' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Chooses five books for a display & says why/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^SH 1\.2 Finds a misplaced book/ })).toBeVisible();
  await accessible();

  await upload(page, visit, file);
  await expect(page.getByText('Everything in this file is here already. There is nothing to import.')).toBeVisible();
  await expect(figure(page, 'Unchanged')).toHaveText('6');
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);

  await visit(set);
  const taken = await take(page, 'CASE package');
  const { CFDocument, CFItems } = JSON.parse(taken.buffer.toString());
  expect(CFDocument.title).toBe(`Shelves ${unique}`);
  expect(CFItems.map((item: { humanCodingScheme: string }) => item.humanCodingScheme)).toEqual(['SH', 'SH 1', 'SH 1.1', 'SH 1.2', 'SH 2', 'SH 2.1']);
  await upload(page, visit, taken);
  await expect(page.getByText('Everything in this file is here already. There is nothing to import.')).toBeVisible();
});

test('a Moodle framework is looked at, imported once, and taken out again', async ({ page, visit, accessible, unique }) => {
  const file = fileOf('shelves.moodle.csv', unique);
  await upload(page, visit, file);
  await expect(page.getByRole('heading', { level: 1, name: `Shelves ${unique}` })).toBeVisible();
  await expect(figure(page, 'Statements')).toHaveText('3');
  await expect(figure(page, 'Cross-references')).toHaveText('1');
  await expect(page.getByRole('heading', { name: 'Proficiency scale' })).toBeVisible();
  await expect(page.getByText('Nearly', { exact: true })).toBeVisible();
  await accessible();
  await page.getByRole('button', { name: 'Import', exact: true }).click();

  await expect(page.getByText('Imported. This is what was in the file.')).toBeVisible();
  await unfold(page.getByRole('main'), /^S1 /);
  await expect(page.getByRole('link', { name: /^S12 Finds a misplaced book, by thinking/ })).toBeVisible();
  const taken = await take(page, 'Moodle framework');
  expect(taken.buffer.toString()).toContain('Finds a misplaced book, by thinking');

  await upload(page, visit, file);
  await expect(page.getByText('Everything in this file is here already. There is nothing to import.')).toBeVisible();
  await upload(page, visit, taken);
  await expect(page.getByText('Everything in this file is here already. There is nothing to import.')).toBeVisible();
});

test('a spreadsheet is matched, imported, and comes back as it went out', async ({ page, visit, accessible, unique }) => {
  const text = `Area,What one does,Nr\nShelves ${unique},Puts a trolley back in order,1\n,Finds a misplaced book,2\n`;
  await upload(page, visit, { name: `skills-${unique}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.getByText('This file cannot be imported as it is.').or(page.getByText('This set is new here.'))).toBeVisible();
  await page.getByLabel('What “What one does” is').selectOption('Statement');
  await page.getByLabel('What “Area” is').selectOption('A level of the tree');
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByText('This set is new here.')).toBeVisible();
  await expect(page.getByLabel('What “What one does” is')).toHaveValue('statement');
  await expect(figure(page, 'Sections')).toHaveText('1');
  await expect(figure(page, 'Statements')).toHaveText('2');
  await accessible();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Imported. This is what was in the file.')).toBeVisible();
  await expect(page.getByRole('link', { name: /take the import back/ })).toHaveAttribute('href', /^\/studio\/import\/\w+$/);

  const set = page.url().split('?')[0];
  for (const link of ['Spreadsheet, as plain text', /^Spreadsheet$/]) {
    await visit(set);
    await upload(page, visit, await take(page, link));
    await expect(page.getByText('Everything in this file is here already. There is nothing to import.')).toBeVisible();
  }

  await visit(set);
  await unfold(page.getByRole('main'), /^Search in these statements/);
  await page.getByLabel('Words').fill('misplaced');
  await page.getByRole('search', { name: 'These statements' }).getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('1 entry found.')).toBeVisible();
  await expect(page.getByRole('link', { name: /Finds a misplaced book/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Puts a trolley/ })).toHaveCount(0);
  await accessible();
});

test('an import is taken back as a whole, and can be confirmed again', async ({ page, visit, accessible, unique }) => {
  await upload(page, visit, fileOf('shelves.case.json', unique));
  const plan = page.url();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Imported. This is what was in the file.')).toBeVisible();
  const set = page.url().split('?')[0];

  await visit(plan);
  await expect(page.getByText('This file was imported.')).toBeVisible();
  await accessible();
  await page.getByRole('button', { name: 'Take the import back' }).click();
  await expect(page.getByText('The import was taken back. Everything is as it was before.')).toBeVisible();
  await expect(page.getByText('This set is new here.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take the import back' })).toHaveCount(0);
  await accessible();
  expect((await page.request.get(set)).status()).toBe(404);
  await visit('/studio');
  await expect(page.getByRole('link', { name: `Shelves ${unique}` })).toHaveCount(0);

  await visit(plan);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Imported. This is what was in the file.')).toBeVisible();
});

test.describe('refused at its field', () => {
  test.use({ expectedNoise: [/status of 422/] });

  test('addresses within the house are not asked', async ({ page, visit, accessible }) => {
    const address = page.getByLabel('Address', { exact: true });
    for (const inside of ['http://127.0.0.1:9/set.json', 'http://localhost/set.json', 'http://[::1]/set.json', 'http://10.1.2.3/', 'http://169.254.169.254/latest']) {
      await visit('/studio/import');
      await address.fill(inside);
      await page.getByRole('button', { name: 'Fetch it' }).click();
      await expect(address).toHaveAccessibleDescription(/not on the public internet/);
      await expect(address).toHaveValue(inside);
    }
    await accessible();
  });
});

test('a broken file is told row by row, and nothing is written', async ({ page, visit, accessible, unique }) => {
  await upload(page, visit, fileOf('broken.moodle.csv', unique));
  await expect(page.getByText('This file cannot be imported as it is.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);
  const said = (row: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: row, exact: true }) });
  await expect(said('row 4')).toContainText('NOWHERE');
  await expect(said('row 5')).toContainText('The row has no name.');
  await expect(said('row 6')).toContainText('stands already in row 3');
  await expect(said('row 4')).toContainText('Must be put right');
  await expect(page.getByRole('heading', { name: 'What could be read' })).toBeVisible();
  await accessible();

  await page.getByRole('link', { name: 'Choose another file' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Import a competency set' })).toBeVisible();
  await visit('/studio');
  await expect(page.getByRole('link', { name: `Shelves ${unique}` })).toHaveCount(0);
});

test('a file that is no set at all says what it is instead', async ({ page, visit }) => {
  await upload(page, visit, { name: 'set.json', mimeType: 'application/json', buffer: Buffer.from('%PDF-1.7 not a set') });
  await expect(page.getByText('This is a PDF file.')).toBeVisible();

  await visit('/studio/import');
  await page.getByLabel('Name of the set').fill('A name that stays');
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
  await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page.getByLabel('File', { exact: true })).toHaveAccessibleDescription(/^Choose a file that is not empty\./);
  await expect(page.getByLabel('Name of the set')).toHaveValue('A name that stays');
});

test('a learner cannot import', async ({ page, signIn }) => {
  await signIn('sam');
  expect((await page.request.get('/studio/import')).status()).toBe(403);
});

test.describe('with the real files', () => {
  test.skip(!DATA, 'CARREL_TEST_DATA is not set');

  test('what is taken out of the index is valid CASE 1.1', async ({ page, visit }) => {
    const ajv = new Ajv2019({ strict: false, allErrors: true });
    addFormats(ajv);
    const valid = ajv.compile(JSON.parse(readFileSync(join(DATA!, 'case/case-v1p1-cfpackage.json'), 'utf8')));
    await visit('/index/library-management');
    const taken = JSON.parse((await take(page, 'CASE package')).buffer.toString());
    valid(taken);
    expect(valid.errors ?? []).toEqual([]);
    expect(taken.CFItems.length).toBeGreaterThan(84);
  });

  test('the Moodle export of another library gives all 64 competencies', async ({ page, visit, unique }) => {
    // As a framework of its own, so that each run imports it anew.
    const text = readFileSync(join(DATA!, 'moodle/export_of_example_by_moodle-4.3.csv'), 'utf8').replace('OECD-CORE', unique);
    await upload(page, visit, { name: 'oecd.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await expect(page.getByText('This set is new here.')).toBeVisible();
    const figures = await Promise.all(['Sections', 'Competencies', 'Statements'].map(word => figure(page, word).innerText()));
    expect(figures.map(Number).reduce((sum, count) => sum + count)).toBe(64);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByText('Imported. This is what was in the file.')).toBeVisible();
    await expect(page.getByRole('term').filter({ hasText: /^(Not yet competent|Competent)$/ })).toHaveCount(2);
    const taken = JSON.parse((await take(page, 'CASE package')).buffer.toString());
    expect(taken.CFItems).toHaveLength(64);
  });
});
