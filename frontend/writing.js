// What helps with writing Markdown: marks put in by the toolbar of a composer,
// pictures, and links to pages and people, found while one types. `fields.js` asks for it where
// somebody begins to write; without it all of this can be typed.

const root = document.documentElement;
const LEAST = 2; // letters

let fill; // shows what is offered, as comboboxes do
let point; // and points to one of it
let box; // what is offered: { input, from, list, options, at }
let left; // where an offer was put away
let asking;
let soon;

const toolsOf = area => (area?.localName === 'textarea' ? area.closest('.field')?.querySelector('.composer-tools') : undefined);

// ---- Marks ------------------------------------------------------------------

const AROUND = { bold: ['**', '**'], italic: ['*', '*'], link: ['[', '](https://)'], code: ['`', '`'] };
const BEFORE = { quote: '> ', list: '- ' };
const BEGINS = { page: '[[', person: '@' };

function put(area, from, to, text) {
  area.focus();
  area.setSelectionRange(from, to);
  // What a command wrote can be undone by the browser's own key.
  if (document.execCommand('insertText', false, text)) return;
  area.setRangeText(text, from, to, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

function mark(area, name) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const words = value.slice(from, to);
  if (name === 'picture') {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept: PICTURES.join(), multiple: true });
    input.addEventListener('change', () => sendAll(area, input.files));
    input.click();
    return;
  }
  if (BEGINS[name]) {
    // What is chosen is looked for; a name begins a word.
    const apart = /\S$/.test(value.slice(0, from)) ? ' ' : '';
    put(area, from, to, apart + BEGINS[name] + words);
    return;
  }
  if (BEFORE[name]) {
    const start = value.slice(0, from).lastIndexOf('\n') + 1;
    put(area, start, to, value.slice(start, to).replace(/^/gm, BEFORE[name]));
    return;
  }
  const [before, after] = name === 'code' && words.includes('\n') ? ['```\n', '\n```'] : AROUND[name];
  put(area, from, to, before + words + after);
  // The address of a link is typed next; other words stay chosen.
  const at = from + before.length;
  if (name === 'link' && words) area.setSelectionRange(at + words.length + 2, at + words.length + after.length - 1);
  else area.setSelectionRange(at, at + words.length);
}

// ---- Pictures: pasted, dropped or chosen --------------------------------------

const PICTURES = ['image/jpeg', 'image/png', 'image/webp'];
const PLACES = ['thread', 'group', 'course'];

// What is said of a picture stands beneath the text, for everyone to read.
function tell(area, words, refused = false) {
  const id = `${area.id}-picture`;
  let said = document.getElementById(id);
  if (!said) {
    said = document.createElement('p');
    said.id = id;
    said.setAttribute('role', 'status');
    area.after(said);
    area.setAttribute('aria-describedby', `${id} ${area.getAttribute('aria-describedby') ?? ''}`);
  }
  said.className = refused ? 'field-error' : 'field-hint';
  said.textContent = words;
}

async function sendPicture(area, file) {
  const address = new URL('/pictures', location);
  for (const name of PLACES) {
    const { value } = area.form?.elements[name] ?? {};
    if (value) address.searchParams.set(name, value);
  }
  const body = new FormData();
  body.set('file', file);
  try {
    const answer = await fetch(address, { method: 'POST', body, headers: { accept: 'application/json' } });
    if (answer.status === 429) return { error: 'You have sent many pictures today. Send this one tomorrow.' };
    return await answer.json();
  } catch {
    return { error: 'The picture did not arrive. What you wrote is still here; send it again.' };
  }
}

// One after the other; what each shows is asked for where it is put in.
async function sendAll(area, files) {
  for (const [at, file] of [...files].entries()) {
    tell(area, 'The picture is being sent.');
    const before = area.value;
    const { markdown, error } = await sendPicture(area, file);
    if (!markdown) return tell(area, error, true);
    const { selectionStart: from, selectionEnd: to, value } = area;
    if (area.maxLength >= 0 && value.length - (to - from) + markdown.length > area.maxLength) return tell(area, 'The text is too long for this picture.', true);
    put(area, from, to, markdown);
    tell(area, 'The picture is in the text. Write what it shows in place of the words in brackets.');
    // Whoever has gone on writing writes it later.
    if (value === before && at === files.length - 1) area.setSelectionRange(from + 2, from + markdown.indexOf(']('));
  }
}

// A text comes with its words, though a picture of it may be there too.
function picturesOf(event, data) {
  const takes = 'hydrated' in root.dataset && toolsOf(event.target)?.dataset.pictures !== undefined;
  return takes && !data?.types.includes('text/plain') ? [...(data?.files ?? [])] : [];
}

for (const [name, of] of [['paste', 'clipboardData'], ['drop', 'dataTransfer']]) addEventListener(name, event => {
  const files = picturesOf(event, event[of]);
  if (!files.length) return;
  event.preventDefault();
  sendAll(event.target, files);
});

addEventListener('dragover', event => {
  if (event.dataTransfer?.types.includes('Files') && toolsOf(event.target)?.dataset.pictures !== undefined) event.preventDefault();
});

// ---- Links to pages and people: a listbox beneath the text ----------------------

