// An edition as an electronic book passes the checker of its format, and the
// form for paper is whole and silent.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './fixtures';

const EDITION = '/index/library-management/1/publication';
const CHECKER = join(process.env.CARREL_CACHE ?? '', 'python/bin/epubcheck');

test('the electronic book passes epubcheck', async ({ page }, info) => {
  const java = await promisify(execFile)('java', ['-version']).catch(() => undefined);
  test.skip(!java, 'epubcheck needs Java');
  test.skip(!existsSync(CHECKER), 'epubcheck comes with the Python packages of the tests');
  const answer = await page.request.get(`${EDITION}/book.epub`);
  expect(answer.headers()['content-type']).toBe('application/epub+zip');
  const file = info.outputPath('book.epub');
  await writeFile(file, await answer.body());
  const { stdout } = await promisify(execFile)(CHECKER, [file]);
  expect(stdout).not.toMatch(/ERROR|WARNING|FATAL/);
});

test('the form for paper is one page without scripts', async ({ page, accessible }) => {
  await page.goto(`${EDITION}/book.html`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Library management');
  await expect(page.getByRole('navigation', { name: 'Contents' }).getByRole('link').first()).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('script').count()).toBe(0);
  await accessible();
});
