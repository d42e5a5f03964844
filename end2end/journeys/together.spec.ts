// Two learners talk beside a lesson.
import { expect, goTo, test, unfold } from './fixtures';

const LESSON = '/courses/reading-a-budget/carry-over';

test('two learners discuss a lesson', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  // Each project in a group of its own, so that counts are not another run's.
  const group = scripted ? 'Autumn managers’ cohort' : 'Budgets without tears';
  const title = `What is carried over? ${unique}`;
  const rail = page.getByRole('navigation', { name: 'My study groups' });
  await signIn('tomas');
  await visit(LESSON);
  await expect(page.getByRole('heading', { level: 1, name: 'Carry-over is a promise' })).toBeVisible();
  const talk = page.getByRole('complementary', { name: 'Talk beside this lesson' });
  await expect(talk.getByRole('link', { name: group })).toBeVisible();
  await expect(talk.getByRole('link', { name: 'Week 3: bring one leftover' })).toBeVisible();
  await accessible();

  await unfold(talk, 'Start a thread');
  await talk.getByLabel('In which group').selectOption({ label: group });
  await talk.getByLabel('Title').fill(title);
  await talk.getByRole('radio', { name: /^Discussion/ }).check();
  await talk.getByLabel('The passage you mean, if any').fill('Carry-over is a promise to next year’s self');
  await talk.getByLabel('What do you want to say?').fill(
    'Is it *always* a promise?\n\n- amount\n- purpose\n\n<script>document.title = "harmed"</script><img src=x onerror="document.title=\'harmed\'">\n\n[a link](javascript:alert(1))',
  );
  await talk.getByRole('button', { name: 'Start it' }).click();

  const mine = talk.getByRole('article', { name: title });
  await expect(mine).toBeVisible();
  await expect(mine.getByText('Carry-over is a promise to next year’s self')).toBeVisible();
  await expect(mine.getByRole('emphasis').or(mine.locator('em'))).toHaveText('always');
  await expect(mine.getByRole('listitem').filter({ hasText: 'amount' })).toBeVisible();
  await expect(page.locator('article script, article [onerror], article a[href^="javascript:"]')).toHaveCount(0);
  await expect(page).not.toHaveTitle(/harmed/);
  await accessible();

  await visit('/');
  const before = unread(await rail.getByRole('link', { name: group }).innerText());

  // The other finds it in the group, with one new post, and answers.
  const other = await colleague('rosa');
  await goTo(other, '/groups', scripted);
  await other.getByRole('main').getByRole('link', { name: group }).click();
  await expect(other.getByRole('main').getByRole('listitem').filter({ hasText: title })).toContainText('1 new');
  await expect(other.getByRole('main').getByRole('listitem').filter({ hasText: title })).toContainText('on “Carry-over is a promise”');
  await other.getByRole('main').getByRole('link', { name: title }).click();
  await expect(other.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(other.getByRole('link', { name: 'on “Carry-over is a promise”' })).toHaveAttribute('href', /\/courses\/reading-a-budget\/carry-over/);
  await accessible(other);
  const reply = '**Nearly** always. See `LM 3.4`, https://example.org/a and ask @Rosa Marín.';
  await other.getByLabel('Reply').fill(reply);
  await other.getByRole('button', { name: 'Preview' }).click();
  await expect(other.getByRole('main').getByRole('status').getByText('Nearly')).toBeVisible();
  await expect(other.getByText('Preview: nothing is posted yet.')).toBeInViewport();
  await expect(other.locator('.form-errors')).toHaveCount(0);
  await expect(other.getByLabel('Reply')).toHaveValue(reply);
  await expect(other.getByRole('article')).toHaveCount(1);
  await other.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(other.getByRole('article')).toHaveCount(2);
  await expect(other.getByRole('article').nth(1)).toContainText('You');
  await expect(other.getByRole('article').nth(1).getByRole('strong')).toHaveText('Nearly');
  await expect(other.getByRole('article').nth(1).getByRole('link', { name: 'https://example.org/a' })).toBeVisible();
  await expect(other.getByRole('article').nth(1).getByRole('link', { name: '@Rosa Marín' })).toHaveAttribute('href', /^\/people\//);
  await expect(other.getByLabel('Reply')).toHaveValue('');

  // The first sees one unread post more, reads it, and the count is as before.
  await visit('/');
  await expect.poll(async () => unread(await rail.getByRole('link', { name: group }).innerText())).toBe(before + 1);
  await rail.getByRole('link', { name: group }).click();
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: title });
  await expect(row).toContainText('1 new');
  await expect(row).toContainText('2 posts');
  await row.getByRole('link', { name: title }).click();
  await expect(page.getByRole('article').nth(1)).toContainText('Nearly always.');
  await expect(page.getByRole('article').nth(1)).toContainText('Rosa Marín');
  await expect(page.getByRole('main').getByRole('link', { name: '1 new' })).toBeVisible();
  await accessible();
  await visit('/');
  await expect.poll(async () => unread(await rail.getByRole('link', { name: group }).innerText())).toBe(before);
});

