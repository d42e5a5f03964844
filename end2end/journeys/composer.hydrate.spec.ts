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

test('pages and people are found while one writes, by the keyboard alone', async ({ page, signIn, visit, accessible }) => {
  await signIn('lucy');
  await visit('/groups/the-weeding-circle');
  const text = page.getByLabel('What do you want to say?');
  const options = page.locator('.composer-offers').getByRole('option');
  await text.focus();
  await text.pressSequentially('See [[budg');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(text).toHaveAttribute('aria-activedescendant', (await options.first().getAttribute('id'))!);
  await accessible();

  // Escape goes on without; what is typed on stays as it is.
  await page.keyboard.press('Escape');
  await expect(options).toHaveCount(0);
  await expect(text).toHaveValue('See [[budg');
  await page.keyboard.press('Enter');
  await expect(text).toHaveValue('See [[budg\n');

  await text.fill('');
  await text.pressSequentially('See [[budg');
  await expect(options.first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  // Short where it is the only one called so, else a link.
  await expect(text).toHaveValue(/^See \[.*budget.*\](\]|\(\/[a-z]+\/.+\)) $/i);
  await expect(options).toHaveCount(0);

  // A name leads to the person; an address of mail names nobody.
  await text.fill('');
  await text.pressSequentially('Ask lucy@ros');
  await page.keyboard.press('End');
  await text.pressSequentially(' or @ros');
  await expect(options).toHaveCount(1);
  await expect(options.first()).toContainText('Rosa Marín');
  await options.first().click();
  await expect(text).toHaveValue('Ask lucy@ros or @Rosa Marín ');
  await expect(text).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(text).toHaveValue(/@ros$/);
});

test('the toolbar begins a link to a page, with what is chosen', async ({ page, signIn, visit }) => {
  await signIn('lucy');
  await visit('/groups/the-weeding-circle');
  const text = page.getByLabel('What do you want to say?');
  await text.fill('weeding');
  await text.selectText();
  await page.getByRole('button', { name: 'Page of this site' }).click();
  await expect(text).toHaveValue('[[weeding');
  const offered = page.locator('.composer-offers').getByRole('option', { name: /weeding/i });
  await offered.first().click();
  await expect(text).toHaveValue(/^\[.*weeding.*\](\]|\(\/.+\)) $/i);
});
