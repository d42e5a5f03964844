// A visitor understands what this is, and finds a statement of the index.
import { expect, test, unfold } from './fixtures';

test('a visitor browses from the front page to a statement and the talk about it', async ({ page, visit, accessible }) => {
  await visit('/');
  await expect(page.getByRole('heading', { level: 1, name: /library staff learn together/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'How it goes' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The index' })).toBeVisible();
  // The newest sets, which may be those of other journeys.
  await expect(page.getByRole('main').locator('a[href^="/index/"]').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Courses' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Digital help at the desk' })).toBeVisible();
  await accessible();

  await page.getByRole('link', { name: 'Browse the index' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Competency index' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Library management', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Library management' })).toBeVisible();
  await expect(page.getByText(/^12 competencies, 84 statements$/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'How it is rated' })).toBeVisible();
  await accessible();

  const statement = page.getByRole('link', { name: /^LM 3\.4 / });
  await expect(statement).toBeHidden();
  await unfold(page.getByRole('main'), /^LM 3 /);
  await statement.click();
  await expect(page.getByRole('heading', { level: 1, name: /^Explains the budget to trustees/ })).toBeVisible();
  for (const kind of ['Knowledge', 'Skills', 'Attitudes', 'Behaviours']) {
    await expect(page.getByRole('heading', { level: 2, name: kind })).toBeVisible();
  }
  await expect(page.getByText('Names trade-offs in plain words')).toBeVisible();
  const learn = page.getByRole('main').getByRole('listitem');
  await expect(learn.filter({ has: page.getByRole('link', { name: 'Reading a budget before it reads you' }) })).toContainText('brings you to');
  await expect(page.getByRole('link', { name: 'Short Takes for Trustees' })).toHaveAttribute('href', /^https:\/\//);
  await accessible();

  await page.getByRole('link', { name: 'What picture works for a levy campaign?' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What picture works for a levy campaign?' })).toBeVisible();
  await expect(page.getByRole('article').first()).toBeVisible();
  await expect(page.getByText('Everyone may read here.')).toBeVisible();
  await accessible();
});

test('a visitor reads a lesson that is open, or is told what to do', async ({ page, visit, accessible }) => {
  await visit('/courses');
  await expect(page.getByRole('main').getByText('With an account').first()).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Reading a budget before it reads you' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Reading a budget before it reads you' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Carry-over is a promise' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Statements it serves' })).toBeVisible();
  await accessible();

  await page.getByRole('link', { name: /^(Start the course|Sign in to start)$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^(Sign in|Five questions for any budget)$/ })).toBeVisible();
});

test.describe('an address that is not for everyone', () => {
  // The browser notes each refused page in the console.
  test.use({ expectedNoise: [/status of 40[14]/] });

  test('says what to do', async ({ page, visit, accessible }) => {
    expect((await page.request.get('/index/no-such-set')).status()).toBe(404);
    await visit('/index/no-such-set');
    await expect(page.getByText('There is nothing at this address, or it is not open to you.')).toBeVisible();
    await accessible();

    expect((await page.request.get('/me/plan')).status()).toBe(401);
    await visit('/me/plan');
    await expect(page.getByText('This page is for people with an account, which you get from your organisation.')).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
    await expect(page).toHaveURL('/sign-in?next=%2Fme%2Fplan');
  });
});
