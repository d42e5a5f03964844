// A curator sees what a file says of cross-references, and takes out what came with it.
import type { Page } from '@playwright/test';
import { expect, fileOf, test, unfold } from './fixtures';

interface Association {
  identifier: string;
  associationType: string;
  destinationNodeURI: { title: string; identifier: string; uri: string };
}

async function upload(page: Page, visit: (address: string) => Promise<void>, name: string, set: object) {
  await visit('/studio/import');
  const buffer = Buffer.from(JSON.stringify(set));
  await page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'application/json', buffer });
  await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page).toHaveURL(/\/studio\/import\/[^/]+$/);
}

test('references that came with a file are named where one leaves them out, and taken out', async ({ page, visit, signIn, accessible, unique }) => {
  test.slow();
  await signIn('ciara');
  const whole = JSON.parse(fileOf('shelves.case.json', unique).buffer.toString());
  const plain = JSON.parse(JSON.stringify(whole));
  const top: Association = whole.CFAssociations.find((one: Association) => one.associationType === 'isChildOf');
  const far = top.identifier.replace(/-[0-9a-f]{12}$/, '-000000000999');
  whole.CFAssociations.push({
    ...top,
    identifier: far,
    associationType: 'isRelatedTo',
    destinationNodeURI: { title: 'Far away', identifier: far, uri: 'https://example.org/far' },
  });
  await upload(page, visit, 'whole.json', whole);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Imported. This is what was in the file.')).toBeVisible();
  const set = new URL(page.url()).pathname.split('/')[2];

  // A file that says nothing of it would take it out, and says so.
  await upload(page, visit, 'plain.json', plain);
  await unfold(page.getByRole('main'), 'Cross-references: 1 no longer in the file');
  await expect(page.getByText('“Keeping the shelves” – see also – “Far away”')).toBeVisible();
  await accessible();

  await visit(`/studio/sets/${set}`);
  await page.getByRole('link', { name: /Keeping the shelves Section/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Edit: .*Keeping the shelves/ })).toBeVisible();
  const references = page.locator('#references');
  await expect(references.getByText('as imported')).toBeVisible();
  await accessible();
  await references.getByRole('button', { name: 'Take out the reference to Far away' }).click();
  await expect(references.getByText('Far away')).toHaveCount(0);

  // Now the file that says nothing of it has nothing new to say.
  await upload(page, visit, 'plain.json', plain);
  await expect(page.getByText('Everything in this file is here already. There is nothing to import.')).toBeVisible();
});
