// A mail server for the browser tests: keeps each letter as a file.
//   node post.mjs PORT FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const [port, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
let number = 0;

createServer(socket => {
  let rest = '';
  let letter = [];
  let reading = false;
  let to = '';
  const say = words => socket.write(`${words}\r\n`);
  const hear = line => {
    if (reading) {
      if (line !== '.') return void letter.push(line.replace(/^\./, ''));
      reading = false;
      number += 1;
      // A long line goes on after a soft break (RFC 2045 §6.7).
      writeFileSync(join(folder, `${String(number).padStart(4, '0')} ${to}`), letter.join('\n').replaceAll('=\n', ''));
      letter = [];
      return void say('250 taken');
    }
    const command = line.toUpperCase();
    if (command.startsWith('RCPT TO:')) to = line.slice(8).replace(/[<>]/g, '').split(' ')[0].replaceAll('/', '_');
    if (command === 'DATA') {
      reading = true;
      return void say('354 go on');
    }
    if (command === 'QUIT') return void socket.end('221 bye\r\n');
    say('250 ok');
  };
  socket.on('error', () => {});
  socket.on('data', data => {
    const lines = (rest + data).split('\r\n');
    rest = lines.pop();
    lines.forEach(hear);
  });
  say('220 post');
}).listen(Number(port), '127.0.0.1');
