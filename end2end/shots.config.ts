// `make shots`: not a test, but the same server and browser.
import config from './playwright.config';

export default {
  ...config,
  testMatch: 'shots.ts',
  fullyParallel: false,
  reporter: [['list']],
  projects: [{ name: 'shots' }],
} satisfies typeof config;
