// What fields can do beyond HTML: offer what fits while one types, help with
// writing, and show how far a file has got. Without it they are plain forms.

// ---- Finding one of many: the ARIA pattern of a combobox with a listbox -------

const LEAST = 2; // letters
let box; // the open one: { form, input, list, options, at }
let asking;
let soon;

const isField = target => target.matches?.('[data-hydrated] form[data-suggest] input[name="q"]');

// What assistive technology must know of it is there once it works.
function prepare(input) {
  const id = `${input.id}-list`;
  const known = document.getElementById(id);
  if (known) return known;
  const list = document.createElement('ul');
  list.id = id;
  list.className = 'combobox-list';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.form.getAttribute('aria-label'));
  const said = document.createElement('p');
  said.className = 'visually-hidden';
  said.setAttribute('role', 'status');
  const facts = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id };
  for (const [name, value] of Object.entries(facts)) input.setAttribute(name, value);
  input.parentElement.append(list, said);
  return list;
}

function close() {
  clearTimeout(soon);
  asking?.abort();
  if (!box) return;
  box.list.hidden = true;
  box.list.replaceChildren();
  box.input.setAttribute('aria-expanded', 'false');
  box.input.removeAttribute('aria-activedescendant');
  box = undefined;
}

// The beginnings of words that were typed stand out.
function marked(text, words) {
  const pieces = document.createDocumentFragment();
  for (const part of text.split(/(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])/u)) {
    const lower = part.toLowerCase();
    const begun = words.filter(word => lower.startsWith(word)).reduce((longest, word) => Math.max(longest, word.length), 0);
    if (begun) {
      const mark = document.createElement('mark');
      mark.textContent = part.slice(0, begun);
      pieces.append(mark);
    }
    pieces.append(part.slice(begun));
  }
  return pieces;
}

function option(one, at, id, words) {
  const line = document.createElement('li');
  line.id = `${id}-${at}`;
  line.setAttribute('role', 'option');
  line.setAttribute('aria-selected', 'false');
  if (one.language) line.lang = one.language;
  const title = document.createElement('span');
  title.append(marked(one.code ? `${one.code} ${one.title}` : one.title, words));
  line.append(title);
  if (one.place) {
    const place = document.createElement('small');
    place.textContent = one.place;
    line.append(' ', place);
  }
  return line;
}

function fill(list, options, typed) {
  const words = typed.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  list.replaceChildren(...options.map((one, at) => option(one, at, list.id, words)));
}

function offer(form, input, options) {
  const list = prepare(input);
  fill(list, options, input.value);
  const some = options.length > 0;
  list.hidden = !some;
  input.setAttribute('aria-expanded', String(some));
  input.removeAttribute('aria-activedescendant');
  list.nextElementSibling.textContent = some ? `${options.length} offered, choose with the arrow keys.` : 'Nothing fits what you typed.';
  box = some ? { form, input, list, options, at: -1 } : undefined;
  if (some) list.scrollIntoView({ block: 'nearest' });
}

async function ask(form, input) {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(form.dataset.suggest, location);
  address.searchParams.set('q', input.value);
  try {
    const answer = await fetch(address, { headers: { accept: 'application/json' }, signal: asking.signal });
    if (answer.ok && document.activeElement === input) offer(form, input, await answer.json());
  } catch {
    // Without an answer it is the search form that it was.
  }
}

function point(box, at) {
  const { input, list, options } = box;
  box.at = (at + options.length) % options.length;
  [...list.children].forEach((line, of) => line.setAttribute('aria-selected', String(of === box.at)));
  const line = list.children[box.at];
  input.setAttribute('aria-activedescendant', line.id);
  line.scrollIntoView({ block: 'nearest' });
}

// By a link, so that the page changes without reloading.
function choose(at) {
  const { form, input, options } = box;
  const { id, word } = options[at];
  close();
  input.value = word;
  const link = document.createElement('a');
  link.href = form.dataset.to.replace('{id}', encodeURIComponent(id)).replace('{word}', encodeURIComponent(word));
  document.body.append(link);
  link.click();
  link.remove();
}

addEventListener('focusin', event => {
  if (isField(event.target)) prepare(event.target);
  else if (box && !box.form.contains(event.target)) close();
});

addEventListener('focusout', event => {
  if (event.target === box?.input || isField(event.target)) close();
});

