// Evidence is put forward: a trainer finds it from Today and answers, and its person reads what they found.
import { expect, goTo, hydrated, test, unfold } from './fixtures';

test('evidence is put forward to a trainer, taken back, put forward again and answered', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  const title = `Led a tour ${unique}`;
  const piece = page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name: title }) });
  const form = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: 'Add evidence' }) });
  // Each project by somebody of its own.
  await signIn(scripted ? 'sam' : 'tomas');
  await visit('/index/library-management/1/LM%203.4');
  await page.getByRole('link', { name: 'Add evidence' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Evidence for a statement');
  if (scripted) await hydrated(page);
  await form.getByLabel('What it shows').fill(title);
  await form.getByLabel('Your words').fill('Twenty people came.');
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(piece).toBeVisible();
  if (scripted) await hydrated(page);

  const joseph = await colleague('joseph');
  const waiting = joseph.locator('section').filter({ has: joseph.getByRole('heading', { level: 3, name: title }) });
  await unfold(piece, 'Put forward');
  await piece.getByLabel('To whom').selectOption({ label: 'Joseph Adeyemi' });
  await piece.getByRole('button', { name: 'Put it forward' }).click();
  await expect(piece.getByText(/^Put forward to Joseph Adeyemi on .*; no answer yet/)).toBeVisible();
  await accessible();
  await goTo(joseph, '/me/evidence/waiting', scripted);
  await expect(waiting).toBeVisible();
  await piece.getByRole('button', { name: 'Take back from Joseph Adeyemi' }).click();
  await expect(piece.getByText(/no answer yet/)).toHaveCount(0);
  await goTo(joseph, '/me/evidence/waiting', scripted);
  await expect(waiting).toHaveCount(0);

  await visit('/me/evidence');
  await unfold(piece, 'Put forward');
  await piece.getByLabel('To whom').selectOption({ label: 'Joseph Adeyemi' });
  await piece.getByRole('button', { name: 'Put it forward' }).click();
  await expect(piece.getByText(/no answer yet/)).toBeVisible();
  await goTo(joseph, '/', scripted);
  await joseph.getByRole('main').getByRole('link', { name: /^Evidence is put forward to you/ }).click();
  await expect(joseph.getByRole('heading', { level: 1 })).toHaveText('Evidence put forward to you');
  await expect(waiting.getByText('Twenty people came.')).toBeVisible();
  await accessible(joseph);
  await waiting.getByRole('radio', { name: 'Supports it', exact: true }).check();
  await waiting.getByLabel('What you say to it').fill('I was there.');
  await waiting.getByRole('button', { name: `Answer about ${title}` }).click();
  await expect(waiting).toHaveCount(0);

  await visit('/me/evidence');
  await expect(piece.getByText(/^Joseph Adeyemi on .*: Supports it$/)).toBeVisible();
  await expect(piece.getByText('I was there.')).toBeVisible();
  await accessible();
  await unfold(piece, 'Change');
  await piece.getByRole('button', { name: /^Take out/ }).click();
  await expect(piece).toHaveCount(0);
});
