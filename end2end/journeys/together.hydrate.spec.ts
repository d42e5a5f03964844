// What one member says appears on the other's open page.
import { expect, goTo, hydrated, test } from './fixtures';

test('a reply arrives without reloading', async ({ page, signIn, visit, accessible, colleague, unique }) => {
  const title = `Arrivals ${unique}`;
  await signIn('lucy');
  await visit('/groups/the-weeding-circle');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('What do you want to say?').fill('Is anybody there?');
  await page.getByRole('button', { name: 'Start it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await page.getByLabel('Reply').fill('Half a sentence of mine');

  const other = await colleague('nadia');
  await goTo(other, new URL(page.url()).pathname, true);
  await other.getByLabel('Reply').fill('I am here, **now**. <script>document.title = "harmed"</script>');
  await other.getByRole('button', { name: 'Reply', exact: true }).click();

  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('article').nth(1)).toContainText('Nadia Rahman');
  await expect(page.getByRole('article').nth(1).getByRole('strong')).toHaveText('now');
  await expect(page.getByRole('status').filter({ hasText: 'A new post by Nadia Rahman.' })).toBeAttached();
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
  await expect(page).not.toHaveTitle(/harmed/);
  // What is being written is left alone.
  await expect(page.getByLabel('Reply')).toHaveValue('Half a sentence of mine');
  await accessible();

  // And back: the answer arrives with the other, and one's own is there once.
  await page.getByLabel('Reply').fill('So am I.');
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(other.getByRole('article')).toHaveCount(3);
  await expect(page.getByRole('article')).toHaveCount(3);
  await expect(page.getByLabel('Reply')).toHaveValue('');
});

test('a reply arrives beside the lesson too, and drafts stay', async ({ page, signIn, visit, colleague, unique }) => {
  const lesson = '/courses/weeding-with-good-reasons/the-skip';
  const title = `Beside ${unique}`;
  await signIn('kwame');
  await visit(lesson);
  const talk = page.getByRole('complementary', { name: 'Talk beside this lesson' });
  await talk.locator('summary').filter({ hasText: 'Start a discussion' }).click();
  await talk.getByLabel('Title').fill(title);
  await talk.getByLabel('What do you want to say?').fill('Beside the text.');
  await talk.getByRole('button', { name: 'Start it' }).click();
  const thread = talk.getByRole('article', { name: title });
  await expect(thread).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${lesson}$`));

  const other = await colleague('anneke');
  await goTo(other, '/groups/the-weeding-circle', true);
  await other.getByRole('link', { name: title }).click();
  await expect(other.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await other.getByLabel('Reply').fill('Seen from the group.');
  await other.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(thread.getByText('Seen from the group.')).toBeVisible();

  await other.getByLabel('Reply').fill('A draft that stays');
  await other.reload();
  await hydrated(other);
  await expect(other.getByLabel('Reply')).toHaveValue('A draft that stays');
});
