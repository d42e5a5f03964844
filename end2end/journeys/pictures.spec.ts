// A picture is put into a post: by the composer, or by a plain form.
import { expect, test } from './fixtures';

/** A picture of one green pixel (PNG). */
const GREEN = {
  name: 'green.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOQz/cCAAGJANmtclIGAAAAAElFTkSuQmCC', 'base64'),
};

// Of a picture that is refused.
test.use({ expectedNoise: [/422/] });

test('a picture is sent for a text, described and seen in it', async ({ page, context, signIn, visit, accessible, scripted, unique, browser, baseURL }) => {
  const title = `A picture ${unique}`;
  await signIn('lucy');
  await visit('/groups/the-weeding-circle');
  const text = page.getByLabel('What do you want to say?');
  const way = page.getByRole('main').getByRole('link', { name: 'Put in a picture (in a new tab)' });
  if (scripted) {
    await expect(way).toHaveCount(0);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Picture', exact: true }).click();
    await (await chooser).setFiles(GREEN);
    await expect(text).toHaveValue(/^!\[what it shows\]\(\/pictures\/1x1-[0-9a-f]+\)$/);
    await expect(page.getByRole('status').filter({ hasText: 'Write what it shows' })).toBeVisible();
    // The words are chosen: what is typed takes their place.
    await page.keyboard.type('A green dot');
    await expect(text).toHaveValue(/^!\[A green dot\]/);
    await accessible();
  } else {
    const opened = context.waitForEvent('page');
    await way.click();
    const form = await opened;
    await expect(form.getByRole('heading', { level: 1, name: 'A picture for your text' })).toBeVisible();
    await accessible(form);
    await form.getByLabel('Picture', { exact: true }).setInputFiles({ ...GREEN, buffer: Buffer.from('not a picture') });
    await form.getByRole('button', { name: 'Send it' }).click();
    await expect(form.getByLabel('Picture', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await form.getByLabel('Picture', { exact: true }).setInputFiles(GREEN);
    await form.getByRole('button', { name: 'Send it' }).click();
    await expect(form.getByRole('heading', { level: 1, name: 'Put it into your text' })).toBeVisible();
    const markdown = await form.getByLabel('Copy this').inputValue();
    await form.close();
    await text.fill(markdown.replace('what it shows', 'A green dot'));
  }
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Start it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  const picture = page.getByRole('article').first().getByRole('img', { name: 'A green dot' });
  await expect(picture).toHaveJSProperty('naturalWidth', 1);
  await expect(picture).toHaveAttribute('width', '1');
  await accessible();

  // Whoever may read the group sees it.
  const visitor = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const seen = await visitor.newPage();
  await seen.goto(page.url());
  await expect(seen.getByRole('article').first().getByRole('img', { name: 'A green dot' })).toHaveJSProperty('naturalWidth', 1);
  await visitor.close();
});
