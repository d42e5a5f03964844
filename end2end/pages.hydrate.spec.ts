// Every page of the route table: it answers, axe finds nothing, the console is
// silent; and the same in the dark, on a small phone in the dark, at twice the
// size, and with the reader's own text spacing (WCAG 1.4.4, 1.4.10, 1.4.12).
// Hydrating changes nothing; html.plain.spec.ts reads a page as it is sent.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { address, routes, viewer } from './routes';

/** The spacing that WCAG 1.4.12 lets every reader choose. */
function spaceText() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
  document.adoptedStyleSheets.push(sheet);
}

/** So wide, and as high as the page: nothing lies under the bar that scrolling would uncover. */
async function unroll(page: Page, width: number) {
  await page.setViewportSize({ width, height: 640 });
  const height = await page.evaluate(() => document.scrollingElement!.scrollHeight);
  await page.setViewportSize({ width, height });
}

/** Nothing is wider than the window, and no words are cut off by their box. */
async function fits(page: Page) {
  const found = await page.evaluate(() => {
    const root = document.scrollingElement!;
    const wide = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`] : [];
    const cut = [...document.querySelectorAll<HTMLElement>('body *')].filter(element => {
      const { overflowX, overflowY, clip, position } = getComputedStyle(element);
      const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
      const words = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent!.trim());
      if (!words || element.clientWidth <= 1 || (position === 'absolute' && clip !== 'auto')) return false;
      return (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) || (hides(overflowY) && element.scrollHeight > element.clientHeight + 1);
    });
    return [...wide, ...cut.map(element => `cut off: ${element.outerHTML.slice(0, 200)}`)];
  });
  expect(found, `${page.viewportSize()!.width} px: ${page.url()}`).toEqual([]);
}

for (const route of routes) {
  test(`page ${route}`, async ({ page, signIn, visit, accessible }) => {
    const who = viewer(route);
    if (who) await signIn(who);
    const found = await address(page, route);
    expect(found, `a link to a page like ${route}`).toBeDefined();
    await visit(found!);
    await expect(page.getByRole('main')).toBeVisible();
    await expect(page).toHaveTitle(/./);
    await accessible();

    // With the frame of a laptop, which a phone does not show.
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await accessible(page, ['color-contrast']);
    await unroll(page, 320);
    await fits(page);
    await accessible();

    // 1280 pixels at 200 %.
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await unroll(page, 640);
    await accessible();
    await page.evaluate(spaceText);
    await unroll(page, 640);
    await fits(page);
    await accessible(page, ['scrollable-region-focusable']);
  });
}
