// Letters that the server under test sent (post.mjs keeps them).
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** The newest letter to an address, once it is there. */
export async function letter(to: string): Promise<string> {
  const folder = process.env.E2E_POST!;
  const newest = () => existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith(` ${to}`)).sort().pop() : undefined;
  await expect.poll(newest, { message: `a letter to ${to}`, timeout: 45_000 }).toBeDefined();
  return readFileSync(join(folder, newest()!), 'utf8');
}

/** The path of the address in a letter that begins so. */
export function link(text: string, begins: string): string {
  const found = new RegExp(`https?://[^\\s/]+(${begins}\\S*)`).exec(text);
  if (!found) throw new Error(`no ${begins} in ${text}`);
  return found[1];
}
