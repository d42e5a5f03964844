// What people print can be read on white paper, whatever theme they chose and
// though browsers leave most backgrounds out; nothing is to be pressed or filled
// in there, and what leads elsewhere says where.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { address, viewer } from './routes';

const STATEMENT = '/index/:set/:edition/:code';
const THREAD = '/groups/:group/:thread';
const BOARD = '/studio/sets/:set/reviews/:round';

const printed = [
  STATEMENT,
  '/index/:set',
  '/me/plan',
  '/me/gaps',
  '/me/record',
  '/courses/:course',
  '/courses/:course/:lesson',
  '/resources/:resource',
  '/cohorts/:cohort',
  THREAD,
  BOARD,
];

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

/** What is seen of this. */
const seen = (page: Page, what: string) => page.locator(what).filter({ visible: true });

/** Nothing to press or to fill in is printed, and links that lead elsewhere say where. */
async function toRead(page: Page) {
  await expect(seen(page, 'button, input, select, textarea, a.button:not([href^="http"])')).toHaveCount(0);
  const silent = await seen(page, 'main a[href^="http"]').evaluateAll(links => links.filter(link => getComputedStyle(link, '::after').content === 'none').map(link => link.outerHTML));
  expect(silent).toEqual([]);
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
    await toRead(page);
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