const LINK = /\[\[([^[\]]{0,80})$/;
const NAME = /(?<![\p{L}\p{N}_@./\[\]])@([\p{L}\p{N}'’.-]{0,40}(?: [\p{L}\p{N}'’.-]{1,40}){0,2})$/u;

// What stands before the caret that can be completed.
function begun(area) {
  const { selectionStart: at, selectionEnd: to, value } = area;
  if (at !== to) return undefined;
  const { links, people } = toolsOf(area).dataset;
  const line = value.slice(0, at).split('\n').at(-1);
  const link = links && LINK.exec(line);
  if (link) return { from: at - link[0].length, words: link[1], address: links };
  const name = people && NAME.exec(line);
  return name ? { from: at - name[0].length, words: name[1], address: people, sign: '@' } : undefined;
}

// What assistive technology must know of it is there once it works. A text of
// several lines is no combobox, but says that it has a list.
function prepare(area) {
  const id = `${area.id}-offers`;
  const known = document.getElementById(id);
  if (known) return known;
  const place = document.createElement('div');
  place.className = 'composer-offers';
  const list = document.createElement('ul');
  list.id = id;
  list.className = 'combobox-list';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'What fits');
  const said = document.createElement('p');
  said.className = 'visually-hidden';
  said.setAttribute('role', 'status');
  place.append(list, said);
  area.after(place);
  const facts = { 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-controls': id };
  for (const [name, value] of Object.entries(facts)) area.setAttribute(name, value);
  return list;
}

const say = (area, words) => { prepare(area).nextElementSibling.textContent = words; };

function close() {
  clearTimeout(soon);
  asking?.abort();
  if (!box) return;
  box.list.hidden = true;
  box.list.replaceChildren();
  box.input.removeAttribute('aria-activedescendant');
  say(box.input, '');
  box = undefined;
}

function offer(area, what, options) {
  close();
  if (!options.length) {
    say(area, 'Nothing fits what you typed.');
    return;
  }
  const list = prepare(area);
  fill(list, options, what.words);
  list.hidden = false;
  box = { input: area, list, options, from: what.from, sign: what.sign ?? '' };
  say(area, `${options.length} offered. Enter puts one in, the arrow keys choose, Escape goes on without.`);
  point(box, 0);
}

async function ask(area, what) {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(what.address, location);
  address.searchParams.set('q', what.words);
  // Where it will stand says who reads it.
  for (const name of what.sign ? ['thread', 'group'] : []) {
    const { value } = area.form?.elements[name] ?? {};
    if (value) address.searchParams.set(name, value);
  }
  try {
    const answer = await fetch(address, { headers: { accept: 'application/json' }, signal: asking.signal });
    if (!answer.ok) return;
    const options = await answer.json();
    if (document.activeElement === area && begun(area)?.from === what.from) offer(area, what, options);
  } catch {
    // Without an answer it is the text that it was.
  }
}

// What stands for a link in a post, which the server knows once it is posted: a
// name, a title, or the code that was typed, where nothing else is called so.
function short({ input, options, sign }, at, words) {
  const { href, code, title } = options[at];
  const only = (name, value) => options.filter(option => option[name] === value).length === 1;
  if (!toolsOf(input).dataset.people || /[[\]]/.test(title)) return undefined;
  if (sign) return only('title', title) ? `@${title} ` : undefined;
  if (href.startsWith('/groups/')) return undefined;
  const typed = words.trim().toLowerCase();
  if (code && typed && code.toLowerCase().startsWith(typed)) return only('code', code) ? `[[${code}]] ` : undefined;
  return only('title', title) ? `[[${title}]] ` : undefined;
}

// Signs that Markdown would read as marks stay signs.
const escaped = text => text.replace(/[\\`*_~[\]<>&|]/g, '\\$&');

function choose(at) {
  const { input: area, from, options, sign } = box;
  const { href, code, title } = options[at];
  const to = area.selectionStart;
  const link = short(box, at, begun(area)?.words ?? '') ?? `[${sign}${escaped(code ? `${code} ${title}` : title)}](${href}) `;
  close();
  if (area.maxLength >= 0 && area.value.length - (to - from) + link.length > area.maxLength) say(area, 'The text is too long for this link.');
  else put(area, from, to, link);
}

addEventListener('input', event => {
  const area = event.target;
  if (!toolsOf(area) || !('hydrated' in root.dataset)) return;
  clearTimeout(soon);
  const what = begun(area);
  if (what?.from !== left) left = undefined;
  if (!what || what.from === left || what.words.trim().length < LEAST) close();
  else soon = setTimeout(() => ask(area, what), 120);
});

addEventListener('keydown', event => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.target !== box?.input) return;
  if (event.key === 'ArrowDown') point(box, box.at + 1);
  else if (event.key === 'ArrowUp') point(box, box.at - 1);
  else if (event.key === 'Enter' && !event.shiftKey) choose(box.at);
  else if (event.key === 'Escape') {
    left = box.from;
    close();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

// Whoever goes elsewhere in the text goes on without.
document.addEventListener('selectionchange', () => {
  if (box && begun(box.input)?.from !== box.from) close();
});

addEventListener('focusout', event => {
  if (event.target === box?.input) close();
});

addEventListener('click', event => {
  const line = event.target.closest?.('.composer-offers .combobox-list > li');
  if (line && box) choose([...box.list.children].indexOf(line));
});

// Begins, with what comboboxes show and point to things by; answers with what a tool does.
export function begin(filling, pointing) {
  [fill, point] = [filling, pointing];
  return tool => mark(document.getElementById(tool.parentElement.getAttribute('aria-controls')), tool.dataset.mark);
}
