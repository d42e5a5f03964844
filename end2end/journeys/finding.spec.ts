// Finding a statement, a course, a colleague: as a plain search, and while typing.
import { expect, test, unfold } from './fixtures';

test('a plan takes in what a search finds', async ({ page, signIn, visit, accessible }) => {
  await signIn('nadia');
  await visit('/me/plan');
  await unfold(page, 'A goal: a statement to grow in');
  const field = page.getByLabel('Find a statement');
  await field.fill('budg');
  await page.getByRole('search', { name: 'Statements' }).getByRole('button', { name: 'Find' }).click();
  await page.waitForURL(/find=statement/);
  await expect(field).toHaveValue('budg');
  await accessible();
  const first = page.locator('#add').getByRole('listitem').getByRole('link', { name: /budget/i }).first();
  await first.click();
  await expect(page.getByRole('heading', { name: 'Add to my plan' })).toBeVisible();
  await expect(page.getByLabel('Level wanted')).toBeVisible();
});

test('nothing that fits is said', async ({ page, signIn, visit }) => {
  await signIn('nadia');
  await visit('/me/plan?find=course&q=zzzz');
  await expect(page.getByText('No courses here hold “zzzz”. Try another word.')).toBeVisible();
});

test('a cohort begins with its course', async ({ page, signIn, visit, accessible }) => {
  await signIn('joseph');
  await visit('/studio/cohorts/new');
  await accessible();
  await page.getByLabel('Find a course').fill('weed');
  await page.getByRole('search', { name: 'Courses' }).getByRole('button', { name: 'Find' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Weeding with good reasons' }).click();
  await expect(page.getByText('A run of Weeding with good reasons')).toBeVisible();
  await page.getByRole('link', { name: 'Another course' }).click();
  await expect(page.getByLabel('Find a course')).toBeVisible();
});
