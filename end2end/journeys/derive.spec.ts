// A set for one's own organisation from another's edition: adapted, with what differs in view, and with
// what the source changes later offered one by one.
import type { Page } from '@playwright/test';
import { bring, expect, fileOf, test, unfold } from './fixtures';

// An update that both changed is refused until somebody says whose words count.
test.use({ expectedNoise: [/status of (409|422)/] });
test.beforeEach(async ({ signIn }) => signIn('ciara'));

async function publish(page: Page) {
  await unfold(page.getByRole('main'), 'Publish this edition…');
  await page.getByLabel(/^I understand that/).check();
  await page.getByRole('button', { name: /^Publish Shelves/ }).click();
  await expect(page.getByText('Published. Everyone can read this edition now, and it will not change any more.')).toBeVisible();
}

test('a set is derived, adapted, and takes over what its source changes', async ({ page, visit, accessible, unique }) => {
  test.slow();
  const file = fileOf('shelves.moodle.csv', unique);
  const first = await bring(page, visit, file);
  const source = first.split('/')[2];
  await publish(page);

  await page.getByRole('link', { name: 'Derive a set' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Derive a set' })).toBeVisible();
  await accessible();
  await page.getByLabel('Title').fill(`Ours ${unique}`);
  await page.getByRole('button', { name: 'Derive the set' }).click();
  await expect(page.getByText('Your set is a draft that holds all of its source.')).toBeVisible();
  await expect(page.getByText('Nothing differs')).toBeVisible();
  const beside = new URL(page.url()).pathname;
  const own = beside.split('/')[3];

  // One statement is adapted in the outline.
  await page.getByRole('link', { name: 'Adapt it in the outline' }).click();
  await page.waitForURL(`**/studio/sets/${own}`);
  await page.getByRole('link', { name: 'Open Keeping the shelves' }).click();
  await page.getByRole('link', { name: 'Open Order' }).click();
  await page.getByRole('link', { name: /S12 Finds a misplaced book/ }).click();
  await page.getByLabel('Statement', { exact: true }).fill('Finds a misplaced book in our stacks');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await visit(beside);
  await expect(page.getByRole('link', { name: 'Adapted 1' })).toBeVisible();
  await expect(page.locator('ins', { hasText: 'in our stacks' })).toBeVisible();
  await accessible();

  // The source goes on: two statements are worded anew.
  await visit(`/studio/sets/${source}/editions`);
  await page.getByRole('button', { name: 'Open a draft' }).click();
  await expect(page.getByText('The draft is open. It holds all that the last edition does.')).toBeVisible();
  const text = file.buffer.toString();
  const newer = text.replace('Finds a misplaced book, by thinking', 'Finds any misplaced book, by thinking');
  expect(newer).not.toBe(text);
  await bring(page, visit, { ...file, buffer: Buffer.from(newer) });
  await page.getByRole('link', { name: 'How each statement goes on' }).click();
  await page.getByRole('button', { name: 'Confirm all 4 that are the same' }).click();
  await page.getByRole('button', { name: /^Confirm ?: reworded, S12/ }).click();
  await page.getByRole('link', { name: 'Publish the draft on its own page' }).click();
  await publish(page);

  // The update is offered with both wordings; nothing is taken before somebody chooses.
  await visit(beside);
  await expect(page.getByRole('link', { name: 'Updates 1' })).toBeVisible();
  await expect(page.locator('ins', { hasText: 'any' })).toBeVisible();
  await expect(page.getByText('Statement, as you adapted it')).toBeVisible();
  await accessible();
  await page.getByRole('button', { name: /^Take over/ }).click();
  await expect(page.getByText('You adapted this too. Say whose words count.').first()).toBeVisible();
  await page.getByRole('radio', { name: /^As written below/ }).check();
  await page.getByLabel('Statement, written by you').fill('Finds any misplaced book in our stacks');
  await page.getByRole('button', { name: /^Take over/ }).click();
  await expect(page.getByRole('link', { name: /^Updates/ })).toHaveCount(0);
  await expect(page.locator('ins', { hasText: 'in our stacks' })).toBeVisible();
  await expect(page.getByText(/^Derived from .*2nd edition/)).toBeVisible();

  // It is an ordinary change of the draft: it can be taken back, and is not asked again.
  await visit(`/studio/sets/${own}`);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await visit(beside);
  await expect(page.getByRole('link', { name: /^Updates/ })).toHaveCount(0);

  // Both pages say so.
  await visit(`/index/${own}/1`);
  await expect(page.getByText(/^Derived from /)).toBeVisible();
  await visit(`/index/${source}`);
  await expect(page.getByRole('link', { name: `Ours ${unique}` })).toBeVisible();
});
