// Somebody is named in a post: a link for members, the name alone for others.
import { expect, test } from './fixtures';

test('who is named in a public group is a link for its members only', async ({ page, signIn, visit, accessible, unique, browser, baseURL }) => {
  const title = `Named ${unique}`;
  await signIn('lucy');
  await visit('/people');
  const person = page.getByRole('main').getByRole('link', { name: 'Tomás Okafor' }).first();
  const href = (await person.getAttribute('href'))!;
  await visit('/groups/the-weeding-circle');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('What do you want to say?').fill(`Ask [@Tomás Okafor](${href}) for the list.`);
  await page.getByRole('button', { name: 'Start it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  const post = page.getByRole('article').first();
  await expect(post.getByRole('link', { name: '@Tomás Okafor' })).toHaveAttribute('href', href);
  await accessible();

  const visitor = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const seen = await visitor.newPage();
  await seen.goto(page.url());
  await expect(seen.getByRole('article').first()).toContainText('Ask @Tomás Okafor for the list.');
  await expect(seen.getByRole('link', { name: '@Tomás Okafor' })).toHaveCount(0);
  await visitor.close();
});
