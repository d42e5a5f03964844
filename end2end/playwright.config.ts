// Browser tests: every spec runs with JavaScript and without, except those
// named *.hydrate.spec.ts, which are about what JavaScript adds, and
// *.plain.spec.ts, which are about what the server sends.
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { aFreePort } from './ports';

// The workers load this file again and take what the first one chose.
const port = (process.env.E2E_PORT ??= aFreePort());
const post = (process.env.E2E_POST_PORT ??= aFreePort());
const letters = (process.env.E2E_POST ??= join(tmpdir(), `carrel-e2e-${port}-letters`));
const provider = (process.env.E2E_PROVIDER_PORT ??= aFreePort());
const secret = (process.env.E2E_PROVIDER_SECRET ??= randomBytes(16).toString('hex'));
const passwords = (process.env.E2E_PASSWORDS ??= join(tmpdir(), `carrel-e2e-${port}.tsv`));

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results/files',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  globalTimeout: 35 * 60_000,
  // What fails once and then passes is named at the end of `make test`, to be mended.
  retries: 1,
  forbidOnly: !!process.env.NO_SKIPS,
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-quic',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    // Of failures only means that one is taken of every page, and thrown away where it passed.
    screenshot: process.env.E2E_TRACE ? 'only-on-failure' : 'off',
    // Recording costs a third of the time; E2E_TRACE=1 records and shows what fails.
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
  },
  projects: [
    { name: 'javascript', testIgnore: /\.plain\.spec\.ts$/ },
    { name: 'plain', testIgnore: /\.hydrate\.spec\.ts$/, use: { javaScriptEnabled: false } },
  ],
  webServer: [
    {
      command: `../scripts/serve-for-tests ${port} ${passwords}`,
      url: `http://127.0.0.1:${port}/readyz`,
      env: { CARREL_SMTP: `smtp://127.0.0.1:${post}`, CARREL_MAIL_FROM: 'Carrel <carrel@riverside.example>', CARREL_PRIVATE_ADDRESSES: 'true' },
      timeout: 120_000,
      stdout: 'ignore',
      stderr: 'pipe',
      gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    },
    { command: `node post.mjs ${post} ${letters}`, port: Number(post) },
    {
      command: `node provider.mjs ${provider} carrel ${secret} ${['javascript', 'plain'].map(name => `http://127.0.0.1:${port}/sign-in/with/state-library-${name}/answer`).join(' ')}`,
      port: Number(provider),
      stderr: 'ignore',
    },
  ],
});
