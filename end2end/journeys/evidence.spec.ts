// Evidence: a learner puts down what supports what they say of themselves, shows it to trainers, and takes it out.
import { day, expect, goTo, hydrated, spelled, test, unfold } from './fixtures';

// A refused form.
test.use({ expectedNoise: [/status of 422/] });

test('evidence is put down for a statement, changed, shown to trainers and taken out', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  // Each project by somebody of its own, so that neither ends the other's.
  const [person, name] = scripted ? ['sam', 'Sam Hale'] : ['tomas', 'Tomás Okafor'];
  const [title, been, until] = [`Led a talk ${unique}`, day(-2), day(20)];
  const heading = (where: typeof page, words: string) => where.getByRole('main').getByRole('heading', { level: 3, name: words });
  const piece = page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name: title }) });
  const form = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: 'Add evidence' }) });
  await signIn(person);
  await visit('/index/library-management/1/LM%203.4');
  await page.getByRole('link', { name: 'Add evidence' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Evidence for a statement');
  await accessible();

  // What is refused is said at its field, and nothing that was typed is lost.
  await form.getByLabel('What it shows').fill(title);
  await form.getByLabel('When it was').fill(day(2));
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('Write a few words, or give an address or a file below.').first()).toBeVisible();
  await expect(page.getByText(/ is still to come\./).first()).toBeVisible();
  if (scripted) await hydrated(page);
  await expect(form.getByLabel('What it shows')).toHaveValue(title);
  await form.getByLabel('Your words').fill('It *went* well.');
  await form.getByLabel('Address on the web').fill('https://example.org/talk');
  await form.getByLabel('When it was').fill(been);
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(heading(page, title)).toBeVisible();
  await expect(piece.locator('em')).toHaveText('went');
  await expect(piece.getByText(spelled(been))).toBeVisible();
  await expect(piece.getByRole('link', { name: 'https://example.org/talk' })).toHaveAttribute('rel', /nofollow/);
  await expect(form.getByLabel('What it shows')).toHaveValue('');

  if (scripted) await hydrated(page);
  await unfold(piece, 'Change');
  await piece.getByLabel('What it shows').fill(`${title} again`);
  await piece.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(heading(page, `${title} again`)).toBeVisible();
  await visit('/index/library-management/1/LM%203.4');
  await expect(page.getByText(/\d+ pieces? so far/)).toBeVisible();

  await visit('/me/sharing');
  await page.getByLabel('Evidence').check();
  await page.getByLabel('With whom').selectOption({ label: 'Trainers of Harbour Street Branch' });
  await page.getByLabel('What for').fill(`Our talk ${unique}`);
  await page.getByLabel('Last day').fill(until);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByText(`Our talk ${unique}, until ${spelled(until)}`)).toBeVisible();

  const joseph = await colleague('joseph');
  await goTo(joseph, '/me/sharing', scripted);
  await joseph.getByRole('link', { name: `${name}: evidence` }).click();
  await expect(joseph.getByRole('heading', { level: 1 })).toHaveText(`Evidence of ${name}`);
  await expect(heading(joseph, `${title} again`)).toBeVisible();
  await accessible(joseph);
  const address = new URL(joseph.url()).pathname;

  await visit('/me/sharing');
  await expect(page.getByText(/Joseph Adeyemi looked at your evidence on/).first()).toBeVisible();
  await page.getByRole('button', { name: /^End now.*Evidence with Trainers of Harbour Street Branch/ }).click();
  await expect(page.getByText(`Our talk ${unique}, until`)).toHaveCount(0);
  expect((await joseph.request.get(address)).status()).toBe(404);

  await visit('/me');
  await page.getByRole('link', { name: /^My evidence/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My evidence');
  await accessible();
  await unfold(piece, 'Change');
  await piece.getByRole('button', { name: /^Take out/ }).click();
  const undo = page.getByRole('main').getByRole('button', { name: `Undo ${title} again` });
  await expect(undo).toBeVisible();
  await expect(heading(page, title)).toHaveCount(0);
  await undo.click();
  await expect(heading(page, `${title} again`)).toBeVisible();
});
