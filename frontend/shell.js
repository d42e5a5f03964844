// What the browser adds around all pages: single keys, a bar while something
// loads, a banner while there is no connection, one's place on going back, and
// what is unread on the favicon. Nothing depends on it.

const root = document.documentElement;
const find = (query, within = document) => within.querySelector(query);

// Keys, as /display lists them.

const places = { t: '/', i: '/index', c: '/courses', g: '/groups', m: '/me', p: '/me/plan', r: '/resources', d: '/display' };
const focusable = 'a[href], button, summary';

const items = () =>
  [...document.querySelectorAll('main :is(.rows > li, .post, .tree .tree-line)')].filter(item => item.checkVisibility());
const current = all => all.findLastIndex(item => item.contains(document.activeElement));

function step(by) {
  const all = items();
  const at = current(all);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  if (!next) return;
  const link = next.matches('.post, .tree *') ? null : find(focusable, next);
  if (!link && next.tabIndex < 0) next.tabIndex = -1;
  (link ?? next).focus();
}

function open() {
  const all = items();
  const here = document.activeElement;
  if (here.matches(`main :is(${focusable})`)) here.click();
  else find(focusable, all[current(all)] ?? root.cloneNode())?.click();
}

function reply() {
  const text = find('main .composer textarea') ?? find('main #start-body');
  if (!text) return;
  const fold = text.closest('details');
  if (fold) fold.open = true;
  text.focus();
}

// By a link, so that the page changes without reloading.
function go(address) {
  const link = document.createElement('a');
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
}

async function help() {
  if (find('dialog[open]')) return;
  try {
    const page = new DOMParser().parseFromString(await (await fetch('/display')).text(), 'text/html');
    const dialog = document.createElement('dialog');
    dialog.className = 'dialog';
    dialog.setAttribute('aria-label', 'Keys');
    const close = document.createElement('button');
    close.className = 'button';
    close.textContent = 'Close';
    close.onclick = () => dialog.close();
    dialog.append(...document.importNode(find('#keys', page), true).childNodes, close);
    dialog.onclose = () => dialog.remove();
    document.body.append(dialog);
    dialog.showModal();
    close.focus();
  } catch {
    go('/display');
  }
}

// Where the header has no room for it, its page has the field.
function search() {
  const box = [find('#search-own'), find('.search input')].find(field => field?.checkVisibility());
  if (!box) return go('/search#search-own');
  box.focus();
  box.select();
}

const actions = { '/': search, j: () => step(1), k: () => step(-1), o: open, r: reply, '?': help };
let going = 0;

addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'k') {
    event.preventDefault();
    search();
  }
  if (root.dataset.keys === 'off' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.isComposing) return;
  // What a page says it has a key for; among choices nothing is typed.
  if (!event.target.closest?.('input:not([type="radio"]), textarea, select, dialog, [contenteditable]') && event.key.length === 1) {
    const own = find(`main [aria-keyshortcuts~="${CSS.escape(event.key)}"]`);
    if (own) {
      event.preventDefault();
      own.click();
      if (own.matches('input')) own.focus();
      return;
    }
  }
  if (event.target.closest?.('input, textarea, select, dialog, [contenteditable]')) return;
  const after = Date.now() - going < 1500;
  going = !after && event.key === 'g' ? Date.now() : 0;
  const action = after ? places[event.key] && (() => go(places[event.key])) : actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// Searching changes the page as a link does, once links do.
addEventListener('submit', event => {
  if (!event.target.matches('.search, .search-form, .combobox') || !('hydrated' in root.dataset)) return;
  event.preventDefault();
  const address = new URL(event.target.action);
  address.search = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value));
  go(address.href);
});

// What is under way, and whether there is a connection.

const fetchNow = window.fetch.bind(window);
const banner = find('#connection');
const bar = find('#busy');
let waiting = 0;
let probe = 0;

function show(by) {
  waiting += by;
  bar.hidden = !waiting || !('hydrated' in root.dataset);
}

function lost() {
  if (probe) return;
  banner.textContent = 'No connection. What you typed stays on this page; Carrel tries again every few seconds.';
  probe = setInterval(ask, 4000);
}

function back() {
  if (!probe) return;
  clearInterval(probe);
  probe = 0;
  banner.textContent = 'Connected again.';
  find('main [data-lost]')?.click();
  setTimeout(() => probe || (banner.textContent = ''), 4000);
}

const ask = () => fetchNow('/healthz', { cache: 'no-store' }).then(answer => answer.ok && back(), () => {});

window.fetch = async (...request) => {
  let slow = setTimeout(() => ((slow = 0), show(1)), 350);
  try {
    const answer = await fetchNow(...request);
    back();
    return answer;
  } catch (error) {
    if (error.name !== 'AbortError') lost();
    throw error;
  } finally {
    if (slow) clearTimeout(slow);
    else show(-1);
    setTimeout(unread, 400);
  }
};

addEventListener('offline', lost);
addEventListener('online', ask);

// What is unread.

function unread() {
  const count = find('.rail a[href="/groups"] .count');
  const icon = find('link[rel="icon"]');
  const address = `/favicon.svg${count ? `?unread=${parseInt(count.textContent) || 1}` : ''}`;
  if (icon.getAttribute('href') !== address) icon.href = address;
}

// Where one was: a page that is loaded again may be short for a moment.

// Of each entry of the history, where the browser tells them apart.
const spots = JSON.parse(sessionStorage.getItem('spots') ?? '{}');
const MOST_SPOTS = 50;
const entry = () => window.navigation?.currentEntry?.key ?? location.href;
let settling = false;

function note(at) {
  if (settling || at !== entry()) return;
  delete spots[at];
  spots[at] = scrollY;
  for (const old of Object.keys(spots).slice(0, -MOST_SPOTS)) delete spots[old];
}

// Noted once it rests: going on scrolls up before the address changes.
let resting;
addEventListener('scroll', () => {
  const at = entry();
  clearTimeout(resting);
  resting = setTimeout(note, 100, at);
}, { passive: true });
addEventListener('pagehide', () => sessionStorage.setItem('spots', JSON.stringify(spots)));
for (const touch of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
  addEventListener(touch, () => (settling = false), { passive: true });
}
addEventListener('popstate', () => {
  const spot = spots[entry()];
  if (location.hash || spot === undefined) return;
  settling = true;
  let until = performance.now() + 3000;
  const settle = now => {
    if (scrollY !== spot) scrollTo(0, spot);
    else until = Math.min(until, now + 700);
    if (settling && now < until) requestAnimationFrame(settle);
    else settling = false;
  };
  requestAnimationFrame(settle);
});

// A page for when there is no connection is kept, once nothing else is to do.

addEventListener('load', () => setTimeout(() => navigator.serviceWorker?.register('/offline.js').catch(() => {}), 2000), { once: true });
