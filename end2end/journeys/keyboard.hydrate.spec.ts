// The five journeys by keyboard alone: no pointer, no filling in from outside.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { day, expect, hydrated, spelled, test } from './fixtures';
import { password } from '../fixtures';

/** Whether something of it is uppermost: nothing that sticks to an edge lies over all of it (WCAG 2.4.11). */
function inSight(element: Element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const points = [left + 2, (left + right) / 2, right - 2].flatMap(x => [top + 2, (top + bottom) / 2, bottom - 2].map(y => [x, y]));
  const over = points.map(([x, y]) => document.elementFromPoint(x, y));
  return over.some(other => !!other && (element.contains(other) || other.contains(element)));
}

/** Tabs on until this has the focus, which must be seen. */
async function reach(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < 250; stops += 1) {
    if (await target.evaluate(element => element === document.activeElement)) {
      expect(await target.evaluate(element => element.matches(':focus-visible')), 'the focus shows').toBe(true);
      expect(await target.evaluate(inSight), 'it is not covered').toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

async function press(page: Page, target: Locator, key = 'Enter') {
  await reach(page, target);
  await page.keyboard.press(key);
}

async function type(page: Page, target: Locator, words: string) {
  await reach(page, target);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(words);
}

/** A date field takes day, month and year in the order of the browser's own language. */
async function typeDay(page: Page, target: Locator, date: string) {
  const [year, month, ofMonth] = date.split('-');
  await reach(page, target);
  // The fields of Debian's browser are American, whatever the page's locale.
  await page.keyboard.type(`${month}${ofMonth}${year}`);
  await expect(target).toHaveValue(date);
}

async function signInByKeyboard(page: Page, visit: (address: string) => Promise<void>, person: string) {
  const known = password(person);
  await visit('/');
  await press(page, page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }));
  await type(page, page.getByLabel('E-mail address'), known.email);
  await type(page, page.getByLabel('Password', { exact: true }), known.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('/');
  await hydrated(page);
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

test('a visitor', async ({ page, visit }) => {
  await visit('/');
  await page.keyboard.press('Tab');
  await expect(page.locator('.skip')).toBeFocused();
  await press(page, page.getByRole('link', { name: 'Browse the index' }));
  await expect(heading(page, 'Competency index')).toBeVisible();
  await press(page, page.getByRole('main').getByRole('link', { name: 'Library management', exact: true }));
  await expect(heading(page, 'Library management')).toBeVisible();
  // Within a tree the arrows move, open and close.
  await reach(page, page.locator('.tree summary').first());
  const statement = page.getByRole('link', { name: /^LM 1\.1 / });
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  await expect(statement).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Knowledge' })).toBeVisible();
});

test('a curator', async ({ page, visit, unique }) => {
  // The browser is told to hand it over long before a key asks for it.
  const chosen = page.waitForEvent('filechooser');
  await signInByKeyboard(page, visit, 'ciara');
  await press(page, page.getByRole('link', { name: 'Studio' }).first());
  await press(page, page.getByRole('main').getByRole('link', { name: /Import/ }).first());
  const field = page.getByLabel('File', { exact: true });
  await reach(page, field);
  await page.keyboard.press('Enter');
  const chooser = await chosen;
  const text = readFileSync(join(__dirname, 'files/shelves.moodle.csv'), 'utf8').replaceAll('E2E-SHELVES', unique).replaceAll('E2E Shelves', `Shelves ${unique}`);
  await chooser.setFiles({ name: 'shelves.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await press(page, page.getByRole('button', { name: 'Look at it' }));
  await expect(heading(page, `Shelves ${unique}`)).toBeVisible();
  await press(page, page.getByRole('button', { name: 'Import', exact: true }));
  await expect(page.getByText('Imported. This is what was in the file.')).toBeVisible();
});

test('a learner', async ({ page, visit }) => {
  test.slow();
  await signInByKeyboard(page, visit, 'lucy');
  await press(page, page.getByRole('navigation').getByRole('link', { name: 'My growth' }).first());
  await press(page, page.getByRole('button', { name: 'Choose Library assistant' }));
  await press(page, page.getByRole('link', { name: /^Start rating ?: Library assistant$/ }));
  const progress = page.getByRole('progressbar', { name: 'Statements rated in this sitting' });
  for (let rated = 0; rated < 10; rated += 1) {
    await expect(progress).toHaveAttribute('aria-valuetext', `${rated} of 10`);
    const open = page.getByRole('main').locator('li:not([data-done])').filter({ has: page.getByRole('button', { name: /^Save and (next|finish)$/ }) });
    // What is chosen is saved at once: its row is no longer among those that are open.
    const title = await open.first().getByRole('heading', { level: 2 }).innerText();
    const item = page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });
    const levels = item.getByRole('radio');
    // A group of radio buttons is one stop; the arrows choose.
    await reach(page, levels.first());
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await expect(levels.nth(1)).toBeChecked();
    await press(page, item.getByRole('button', { name: /^Save and (next|finish)$/ }));
  }
  await expect(page.getByRole('heading', { name: 'This sitting is done' })).toBeVisible();
  await press(page, page.getByRole('main').getByRole('link', { name: 'See my gaps' }));
  await press(page, page.getByRole('link', { name: 'As a table' }));
  await press(page, page.getByRole('table').getByRole('link', { name: /^Add to plan/ }).first());
  await typeDay(page, page.getByLabel('By (a day, if you like)'), day(40));
  await press(page, page.getByRole('button', { name: 'Add to my plan' }));
  await expect(page).toHaveURL('/me/plan');
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: `by ${spelled(day(40))}` })).toBeVisible();
});

