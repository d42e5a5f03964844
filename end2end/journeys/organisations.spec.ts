// Who looks after organisations makes one, changes it, moves it, gives roles
// and takes them away.
import { letter, link as linkIn } from '../post';
import { expect, goTo, test, unfold } from './fixtures';

// With JavaScript a refused form answers 422, which the browser notes in the console.
test.use({ expectedNoise: [/status of (422|409)/] });

test('an organisation is made, changed, moved, and given people', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  test.slow();
  const name = `Harbour ${unique}`;
  await signIn('piotr');
  await visit('/organisations/riverside');
  await page.getByRole('link', { name: /^Make a .+ beneath it$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  const another = page.locator('section').filter({ hasText: 'Another organisation' });
  await another.getByLabel('Name', { exact: true }).fill(name);
  await another.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByText('The organisation is there.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await accessible();
  const home = new URL(page.url()).pathname;

  // What cannot be is told at its field, and what was typed stays.
  await page.getByRole('link', { name: 'Settings' }).click();
  const about = page.locator('section').filter({ hasText: 'About it' });
  await about.getByLabel('Place').fill('On the quay');
  await about.getByLabel('Name', { exact: true }).fill(' ');
  await about.getByLabel('Name', { exact: true }).evaluate((field: HTMLInputElement) => field.removeAttribute('required'));
  await about.getByRole('button', { name: 'Save' }).click();
  await expect(about.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(about.getByLabel('Place')).toHaveValue('On the quay');
  await about.getByLabel('Name', { exact: true }).fill(name);
  await about.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('On the quay')).toBeVisible();

  // Beneath Millbrook, with what belongs to it.
  await visit(`${home}/settings`);
  await page.getByLabel('Beneath which organisation').fill('millb');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('button', { name: 'Move here, beneath Millbrook Branch' }).click();
  await expect(page.getByText('Moved, with all that stands beneath it.')).toBeVisible();
  await expect(page.getByLabel('Breadcrumbs').getByRole('link')).toHaveText(['Riverside County Library', 'Millbrook Branch']);

  // Someone with an account joins it as well.
  await page.getByRole('link', { name: 'Invitations' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = new URL((await page.getByRole('status').getByRole('link').getAttribute('href'))!).pathname;
  await expect(page.getByText('1 of 1 left')).toBeVisible();
  await accessible();
  const imran = await colleague('imran');
  await goTo(imran, link, scripted);
  await accessible(imran);
  await imran.getByRole('button', { name: 'Join as Imran Siddiqui' }).click();
  await expect(imran.getByText(/^You have joined .+\.$/)).toBeVisible();

  await visit(home);
  await page.getByRole('link', { name: 'Change roles of Imran Siddiqui' }).click();
  await page.getByRole('checkbox', { name: /^Trainer / }).check();
  await accessible();
  await page.getByRole('button', { name: 'Save roles' }).click();
  await expect(page.getByText('Their roles are changed.')).toBeVisible();
  await expect(page.getByText('Learner, Trainer')).toBeVisible();

  await goTo(imran, home, scripted);
  await unfold(imran.getByRole('main'), 'Leave');
  await imran.getByLabel(`I want to leave ${name}`).check();
  await imran.getByRole('button', { name: `Leave ${name}` }).click();
  await expect(imran.getByText('You have left the organisation.')).toBeVisible();
});

test('a list of staff becomes links', async ({ page, signIn, visit, accessible, scripted, unique }) => {
  const address = `${unique.replace(' ', '.')}.staff@riverside.example`;
  await signIn('piotr');
  await visit('/organisations/harbour-street/staff');
  await accessible();
  await page.getByLabel('Or paste the list').fill('just words');
  await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page.getByLabel('CSV file', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Or paste the list')).toHaveValue('just words');
  await page.getByLabel('CSV file', { exact: true }).setInputFiles({
    name: 'staff.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`firstname;lastname;email\nMaya;Lindqvist;${address}\nSam;Hale;sam@riverside.example\nNo;Address;\n`),
  });
  await page.getByRole('button', { name: 'Look at it' }).click();
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect(row('Maya Lindqvist')).toContainText('Gets a link');
  await expect(row('Sam Hale')).toContainText('Here already');
  await expect(row('No Address')).toContainText('Enter an e-mail address.');
  await accessible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Make and download 1 link' }).click();
  expect((await download).suggestedFilename()).toBe('invitations.csv');
  if (scripted) await expect(page.getByRole('link', { name: 'See who is invited now' })).toBeVisible();

  // Whoever has a link keeps it, until it is made anew on purpose, here by letter.
  await visit(new URL(page.url()).pathname);
  await expect(row('Maya Lindqvist')).toContainText('Invited until');
  await page.getByRole('button', { name: 'Send 1 link anew by letter' }).click();
  await expect(page.getByText('The letters are on their way.')).toBeVisible();
  await visit(linkIn(await letter(address), '/join/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Join /);
});
