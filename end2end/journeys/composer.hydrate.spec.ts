// What JavaScript adds to writing: marks by the toolbar, as the ARIA pattern has it.
import { expect, test } from './fixtures';

test('marks are put into a text, by pointer and by keyboard, and taken back', async ({ page, visit }) => {
  await visit('/admin/style');
  const text = page.getByLabel('Reply', { exact: true });
  const tool = (name: string) => page.getByRole('toolbar', { name: 'Marks' }).getByRole('button', { name, exact: true });
  await text.fill('Read it\ntwice');
  await text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, 4));
  await tool('Bold').click();
  await expect(text).toHaveValue('**Read** it\ntwice');
  await expect(text).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await tool('Quote').click();
  await expect(text).toHaveValue('> **Read** it\n> twice');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(text).toHaveValue('**Read** it\ntwice');

  // The keyboard stops at the toolbar once; the arrows go on within it.
  await page.keyboard.press('Shift+Tab');
  await expect(tool('Bold')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(tool('Code')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tool('Link')).toBeFocused();
  await text.fill('here');
  await text.selectText();
  await tool('Link').press('Enter');
  await page.keyboard.type('https://example.org');
  await expect(text).toHaveValue('[here](https://example.org)');
});
