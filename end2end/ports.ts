// Free ports for the servers of the browser tests.
import { execFileSync } from 'node:child_process';

// Below those that a system gives to outgoing connections: between being found
// and being listened on, such a one may be taken by any connection.
const LOWEST = 20_000;
const HIGHEST = 32_000;

// A number would be written in colour.
const TRY = `
  const server = require('node:net').createServer();
  const next = left => {
    const port = ${LOWEST} + Math.floor(Math.random() * ${HIGHEST - LOWEST});
    server.once('error', error => { if (left === 0) throw error; next(left - 1); });
    server.listen(port, '127.0.0.1', () => { process.stdout.write(String(port)); server.close(); });
  };
  next(50);`;

/** A port on which nothing listens, in a process of its own so that configuration can wait for it. */
export function aFreePort(): string {
  return execFileSync(process.execPath, ['-e', TRY]).toString().trim();
}