addEventListener('input', event => {
  const input = event.target;
  if (!isField(input)) return;
  clearTimeout(soon);
  if (input.value.trim().length < LEAST) close();
  else soon = setTimeout(() => ask(input.form, input), 120);
});

addEventListener('keydown', event => {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const input = event.target;
  if (!isField(input)) return;
  const open = box?.input === input;
  if (!open) {
    if (event.key === 'Escape') close();
    if (event.key === 'ArrowDown' && input.value.trim().length >= LEAST) {
      event.preventDefault();
      ask(input.form, input);
    }
    return;
  }
  if (event.key === 'ArrowDown') point(box, box.at + 1);
  else if (event.key === 'ArrowUp') point(box, Math.max(box.at, 0) - 1);
  else if (event.key === 'Enter' && box.at >= 0) choose(box.at);
  else if (event.key === 'Escape') close();
  else return;
  event.preventDefault();
}, true);

// Who sends it has typed: the page answers, and what was still asked for would
// lie over its answer.
addEventListener('submit', event => {
  if (event.target.matches('form[data-suggest]')) close();
}, true);

// The field keeps the focus while one points.
addEventListener('pointerdown', event => {
  if (event.target.closest?.('.combobox-list')) event.preventDefault();
});

addEventListener('click', event => {
  const line = event.target.closest?.('.combobox-list > li');
  if (line && box) choose([...box.list.children].indexOf(line));
});

// ---- Writing: a composer's toolbar, and what is downloaded where somebody writes --

let writing;

function writingHelp() {
  writing ??= import('./writing.js').then(({ begin }) => begin(fill, point)).catch(() => { writing = undefined; });
  return writing;
}

// Pictures are dropped where nobody has begun to write, too.
for (const begun of ['focusin', 'dragenter']) addEventListener(begun, event => {
  if (event.target.closest?.('.field')?.querySelector('.composer-tools')) writingHelp();
});

const toolOf = target => target.closest?.('[data-mark]');

addEventListener('click', async event => {
  const tool = toolOf(event.target);
  if (tool) (await writingHelp())?.(tool);
});

addEventListener('keydown', event => {
  const tool = toolOf(event.target);
  const by = tool && { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const tools = [...tool.parentElement.children];
  const next = tools.at((tools.indexOf(tool) + by) % tools.length);
  tool.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

// ---- Sending a file -----------------------------------------------------------

const MB = 1_000_000;

function sent(form, progress, event) {
  const share = event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0;
  progress.value = share;
  const words = share < 100 ? `Sending: ${(event.loaded / MB).toFixed(1)} of ${(event.total / MB).toFixed(1)} MB` : 'Sent. It is being read …';
  // Ten times at most: it is read aloud.
  const said = progress.nextElementSibling;
  if (share === 100 || share >= Number(said.dataset.share ?? -10) + 10) {
    said.textContent = words;
    said.dataset.share = share;
  }
}

// Sent from here, so that one sees how far it has got; then on to where the
// answer leads, as the browser would go.
addEventListener('submit', event => {
  const form = event.target;
  const progress = form.querySelector('.upload progress');
  // What is changed before the page is hydrated, hydration does not know.
  if (!form.closest('[data-hydrated]') || form.method !== 'post' || !progress || event.defaultPrevented || !form.querySelector('input[type="file"]')?.files.length) return;
  event.preventDefault();
  const button = form.querySelector('button[type="submit"]');
  const said = progress.nextElementSibling;
  const request = new XMLHttpRequest();
  const failed = () => {
    button.disabled = false;
    progress.parentElement.hidden = true;
    form.querySelector('input[type="file"]').closest('.field').querySelector('.field-error').textContent =
      'The file did not arrive. Nothing was saved; send it again.';
  };
  request.upload.onprogress = step => sent(form, progress, step);
  request.onload = () => (request.status < 500 || request.responseURL !== form.action ? location.assign(request.responseURL) : failed());
  request.onerror = failed;
  progress.parentElement.hidden = false;
  said.textContent = 'Sending …';
  button.disabled = true;
  request.open('POST', form.action);
  request.send(new FormData(form, event.submitter));
});

// Coming back to the page finds the form as it was.
addEventListener('pageshow', event => {
  if (!event.persisted) return;
  for (const upload of document.querySelectorAll('form .upload')) {
    upload.hidden = true;
    upload.closest('form').querySelector('button[type="submit"]').disabled = false;
  }
});
