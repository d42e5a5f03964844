// A trainer writes a course, opens a cohort, and sees who has finished what.
import { day, expect, goTo, spelled, test, unfold } from './fixtures';

// With JavaScript a refused form answers 500, which the browser notes in the console.
test.use({ expectedNoise: [/status of 422/] });

test('a trainer writes a course, opens a cohort, and sees how far people are', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  test.slow();
  const title = `Opening up in the morning ${unique}`;
  await signIn('joseph');
  await visit('/studio');
  await page.getByRole('link', { name: 'New course' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New course' })).toBeVisible();
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Summary').fill('Two short lessons on the first half hour of a library’s day.');
  await page.getByLabel('Hours').fill('a few');
  await accessible();
  await page.getByRole('button', { name: 'Begin the course' }).click();

  // What cannot be read is told at its field, and what was typed stays.
  await expect(page.getByLabel('Hours')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Title')).toHaveValue(title);
  await expect(page.getByLabel('Hours')).toHaveValue('a few');
  await page.getByLabel('Hours').fill('1.5');
  await page.getByRole('button', { name: 'Begin the course' }).click();
  await expect(page.getByText('Your course is begun. Write its first lesson next.')).toBeVisible();
  const editor = new URL(page.url()).pathname;
  await accessible();

  await page.getByRole('link', { name: 'Write the first lesson' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New lesson' })).toBeVisible();
  await page.getByLabel('Title').fill('Lights, doors, heating');
  await page.getByLabel('Module').fill('Before the public');
  await page.getByLabel('Minutes').fill('15');
  const text = '## The round\n\nWalk it in the *same* order each day.\n\n<script>document.title = "harmed"</script>\n\n- lights\n- doors & locks';
  await page.getByLabel('Text').fill(text);
  await page.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('heading', { name: 'The round' })).toBeVisible();
  await expect(preview.getByRole('listitem').filter({ hasText: 'doors & locks' })).toBeVisible();
  await expect(preview.locator('script')).toHaveCount(0);
  await expect(page.getByLabel('Text')).toHaveValue(text);
  await expect(page.getByLabel('Title')).toHaveValue('Lights, doors, heating');
  await accessible();
  await page.getByRole('button', { name: 'Save lesson' }).click();
  await expect(page.getByText('The lesson is saved.')).toBeVisible();

  await page.getByRole('link', { name: 'Add a lesson' }).click();
  await page.getByLabel('Title').fill('The first five visitors');
  await page.getByLabel('Module').fill('With the public');
  await page.getByLabel('Minutes').fill('10');
  await page.getByLabel('Text').fill('Greet them before they ask.');
  await page.getByRole('button', { name: 'Save lesson' }).click();
  await expect(page.getByText('The lesson is saved.')).toBeVisible();
  await expect(page.getByText(/^Draft · .* · 2 lessons$/)).toBeVisible();

  // Opening a lesson's form and saving it unchanged changes nothing.
  await page.getByRole('link', { name: 'Lights, doors, heating', exact: true }).click();
  await expect(page.getByLabel('Text')).toHaveValue(text);
  await page.getByRole('button', { name: 'Save lesson' }).click();
  await expect(page.getByText('The lesson is saved.')).toBeVisible();

  await page.getByLabel('Find statements').fill('LM 7.3');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(page.getByLabel('Level that the course serves of LM 7.3')).toHaveValue('');
  await page.getByLabel('Level that the course serves of LM 7.3').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Align LM 7.3' }).click();
  await expect(page.getByRole('button', { name: /^Remove LM 7\.3 / })).toBeVisible();
  await accessible();

  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByRole('button', { name: 'Take out of the catalogue' })).toBeVisible();
  await page.getByRole('link', { name: 'See the course' }).click();
  await page.waitForURL(url => url.pathname.startsWith('/courses/'));
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  const course = new URL(page.url()).pathname;
  await expect(page.getByRole('heading', { name: 'Statements it serves' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'LM 7.3' })).toBeVisible();

  // The cohort, its days in another zone than the trainer's.
  const [starts, ends] = [day(0), day(42)];
  await visit(editor);
  await page.getByRole('link', { name: 'Open a cohort' }).click();
  await expect(page.getByText(`A run of ${title}`)).toBeVisible();
  await page.getByLabel('Title').fill(`Early risers ${unique}`);
  await page.getByLabel('First day').fill(ends);
  await page.getByLabel('Last day').fill(starts);
  await page.getByLabel('Time zone').selectOption('America/Chicago');
  await page.getByRole('checkbox', { name: 'Anneke de Vries' }).check();
  await accessible();
  await page.getByRole('button', { name: 'Open the cohort' }).click();
  await expect(page.getByLabel('Last day')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Time zone')).toHaveValue('America/Chicago');
  await expect(page.getByRole('checkbox', { name: 'Anneke de Vries' })).toBeChecked();
  await page.getByLabel('First day').fill(starts);
  await page.getByLabel('Last day').fill(ends);
  await page.getByRole('button', { name: 'Open the cohort' }).click();
  await expect(page.getByText('The cohort is open, and so is its study group. Enrol people next.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: `Early risers ${unique}` })).toBeVisible();
  await expect(page.getByText('America/Chicago')).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: spelled(ends) })).toBeVisible();
  await expect(page.getByText('Nobody is enrolled yet')).toBeVisible();
  const cohort = new URL(page.url()).pathname;

  await page.getByLabel('Find colleagues by name').fill('Sam');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await page.getByRole('button', { name: 'Enrol Sam Hale' }).click();
  const grid = page.getByRole('table', { name: `Who has done which lesson of ${title}` });
  const row = (name: string) => grid.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await expect(row('Sam Hale')).toContainText('0 of 2');
  await page.getByLabel('Or enrol by e-mail address').fill('nobody-at-all@riverside.example');
  await page.getByRole('button', { name: 'Enrol', exact: true }).click();
  await expect(page.getByLabel('Or enrol by e-mail address')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Or enrol by e-mail address')).toHaveValue('nobody-at-all@riverside.example');
  await page.getByLabel('Or enrol by e-mail address').fill('lucy@riverside.example');
  await page.getByRole('button', { name: 'Enrol', exact: true }).click();
  await expect(row('Lucy Fairweather')).toContainText('0 of 2');
  await expect(page.getByText('Lucy Fairweather is enrolled.')).toBeVisible();
  await expect(page.getByLabel('Or enrol by e-mail address')).toHaveValue('');
  await accessible();

  // Sam works through the first lesson.
  const sam = await colleague('sam');
  await goTo(sam, course, scripted);
  await expect(sam.locator('#main').getByRole('link', { name: `Early risers ${unique}`, exact: true })).toBeVisible();
  await sam.getByRole('link', { name: 'Start the course', exact: true }).click();
  await expect(sam.getByRole('heading', { level: 1, name: 'Lights, doors, heating' })).toBeVisible();
  await sam.getByRole('button', { name: 'Done, next lesson' }).click();
  await expect(sam.getByRole('heading', { level: 1, name: 'The first five visitors' })).toBeVisible();
  await accessible(sam);
  await goTo(sam, cohort, scripted);
  await expect(sam.getByText('1 of 2 lessons done')).toBeVisible();
  await expect(sam.getByRole('table')).toHaveCount(0);

  await visit(cohort);
  await expect(row('Sam Hale')).toContainText('1 of 2');
  await expect(row('Sam Hale').getByRole('cell').nth(1)).toContainText('Done');
  await expect(row('Sam Hale').getByRole('cell').nth(2)).toContainText('Not done');
  await expect(row('Lucy Fairweather')).toContainText('0 of 2');
  await unfold(page.getByRole('main'), 'Lessons by number');
  await expect(page.getByRole('listitem').filter({ hasText: 'The first five visitors' })).toBeVisible();
  await accessible();
});

test('a cohort is changed, and deleted while nobody is enrolled', async ({ page, signIn, visit, accessible, unique }) => {
  test.slow();
  await signIn('joseph');
  await visit('/studio/cohorts/new?course=reading-a-budget');
  await page.getByLabel('Title').fill(`Wrong ${unique}`);
  await page.getByLabel('First day').fill(day(0));
  await page.getByLabel('Last day').fill(day(42));
  await page.getByLabel('Time zone').selectOption('Europe/London');
  await page.getByRole('button', { name: 'Open the cohort' }).click();
  await expect(page.getByText('The cohort is open, and so is its study group. Enrol people next.')).toBeVisible();
  const cohort = new URL(page.url()).pathname;

  // What cannot be is told at its field, and what was typed stays.
  await page.getByRole('link', { name: 'Change the cohort' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Change the cohort' })).toBeVisible();
  await page.getByLabel('Title', { exact: true }).fill(`Right ${unique}`);
  await page.getByLabel('First day').fill(day(42));
  await page.getByLabel('Last day').fill(day(7));
  await page.getByRole('checkbox', { name: 'Anneke de Vries' }).check();
  await accessible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByLabel('Last day')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue(`Right ${unique}`);
  await expect(page.getByRole('checkbox', { name: 'Anneke de Vries' })).toBeChecked();
  await page.getByLabel('First day').fill(day(0));
  await page.getByLabel('Last day').fill(day(7));
  await page.getByLabel('Time zone').selectOption('America/Chicago');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The cohort is changed.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: `Right ${unique}` })).toBeVisible();
  await expect(page.getByText('America/Chicago')).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: spelled(day(7)) })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Anneke de Vries' })).toBeVisible();

  await visit(`${cohort}/edit`);
  await unfold(page.getByRole('main'), `Delete “Right ${unique}”…`);
  await page.getByLabel('Type the cohort’s title to delete it').fill('Another');
  await page.getByRole('button', { name: 'Delete the cohort' }).click();
  await expect(page.getByLabel('Type the cohort’s title to delete it')).toHaveAttribute('aria-invalid', 'true');
  await accessible();
  await page.getByLabel('Type the cohort’s title to delete it').fill(`right ${unique}`);
  await page.getByRole('button', { name: 'Delete the cohort' }).click();
  await expect(page.getByText('The cohort is deleted.')).toBeVisible();
  expect((await page.request.get(cohort)).status()).toBe(404);
});

