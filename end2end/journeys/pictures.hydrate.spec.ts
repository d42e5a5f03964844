// Pictures that are pasted or dropped into a text.
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';

const GREEN = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOQz/cCAAGJANmtclIGAAAAAElFTkSuQmCC';

/** Has a file come in over a text, as the browser does for whoever pastes or drops it. */
async function comes(text: Locator, by: 'paste' | 'drop', content: string, words = '') {
  await text.evaluate(
    (area, [by, content, words]) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
      data.items.add(new File([bytes], 'picture.png', { type: 'image/png' }));
      if (words) data.setData('text/plain', words);
      const how = { bubbles: true, cancelable: true };
      area.dispatchEvent(by === 'paste' ? new ClipboardEvent('paste', { ...how, clipboardData: data }) : new DragEvent('drop', { ...how, dataTransfer: data }));
    },
    [by, content, words],
  );
}

test.describe('pasted and dropped', () => {
  test.use({ expectedNoise: [/422/] });

  test('a picture comes in at the caret, and a refusal says why', async ({ page, signIn, visit, accessible }) => {
    await signIn('lucy');
    await visit('/groups/the-weeding-circle');
    const text = page.getByLabel('What do you want to say?');
    const said = page.getByRole('status').filter({ hasText: 'picture' });
    await text.fill('Before. After.');
    // The help with writing is there once a tool has done its work.
    await text.selectText();
    await page.getByRole('button', { name: 'Bold', exact: true }).click();
    await expect(text).toHaveValue('**Before. After.**');
    await text.fill('Before. After.');
    await text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(8, 8));

    await comes(text, 'paste', GREEN);
    await expect(text).toHaveValue(/^Before\. !\[what it shows\]\(\/pictures\/1x1-[0-9a-f]+\)After\.$/);
    await page.keyboard.type('A green dot');
    await expect(text).toHaveValue(/^Before\. !\[A green dot\]\(\/pictures\/1x1-[0-9a-f]+\)After\.$/);
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(page.getByRole('main').getByRole('img', { name: 'A green dot' })).toHaveJSProperty('naturalWidth', 1);

    // What is no picture is refused, and nothing typed is lost.
    const before = await text.inputValue();
    await comes(text, 'drop', btoa('<svg onload="alert(1)"/>'));
    await expect(said).toContainText('This picture cannot be read.');
    await expect(text).toHaveValue(before);
    await accessible();

    await text.fill('');
    await comes(text, 'drop', GREEN);
    await expect(text).toHaveValue(/^!\[what it shows\]\(\/pictures\/1x1-[0-9a-f]+\)$/);
  });
});

test('words that come with a picture are words', async ({ page, signIn, visit }) => {
  await signIn('lucy');
  await visit('/groups/the-weeding-circle');
  const text = page.getByLabel('What do you want to say?');
  await text.fill('x');
  await text.selectText();
  await page.getByRole('button', { name: 'Bold', exact: true }).click();
  await expect(text).toHaveValue('**x**');
  const sent: string[] = [];
  page.on('request', request => sent.push(new URL(request.url()).pathname));
  await comes(text, 'paste', GREEN, 'Copied from a page');
  // What is sent for a picture is sent at once: it would stand before the next.
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('main').getByRole('status').getByText('x', { exact: true })).toBeVisible();
  expect(sent).not.toContain('/pictures');
  await expect(text).toHaveValue('**x**');
});
