// Every page of the route table answers without JavaScript, and is valid HTML as
// the Nu validator reads it.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './fixtures';
import { address, routes, viewer } from './routes';

const VALIDATOR = join(__dirname, '../node_modules/vnu-jar/build/dist/vnu.jar');

interface Message {
  url: string;
  type: string;
  message: string;
  extract: string;
}

/** The framework's own mark between two texts. */
function isMarker({ message, extract }: Message) {
  return message === 'Bogus comment.' && extract.includes('<!>');
}

test('every page stands without JavaScript, and is valid HTML', async ({ page, signIn }, info) => {
  test.setTimeout(240_000);
  const pages = new Map<string, string>();
  for (const route of routes) {
    await page.context().clearCookies();
    const who = viewer(route);
    if (who) await signIn(who);
    const found = await address(page, route);
    const answer = (await page.goto(found!))!;
    expect.soft(answer.status(), route).toBe(200);
    await expect.soft(page.getByRole('main'), route).toBeVisible();
    await expect.soft(page, route).toHaveTitle(/./);
    const file = info.outputPath(`${pages.size}.html`);
    await writeFile(file, await answer.text());
    pages.set(`file:${file}`, route);
  }
  const java = await promisify(execFile)('java', ['-version']).catch(() => undefined);
  test.skip(!java, 'the validator needs Java');
  const asked = ['-Xss8m', '-jar', VALIDATOR, '--format', 'json', '--stdout', '--exit-zero-always'];
  const { stdout } = await promisify(execFile)('java', [...asked, info.outputDir], { maxBuffer: 64 * 1024 * 1024 });
  const { messages } = JSON.parse(stdout) as { messages: Message[] };
  expect(messages.length, 'the marks of the framework are seen').toBeGreaterThan(0);
  const faults = messages
    .filter(message => message.type !== 'info' && !isMarker(message))
    .map(({ url, message, extract }) => `${pages.get(url)}: ${message} ${extract}`);
  expect(faults).toEqual([]);
});
