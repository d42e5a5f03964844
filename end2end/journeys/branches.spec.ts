// A set that is too large for one page is read whole: its branches open in place,
// or on pages of their own.
import { randomUUID } from 'node:crypto';
import { expect, test, unfold } from './fixtures';

const NOW = '2026-05-04T09:30:00Z';

/** A CASE package of three sections, each of twelve competencies of fifteen statements. */
function large(title: string) {
  const node = (identifier: string) => ({ identifier, uri: `urn:uuid:${identifier}`, title });
  const document = randomUUID();
  const items: object[] = [];
  const associations: object[] = [];
  const add = (code: string, words: string, above: string, place: number): string => {
    const identifier = randomUUID();
    items.push({ identifier, uri: `urn:uuid:${identifier}`, fullStatement: words, humanCodingScheme: code, lastChangeDateTime: NOW });
    associations.push({
      identifier: randomUUID(), uri: `urn:uuid:${randomUUID()}`, associationType: 'isChildOf', sequenceNumber: place,
      originNodeURI: node(identifier), destinationNodeURI: node(above), lastChangeDateTime: NOW,
    });
    return identifier;
  };
  for (let section = 1; section <= 3; section++) {
    const top = add(`${section}`, `Section ${section}`, document, section);
    for (let competency = 1; competency <= 12; competency++) {
      const own = add(`${section}.${competency}`, `Competency ${section}.${competency}`, top, competency);
      for (let statement = 1; statement <= 15; statement++) {
        add(`${section}.${competency}.${statement}`, `Does what ${section}.${competency}.${statement} says`, own, statement);
      }
    }
  }
  const CFDocument = { identifier: document, uri: `urn:uuid:${document}`, creator: 'A library school', title, lastChangeDateTime: NOW };
  const buffer = Buffer.from(JSON.stringify({ CFDocument, CFItems: items, CFAssociations: associations }));
  return { name: 'large.json', mimeType: 'application/json', buffer };
}

test.beforeEach(async ({ signIn }) => signIn('ciara'));

test('a branch of a large set is read where it stands', async ({ page, visit, accessible, unique, scripted }) => {
  await visit('/studio/import');
  await page.getByLabel('File', { exact: true }).setInputFiles(large(`Large ${unique}`));
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('36 competencies, 540 statements')).toBeVisible();
  await visit(page.url().split('?')[0]);

  const main = page.getByRole('main');
  await expect(main.getByText('Does what 1.1.15 says')).toHaveCount(1);
  await expect(main.getByText('Does what 3.12.15 says')).toHaveCount(0);
  await unfold(main, /^3\.12 Competency 3\.12/);
  if (!scripted) await main.getByRole('link', { name: 'Read what stands here on its own page' }).click();
  const last = main.getByRole('link', { name: '3.12.15 Does what 3.12.15 says' });
  await expect(last).toBeVisible();
  await accessible();
  await last.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Does what 3.12.15 says' })).toBeVisible();
});
