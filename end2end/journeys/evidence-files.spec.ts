// A file as evidence: a document is refused with what to do, put down, and saved; a picture is seen.
import { expect, hydrated, test, unfold } from './fixtures';

const PDF = { name: 'Talk of May.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n') };

/** A picture of one green pixel (PNG). */
const GREEN = {
  name: 'display.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOQz/cCAAGJANmtclIGAAAAAElFTkSuQmCC', 'base64'),
};

test('a file is put down as evidence, saved by its person, and added to what holds none', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  const [title, other] = [`Slides of a talk ${unique}`, `A display ${unique}`];
  const piece = (words: string) => page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name: words }) });
  const form = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: 'Add evidence' }) });
  await signIn('lucy');
  await visit('/index/library-management/1/LM%203.4');
  await page.getByRole('link', { name: 'Add evidence' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Evidence for a statement');
  if (scripted) await hydrated(page);

  // What is no document is refused at its field, and what was typed is kept.
  await form.getByLabel('What it shows').fill(title);
  await form.getByLabel('File', { exact: true }).setInputFiles({ ...PDF, buffer: Buffer.from([0x4d, 0x5a, 0x90, 0]) });
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(form.getByLabel('File', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(form.getByText(/^Choose a PDF, a picture/).first()).toBeVisible();
  await expect(form.getByLabel('What it shows')).toHaveValue(title);
  await accessible();
  if (scripted) await hydrated(page);
  await form.getByLabel('File', { exact: true }).setInputFiles(PDF);
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('main').getByText('Added. It stands below.')).toBeVisible();
  const file = piece(title).getByRole('link', { name: 'Talk of May.pdf' });
  await expect(file).toBeVisible();
  await accessible();
  const address = (await file.getAttribute('href'))!;
  const saved = await page.request.get(address);
  expect(saved.headers()['content-type']).toBe('application/pdf');
  expect(saved.headers()['content-disposition']).toMatch(/^attachment; filename="Talk of May\.pdf"/);
  const joseph = await colleague('joseph');
  expect((await joseph.request.get(address)).status()).toBe(404);

  // A picture comes to what was put down without one.
  if (scripted) await hydrated(page);
  await form.getByLabel('What it shows').fill(other);
  await form.getByLabel('Your words').fill('Beside the door.');
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(piece(other)).toBeVisible();
  if (scripted) await hydrated(page);
  await unfold(piece(other), 'Change');
  await piece(other).getByLabel('File', { exact: true }).setInputFiles(GREEN);
  await piece(other).getByRole('button', { name: 'Add the file' }).click();
  await expect(piece(other).getByRole('img', { name: other })).toHaveJSProperty('naturalWidth', 1);

  // Nothing of it is left for the next who signs in as them.
  for (const words of [title, other]) {
    if (scripted) await hydrated(page);
    await unfold(piece(words), 'Change');
    await piece(words).getByRole('button', { name: /^Take out/ }).click();
    await expect(piece(words)).toHaveCount(0);
  }
  expect((await page.request.get(address)).status()).toBe(404);
});
