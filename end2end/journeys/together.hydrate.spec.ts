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
  await talk.locator('summary').filter({ hasText: 'Start a thread' }).click();
  await talk.getByLabel('Title').fill(title);
  await talk.getByLabel('What do you want to say?').fill('Beside the text.');
  await talk.getByRole('button', { name: 'Start it' }).click();
  const thread = talk.getByRole('article', { name: title });
  await expect(thread).toBeFocused();
  await expect(talk.getByText('Posted: your discussion stands here now.')).toBeVisible();
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

test('a new discussion is offered beside the lesson and in the group, and seeing it reads it', async ({ page, signIn, visit, accessible, colleague, unique }) => {
  const lesson = '/courses/weeding-with-good-reasons/the-skip';
  const title = `Offered ${unique}`;
  await signIn('kwame');
  await visit(lesson);
  const talk = page.getByRole('complementary', { name: 'Talk beside this lesson' });
  await expect(talk.getByRole('link', { name: 'The weeding circle' })).toBeVisible();
  const bethan = await colleague('bethan');
  await goTo(bethan, '/groups/the-weeding-circle', true);
  await expect(bethan.getByRole('heading', { level: 1, name: 'The weeding circle' })).toBeVisible();

  const other = await colleague('anneke');
  await goTo(other, lesson, true);
  const theirs = other.getByRole('complementary', { name: 'Talk beside this lesson' });
  await theirs.locator('summary').filter({ hasText: 'Start a thread' }).click();
  await theirs.getByLabel('Title').fill(title);
  await theirs.getByLabel('What do you want to say?').fill('Does anybody see this?');
  await theirs.getByRole('button', { name: 'Start it' }).click();
  await expect(theirs.getByRole('article', { name: title })).toBeVisible();

  // Others start discussions there too: each time they are offered.
  const thread = talk.getByRole('article', { name: title });
  await expect(async () => {
    if (!(await thread.isVisible())) await talk.getByRole('button', { name: 'Show' }).click({ timeout: 2_000 });
    await expect(thread).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await accessible();
  const row = bethan.getByRole('main').getByRole('listitem').filter({ hasText: title });
  await expect(async () => {
    if (!(await row.isVisible())) await bethan.getByRole('button', { name: 'Show' }).click({ timeout: 2_000 });
    await expect(row).toContainText('1 new', { timeout: 2_000 });
  }).toPass();

  // What was seen beside the lesson is not new in the group.
  await expect(async () => {
    await visit('/groups/the-weeding-circle');
    const mine = page.getByRole('main').getByRole('listitem').filter({ hasText: title });
    await expect(mine).toContainText('1 post');
    await expect(mine).not.toContainText('new');
  }).toPass();
});

test('a draft of a discussion keeps all of it, and its form is open', async ({ page, signIn, visit, unique }) => {
  await signIn('bethan');
  await visit('/courses/weeding-with-good-reasons/the-skip');
  const talk = page.getByRole('complementary', { name: 'Talk beside this lesson' });
  await talk.locator('summary').filter({ hasText: 'Start a thread' }).click();
  await talk.getByLabel('Title').fill(`Half ${unique}`);
  await talk.getByRole('radio', { name: /^Discussion/ }).check();
  await talk.getByLabel('The passage you mean, if any').fill('the skip');
  await talk.getByLabel('What do you want to say?').fill('Half a thought');
  await page.reload();
  await hydrated(page);
  await expect(talk.getByLabel('Title')).toHaveValue(`Half ${unique}`);
  await expect(talk.getByLabel('Title')).toBeVisible();
  await expect(talk.getByRole('radio', { name: /^Discussion/ })).toBeChecked();
  await expect(talk.getByLabel('The passage you mean, if any')).toHaveValue('the skip');
  await expect(talk.getByLabel('What do you want to say?')).toHaveValue('Half a thought');
});