test('a preview names members of the group that is chosen', async ({ page, signIn, visit }) => {
  await signIn('tomas');
  await visit(LESSON);
  const talk = page.getByRole('complementary', { name: 'Talk beside this lesson' });
  const preview = talk.locator('.composer-preview');
  // Helen is a member of the second alone.
  for (const [group, helen] of [['Autumn managers’ cohort', 0], ['Budgets without tears', 1]] as const) {
    await unfold(talk, 'Start a thread');
    await talk.getByLabel('In which group').selectOption({ label: group });
    await talk.getByLabel('Title').fill('Not to be posted');
    await talk.getByLabel('What do you want to say?').fill(`In ${group}: ask @Rosa Marín or @Helen Marsh.`);
    await talk.getByRole('button', { name: 'Preview' }).last().click();
    await expect(preview).toContainText(`In ${group}`);
    await expect(preview.getByRole('link', { name: '@Rosa Marín' })).toBeVisible();
    await expect(preview.getByRole('link', { name: '@Helen Marsh' })).toHaveCount(helen);
  }
});

test('a statement is brought up in one of one’s groups', async ({ page, signIn, visit, accessible, unique }) => {
  const title = `From the index ${unique}`;
  await signIn('mei');
  await visit('/index/library-management/1/LM%203.4');
  // In one group that is a link, in several they are to choose from.
  const start = page.getByRole('main').getByText('Start a thread', { exact: true });
  await start.click();
  const group = page.getByRole('main').getByRole('link', { name: 'Local history digitising' });
  if (await group.isVisible()) await group.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Local history digitising' })).toBeVisible();
  await expect(page.getByText(/^About “LM 3\.4 /)).toBeVisible();
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('What do you want to say?').fill('What does this look like for a small library?');
  await page.getByRole('button', { name: 'Start it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await page.getByRole('link', { name: /^on “LM 3\.4 / }).click();
  await expect(page).toHaveURL(/\/index\/library-management\/1\/LM%203\.4$/);
  await expect(page.getByRole('link', { name: title })).toBeVisible();
  await accessible();
});

test.describe('a reply that is refused', () => {
  // With JavaScript a refused form answers 500, which the browser notes in the console.
  test.use({ expectedNoise: [/status of 422/] });

  test('is told at its field', async ({ page, signIn, visit, colleague, scripted }) => {
    await signIn('imran');
    await visit('/groups/autumn-managers-cohort');
    await page.getByRole('link', { name: 'Week 3: bring one leftover' }).click();
    await expect(page.getByRole('article').first()).toBeVisible();
    const count = await page.getByRole('article').count();
    // Spaces pass the browser's own check.
    await page.getByLabel('Reply').fill('   ');
    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    await expect(page.getByLabel('Reply')).toHaveAccessibleDescription(/^Write something first\./);
    await expect(page.getByRole('article')).toHaveCount(count);

    // A passage is one of the lesson's.
    await visit(LESSON);
    const talk = page.getByRole('complementary', { name: 'Talk beside this lesson' });
    await unfold(talk, 'Start a thread');
    await talk.getByLabel('Title').fill('Not to be posted');
    await talk.getByLabel('The passage you mean, if any').fill('Words that never stood here');
    await talk.getByLabel('What do you want to say?').fill('What does it mean?');
    await talk.getByRole('button', { name: 'Start it' }).click();
    await expect(talk.getByLabel('The passage you mean, if any')).toHaveAccessibleDescription(/^These words do not stand in the lesson\./);
    await expect(talk.getByLabel('Title')).toHaveValue('Not to be posted');
    await expect(talk.getByRole('article', { name: 'Not to be posted' })).toHaveCount(0);

    // Who is not in the group does not learn that it is there.
    const stranger = await colleague('bethan');
    expect((await stranger.request.get('/groups/autumn-managers-cohort')).status()).toBe(404);
    await goTo(stranger, '/groups', scripted);
    await expect(stranger.getByRole('link', { name: 'Autumn managers’ cohort' })).toHaveCount(0);
  });
});

/** "Budgets without tears 3" → 3; without a figure 0. */
function unread(link: string): number {
  return Number(/(\d+)/.exec(link)?.[1] ?? 0);
}
