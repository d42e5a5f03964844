// `make shots`: every page at 390 × 844 and 1440 × 900, light and dark, to look at.
import { join } from 'node:path';
import { test } from './fixtures';
import { address, routes, viewer } from './routes';

const sizes = { small: { width: 390, height: 844 }, large: { width: 1440, height: 900 } };
const folder = join(__dirname, '../shots');

for (const route of routes) {
  test(route, async ({ page, signIn, visit }) => {
    const who = viewer(route);
    if (who) await signIn(who);
    const found = await address(page, route);
    if (!found) throw new Error('no link leads there');
    const name = route.replaceAll('/', '_').replaceAll(':', '').replace(/^_/, '') || 'front';
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await visit(found!);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), fullPage: true });
      }
    }
  });
}
