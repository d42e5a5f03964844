// What JavaScript adds to finding one of many, by the keys of the ARIA pattern.
import { expect, test, unfold } from './fixtures';

test('what fits is offered while one types and chosen by the keyboard', async ({ page, signIn, visit, accessible }) => {
  await signIn('nadia');
  await visit('/me/plan');
  await unfold(page, 'A goal: a statement to grow in');
  const field = page.getByRole('combobox', { name: 'Find a statement' });
  await page.getByLabel('Find a statement').focus();
  await field.pressSequentially('budg');
  // The page's selects have options of their own.
  const options = page.locator('.combobox-list').getByRole('option');
  await expect(options.first()).toContainText(/budg/i);
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(field).toHaveAttribute('aria-activedescendant', (await options.first().getAttribute('id'))!);
  await accessible();

  await page.keyboard.press('Escape');
  await expect(options).toHaveCount(0);
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('budg');

  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/add=node-/);
  await expect(page.getByLabel('Level wanted')).toBeVisible();
});

test('what is offered too late lies over nothing', async ({ page, signIn, visit }) => {
  await signIn('nadia');
  await visit('/me/plan');
  await unfold(page, 'A course');
  let release = () => {};
  const held = new Promise<void>(resolve => { release = resolve; });
  await page.route(/\/api\/find_courses/, async route => {
    await held;
    // Whoever has sent the form does not wait for it any more.
    await route.continue().catch(() => {});
  });
  const asked = page.waitForRequest(/\/api\/find_courses/);
  await page.getByLabel('Find a course').pressSequentially('bud');
  await asked;
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=bud/);
  release();
  await expect(page.getByRole('link', { name: /Reading a budget/ }).first()).toBeVisible();
  await expect(page.locator('.combobox-list:visible')).toHaveCount(0);
});

test('a colleague is offered on a phone', async ({ page, signIn, visit }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await signIn('joseph');
  await visit('/studio');
  await page.getByRole('main').getByRole('link').and(page.locator('[href^="/cohorts/"]')).first().click();
  await page.getByLabel('Find colleagues by name').pressSequentially('sa');
  await page.getByRole('option', { name: /Sam Hale/ }).click();
  await page.waitForURL(/q=Sam%20Hale/);
  await expect(page.locator('#enrol').getByText('Sam Hale').first()).toBeVisible();
});
