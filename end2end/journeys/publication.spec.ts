// An edition as a book: typeset for whoever reads it, with the words that its
// curators write around it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, goTo, test } from './fixtures';

// Who writes over what somebody else wrote is refused once.
test.use({ expectedNoise: [/status of 422/] });

const PYTHON = join(process.env.CARREL_CACHE ?? '', 'python/bin/python');

/** Waits until the file is there; without JavaScript the page is asked again. */
async function made(page: Page, scripted: boolean) {
  const download = page.getByRole('link', { name: /^Download the PDF/ });
  if (!scripted) {
    await expect(async () => {
      if (!(await download.isVisible())) await page.reload();
      await expect(download).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 50_000 });
  }
  await expect(download).toBeVisible({ timeout: 50_000 });
  return download;
}

test('an edition is typeset on the paper one has, whole or in part', async ({ page, signIn, visit, accessible, scripted }, info) => {
  test.slow();
  await signIn('rosa');
  await visit('/index/library-management/1');
  await page.getByRole('link', { name: 'To read and to print' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /to read and to print/ })).toBeVisible();
  await accessible();
  await page.getByRole('radio', { name: 'US Letter' }).check();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Typeset it' }).click();
  await expect(page).toHaveURL(/file=/);
  const download = await made(page, scripted);
  await expect(page.getByText(/pages, US Letter, the sections you chose/)).toBeVisible();

  const answer = await page.request.get((await download.getAttribute('href'))!);
  expect(answer.headers()['content-type']).toBe('application/pdf');
  expect(answer.headers()['content-disposition']).toContain('library-management-1.pdf');
  const file = info.outputPath('book.pdf');
  await writeFile(file, await answer.body());
  test.skip(!existsSync(PYTHON), 'the checker of PDF needs Python');
  const { stdout } = await promisify(execFile)(PYTHON, [join(__dirname, '../read_pdf.py'), file]);
  const read = JSON.parse(stdout);
  expect(read).toMatchObject({ faults: [], tagged: true, titled: true, accessible: true, size: [612, 792] });
  expect(read.language).toMatch(/^en/);
  expect(read.bookmarks).toContain('How to use it');
  // The book's own parts, and one section of several.
  expect(read.bookmarks.filter((title: string) => /^[A-Z] /.test(title))).toHaveLength(1);
});

test('a curator writes the words around a draft', async ({ page, signIn, visit, accessible, unique, scripted, colleague }) => {
  await signIn('ciara');
  await visit('/studio/sets/new');
  await page.getByLabel('Title').fill(`Set ${unique}`);
  await page.getByRole('button', { name: 'Begin the set' }).click();
  await page.getByRole('link', { name: 'The book' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `The book: Set ${unique}` })).toBeVisible();
  const address = page.url();
  await accessible();

  // Somebody else has the same form open.
  const other = await colleague('ciara');
  await goTo(other, address, scripted);
  await page.getByLabel('Introduction').fill('Written *together*.');
  await page.getByLabel('Acknowledgements').fill('With thanks to everyone.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Introduction')).toHaveValue('Written *together*.');

  await other.getByLabel('Introduction').fill('Written alone.');
  await other.getByLabel('How to use it').fill('Read it twice.');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText('Meanwhile somebody wrote: “Written *together*.”').first()).toBeVisible();
  await expect(other.getByLabel('Introduction')).toHaveValue('Written alone.');
  // What nobody else touched is saved all the same.
  await expect(other.getByText('The rest is saved.').first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('How to use it')).toHaveValue('Read it twice.');
  await expect(page.getByLabel('Introduction')).toHaveValue('Written *together*.');
  await other.getByLabel('Replace what the other wrote with mine').check();
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText('Saved.', { exact: true })).toBeVisible();

  await page.goto(address.replace('/studio/sets', '/index').replace(/\/book$/, '/1/publication/book.html'));
  await expect(page.getByText('Written alone.')).toBeVisible();
});
