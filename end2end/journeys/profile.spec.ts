// What one says of oneself, for whom it is; and finding colleagues.
import { expect, goTo, test } from './fixtures';

/** A picture of one green pixel (PNG). */
const GREEN = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOQz/cCAAGJANmtclIGAAAAAElFTkSuQmCC',
  'base64',
);

test('a profile is seen by whom it is for', async ({ page, signIn, visit, accessible, colleague, scripted, unique }) => {
  // Helen is of the library above their branches: a colleague, and not of the same organisation.
  const [person, name, other] = scripted ? ['bethan', 'Bethan Rees', 'helen'] : ['lucy', 'Lucy Fairweather', 'helen'];
  const words = `Ask me about local studies, ${unique}.`;
  await signIn(person);
  await visit('/me/profile');
  await page.getByLabel('Picture file', { exact: true }).setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('not a picture') });
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await expect(page.getByLabel('Picture file', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Picture file', { exact: true }).setInputFiles({ name: 'green.png', mimeType: 'image/png', buffer: GREEN });
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await expect(page.getByText('This is your picture now.')).toBeVisible();
  await page.getByLabel('Pronouns', { exact: true }).fill('she/her');
  await page.getByLabel('Pronouns: shown to').selectOption('Nobody');
  await page.getByLabel('A few words', { exact: true }).fill(words);
  await accessible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(words)).toBeVisible();
  await expect(page.getByText('she/her')).toBeVisible();
  await expect(page.locator('img.portrait')).toHaveJSProperty('naturalWidth', 256);
  await accessible();

  const looking = await colleague(other);
  await goTo(looking, '/people', scripted);
  await looking.getByRole('searchbox', { name: 'Name' }).fill(name.split(' ')[1]);
  await looking.getByRole('button', { name: 'Show' }).click();
  await expect(looking.getByRole('heading', { level: 2, name: '1 person' })).toBeVisible();
  await accessible(looking);
  await looking.getByRole('main').getByRole('link', { name }).click();
  await expect(looking.getByText(words)).toBeVisible();
  await expect(looking.getByText('she/her')).toHaveCount(0);
  await expect(looking.locator('img.portrait')).toHaveJSProperty('naturalWidth', 256);
});
