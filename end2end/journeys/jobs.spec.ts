// A manager writes a job description from a role profile, sees what follows from it and puts it in use; its people read it, others do not.
import { expect, goTo, test, unfold } from './fixtures';

// Saving over somebody and removing without the title are refused once.
test.use({ expectedNoise: [/status of (404|422)/] });

test('a job description is written from a role profile, put in use, read and withdrawn', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  test.slow();
  const title = `Library assistant ${unique}`;
  const main = page.getByRole('main');
  await signIn('helen');
  await visit('/jobs');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Job descriptions');
  await accessible();
  await main.getByRole('link', { name: 'Write a job description' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New job description');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Organisation', { exact: true }).selectOption({ label: 'Millbrook Branch' });
  await page.getByLabel('Build it from').selectOption('profile-library-assistant');
  await accessible();
  await page.getByRole('button', { name: 'Begin it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(main.getByText(/^The job description is begun\./)).toBeVisible();
  const address = new URL(page.url()).pathname;

  // Its words: what is refused is said at its field, and what was typed stays.
  await main.getByRole('link', { name: 'Change its words' }).click();
  await page.getByLabel('Purpose').fill('Gives the everyday service.');
  await page.getByLabel('Further duties').fill('Opens the building\nWaters the plants');
  await page.getByLabel('Hours').fill('20 a week');
  await page.getByLabel('Reports to').fill('Branch manager');
  await page.getByLabel('About the organisation').fill('A branch by the mill.');
  await page.getByLabel('How to apply').fill('Write to us.');
  await accessible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(main.getByText('Waters the plants')).toBeVisible();
  await expect(main.getByText('20 a week')).toBeVisible();
  await expect(main.getByText(/^Built from the role profile Library assistant/)).toBeVisible();
  await accessible();

  // Two who write at once: the second is told, and loses nothing.
  const other = await colleague('helen');
  await goTo(other, `${address}/edit`, scripted);
  await visit(`${address}/edit`);
  await page.getByLabel('Hours').fill('21 a week');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(main.getByText('21 a week')).toBeVisible();
  await other.getByLabel('Hours').fill('22 a week');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.getByText(/^Meanwhile somebody saved other words\./).last()).toBeVisible();
  await expect(other.getByLabel('Hours')).toHaveValue('22 a week');
  await other.getByLabel('Replace what the other wrote with mine').check();
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.getByRole('main').getByText('22 a week')).toBeVisible();

  // Its duties: one is added, changed and taken out again.
  await visit(`${address}/duties`);
  await expect(main.getByText(/^25 statements of Library management/)).toBeVisible();
  await accessible();
  await visit(`${address}/duties?q=LM+1.3`);
  await main.getByRole('link', { name: /^LM 1\.3/ }).first().click();
  await expect(main.getByRole('heading', { level: 2, name: 'Add to the job description' })).toBeVisible();
  await page.getByLabel('Level that the job needs').selectOption('Moderate');
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(main.getByText(/^26 statements of Library management/)).toBeVisible();
  await page.getByLabel('Level of LM 1.3', { exact: true }).selectOption('Strong');
  await page.getByRole('button', { name: 'Save the level of LM 1.3', exact: true }).click();
  await expect(main.getByText('The level is saved.')).toBeVisible();
  await expect(page.getByLabel('Level of LM 1.3', { exact: true })).toHaveValue('3');
  await page.getByRole('button', { name: 'Take out LM 1.3', exact: true }).click();
  await expect(main.getByText('Taken out. Here it can be added again.')).toBeVisible();
  await expect(main.getByText(/^25 statements of Library management/)).toBeVisible();

  // What follows from it.
  await visit(address);
  const faces = page.getByRole('navigation', { name: 'What is made of it' });
  await faces.getByRole('link', { name: 'Advert' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Advert: ${title}`);
  await expect(main.getByText('A branch by the mill.')).toBeVisible();
  await accessible();
  await faces.getByRole('link', { name: 'Person specification' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Person specification: ${title}`);
  await expect(main.getByRole('heading', { level: 2, name: 'Essential' })).toBeVisible();
  await expect(main.getByRole('heading', { level: 3, name: 'Knowledge' }).first()).toBeVisible();
  await accessible();
  await faces.getByRole('link', { name: 'Interview questions' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Interview questions: ${title}`);
  await expect(main.getByText('What to listen for:').first()).toBeVisible();
  await accessible();

  // Only who writes them reads a draft; in use it is its people's.
  const [reader, elsewhere] = [await colleague('bethan'), await colleague('lucy')];
  expect((await reader.request.get(address)).status()).toBe(404);
  await visit(address);
  await page.getByRole('button', { name: 'Put it in use', exact: true }).click();
  await expect(main.getByText(/^It is in use:/)).toBeVisible();
  await goTo(reader, '/jobs', scripted);
  await reader.getByRole('main').getByRole('link', { name: title }).click();
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(reader.getByRole('main').getByText('Waters the plants')).toBeVisible();
  await expect(reader.getByRole('link', { name: 'Change its words' })).toHaveCount(0);
  await accessible(reader);
  expect((await elsewhere.request.get(address)).status()).toBe(404);
  expect((await elsewhere.request.get(`${address}/advert`)).status()).toBe(404);
  await goTo(elsewhere, '/jobs', scripted);
  await expect(elsewhere.getByRole('main').getByRole('link', { name: title })).toHaveCount(0);

  // Withdrawn, it is removed by its title.
  await page.getByRole('button', { name: 'Withdraw it' }).click();
  await expect(main.getByText(/^It is withdrawn\./)).toBeVisible();
  expect((await reader.request.get(address)).status()).toBe(404);
  await main.getByRole('link', { name: 'Change its words' }).click();
  await unfold(main, 'Remove this job description…');
  await page.getByLabel('Type its title to remove it').fill('Another');
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText(`Type “${title}” to remove this job description.`).first()).toBeVisible();
  await page.getByLabel('Type its title to remove it').fill(title);
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(main.getByText('Removed.')).toBeVisible();
});