test('a course that was never published is deleted', async ({ page, signIn, visit, accessible, unique }) => {
  const title = `Begun by mistake ${unique}`;
  await signIn('joseph');
  await visit('/studio/courses/new');
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Begin the course' }).click();
  await expect(page.getByText('Your course is begun. Write its first lesson next.')).toBeVisible();
  const editor = new URL(page.url()).pathname;
  await unfold(page.locator('#delete'), `Delete “${title}”…`);
  await page.getByLabel('Type the course’s title to delete it').fill('Another');
  await page.getByRole('button', { name: 'Delete the course' }).click();
  await expect(page.getByLabel('Type the course’s title to delete it')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Your course is begun. Write its first lesson next.')).toHaveCount(0);
  await accessible();
  await page.getByLabel('Type the course’s title to delete it').fill(title);
  await page.getByRole('button', { name: 'Delete the course' }).click();
  await expect(page.getByText('The course is deleted.')).toBeVisible();
  expect((await page.request.get(editor)).status()).toBe(404);
});

test('a manager finds the cohorts that run at the library', async ({ page, signIn, visit, accessible }) => {
  await signIn('helen');
  await visit('/organisations/riverside');
  await page.getByRole('link', { name: 'Cohorts here and beneath' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Cohorts of / })).toBeVisible();
  await accessible();
  // The demonstration's own is the one that began first.
  await page.getByRole('main').getByRole('link', { name: 'Autumn managers', exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Autumn managers' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Progress' })).toBeVisible();
});

test('a learner has no studio', async ({ page, signIn, visit }) => {
  await signIn('sam');
  expect((await page.request.get('/studio/courses/new')).status()).toBe(403);
  await visit('/');
  await expect(page.getByRole('link', { name: 'Studio' })).toHaveCount(0);
});
