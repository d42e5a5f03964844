// Somebody looks for a word, a code, a colleague; and types it wrong.
import { expect, test } from './fixtures';

test('a visitor finds a statement by a word, narrows it down and opens it', async ({ page, visit, accessible }) => {
  await visit('/search?q=budgets');
  const main = page.getByRole('main');
  await expect(page.getByRole('heading', { level: 1, name: 'Search: budgets' })).toBeVisible();
  await expect(page.getByRole('search')).toHaveCount(1);
  await expect(main.locator('mark').first()).toHaveText(/budget/i);
  await accessible();

  await main.getByRole('link', { name: /^Statements \d+/ }).click();
  await expect(page).toHaveURL('/search?q=budgets&kind=statement');
  await expect(main.getByRole('heading', { level: 2 })).toHaveText(['Statements']);
  await main.getByRole('link', { name: /^LM 3\.4 / }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Explains the budget to trustees/ })).toBeVisible();
});

test('what was found is narrowed to a set and widened again', async ({ page, visit, accessible }) => {
  await visit('/search?q=budget&set=library-management');
  const main = page.getByRole('main');
  const kinds = main.getByRole('heading', { level: 2 });
  await expect(kinds.first()).toHaveText('Statements');
  await expect(kinds.filter({ hasText: 'Lessons' })).toHaveCount(0);
  await expect(main.getByLabel('Set', { exact: true })).toHaveValue('library-management');
  await accessible();

  await main.getByLabel('Set', { exact: true }).selectOption({ label: 'All sets' });
  await main.getByRole('button', { name: 'Narrow down' }).click();
  await expect(kinds.filter({ hasText: 'Lessons' })).toHaveCount(1);

  await visit('/search?q=budget&set=nowhere');
  await expect(page.getByText('Nothing found so narrow')).toBeVisible();
  await main.getByRole('link', { name: 'Look everywhere' }).click();
  await expect(page).toHaveURL('/search?q=budget');
  await expect(kinds.first()).toHaveText('Statements');
});

test('a code is found as it is, and a slip is put right and said', async ({ page, visit, accessible }) => {
  await visit('/search');
  const box = page.getByRole('main').getByRole('searchbox', { name: 'Words to look for' });
  await box.fill('LM.3.4');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByRole('main').getByRole('listitem').getByRole('link', { name: /^LM 3\.4 / })).toBeVisible();

  await box.fill('bugdet');
  await box.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=bugdet(&|$)/);
  await expect(page.getByRole('status').filter({ hasText: 'Nothing holds “bugdet”. Shown is what holds “budget”.' })).toBeVisible();
  await expect(page.getByRole('main').locator('mark').first()).toHaveText(/budget/i);
  await accessible();

  await visit('/search?q=zzqxzz%3Cscript%3E');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await accessible();
});

test('a resource that is found has a page of its own', async ({ page, visit, accessible }) => {
  await visit('/search?q=short+takes+trustees');
  await page.getByRole('main').getByRole('link', { name: 'Short Takes for Trustees' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Short Takes for Trustees' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Open at / })).toHaveAttribute('href', /^https:/);
  await accessible();
});

test('what somebody said is found by its words and leads to the post', async ({ page, visit, accessible }) => {
  await visit('/search?q=chewing+loved');
  const found = page.getByRole('main').getByRole('listitem').filter({ hasText: 'if it has been chewed' });
  await expect(found.locator('mark')).toHaveText(['chewed', 'loved']);
  await accessible();
  await found.getByRole('link').click();
  await expect(page).toHaveURL(/\/groups\/the-weeding-circle\/[^/]+\?page=1#post-2$/);
  await expect(page.getByText('If it has been chewed, it has been loved')).toBeVisible();
});

test('a question is looked for by the words that say something', async ({ page, visit }) => {
  await visit('/search?q=what+is+a+budgt');
  await expect(page.getByText('Nothing holds “budgt”')).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'Reading a budget before it reads you' }).first()).toBeVisible();
});

test('people are found by their colleagues only', async ({ page, visit, signIn }) => {
  await visit('/search?q=joseph&kind=person');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await signIn('rosa');
  // Who is called so stands before all else.
  await visit('/search?q=joseph');
  await expect(page.getByRole('main').getByRole('heading', { level: 2 }).first()).toHaveText(/^People/);
  await visit('/search?q=joseph&kind=person');
  await page.getByRole('main').getByRole('link', { name: /^Joseph/ }).click();
  await expect(page).toHaveURL(/\/people\//);
});

test('a word longer than a phone is wide breaks where it stands', async ({ page, visit, accessible }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  const word = 'Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen'.repeat(2).slice(0, 120);
  await visit(`/search?q=${word}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Search: ${word}`);
  await expect(page.getByText('Nothing found', { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth - document.scrollingElement!.clientWidth)).toBe(0);
  await accessible();
});