test('learners together', async ({ page, visit, unique }) => {
  await signInByKeyboard(page, visit, 'nadia');
  await press(page, page.getByRole('navigation').getByRole('link', { name: 'Groups' }).first());
  const group = page.getByRole('main').getByRole('listitem').getByRole('link').first();
  await press(page, group);
  await type(page, page.getByLabel('Title'), `By keys ${unique}`);
  await reach(page, page.getByRole('radio', { name: /^Question/ }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Discussion/ })).toBeChecked();
  await type(page, page.getByLabel('What do you want to say?'), 'Said without a *mouse*.');
  await press(page, page.getByRole('button', { name: 'Start it' }));
  await expect(heading(page, `By keys ${unique}`)).toBeVisible();
  await type(page, page.getByLabel('Reply'), 'And answered.');
  await press(page, page.getByRole('button', { name: 'Reply', exact: true }));
  await expect(page.getByRole('article')).toHaveCount(2);
});

test('a trainer', async ({ page, visit, unique }) => {
  test.slow();
  await signInByKeyboard(page, visit, 'joseph');
  await press(page, page.getByRole('link', { name: 'Studio' }).first());
  await press(page, page.getByRole('link', { name: 'New course' }));
  await type(page, page.getByLabel('Title'), `Keys ${unique}`);
  await type(page, page.getByLabel('Summary'), 'A course that was written without a pointer.');
  await type(page, page.getByLabel('Hours'), '1');
  await press(page, page.getByRole('button', { name: 'Begin the course' }));
  await press(page, page.getByRole('link', { name: 'Write the first lesson' }));
  await type(page, page.getByLabel('Title'), 'Only lesson');
  await type(page, page.getByLabel('Minutes'), '5');
  await type(page, page.getByLabel('Text'), 'Tab on.');
  await press(page, page.getByRole('button', { name: 'Save lesson' }));
  await expect(page.getByText('The lesson is saved.')).toBeVisible();
  await press(page, page.getByRole('button', { name: 'Publish' }));
  await press(page, page.getByRole('link', { name: 'Open a cohort' }));
  await type(page, page.getByLabel('Title'), `Key holders ${unique}`);
  await typeDay(page, page.getByLabel('First day'), day(1));
  await typeDay(page, page.getByLabel('Last day'), day(20));
  await press(page, page.getByRole('button', { name: 'Open the cohort' }));
  await type(page, page.getByLabel('Find colleagues by name'), 'Sam');
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('button', { name: 'Enrol Sam Hale' }));
  await expect(page.getByRole('table').getByRole('row').filter({ hasText: 'Sam Hale' })).toBeVisible();
});
