// What people print can be read on white paper, whatever theme they chose and
// though browsers leave most backgrounds out.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { address, viewer } from './routes';

const STATEMENT = '/index/:set/:edition/:code';
const THREAD = '/groups/:group/:thread';
const BOARD = '/studio/sets/:set/reviews/:round';

const printed = [STATEMENT, '/me/plan', '/me/gaps', '/courses/:course', '/cohorts/:cohort', THREAD];

/** As browsers print: without backgrounds, but where a rule asks for them. */
function leaveOutBackgrounds() {
  for (const element of document.querySelectorAll<HTMLElement>('*')) {
    if (getComputedStyle(element).printColorAdjust !== 'exact') element.style.setProperty('background', 'none', 'important');
  }
}

async function onPaper(page: Page) {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.evaluate(leaveOutBackgrounds);
}

test.beforeEach(async ({ context, baseURL }) => {
  await context.addCookies([{ name: 'carrel-display', value: 'dark.comfortable.keys', url: baseURL! }]);
});

for (const route of printed) {
  test(`on paper: ${route}`, async ({ page, signIn, visit, accessible }) => {
    await signIn(viewer(route)!);
    await visit((await address(page, route))!);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await onPaper(page);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('.top-bar')).toBeHidden();
    await accessible(page, ['color-contrast']);
  });
}

test('on paper: the report of a review round', async ({ page, signIn, accessible }) => {
  await signIn(viewer(BOARD)!);
  await page.goto(`${await address(page, BOARD)}/report.html`);
  await onPaper(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await accessible(page, ['color-contrast']);
});
