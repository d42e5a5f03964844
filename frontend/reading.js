// Keys in trees, passages to ask about, and the sheet of talk on a phone. It
// works on whatever page stands in the document, by what bubbles up to it;
// without it all of this is links and forms.

const narrow = matchMedia('(width < 60em)');
const hydrated = () => 'hydrated' in document.documentElement.dataset;
const byId = id => document.getElementById(id);

// ---- Trees ------------------------------------------------------------------

let typed = '';
let forget;
let passed = 0; // when `g` was let through, after which another key says where to go

function lines(tree) {
  return [...tree.querySelectorAll('.tree-line')].filter(line => line.checkVisibility());
}

function branch(line) {
  return line.matches('summary') ? line.parentElement : null;
}

function above(line) {
  const inside = branch(line) ?? line;
  return inside.parentElement.closest('details')?.querySelector('summary')
    ?? line.closest('li')?.parentElement.closest('li')?.querySelector('.tree-line');
}

// In an outline that is written the page opens and closes lines: whether one is `open`
// or `closed`; nothing for what has nothing beneath it.
function written(line) {
  return line.parentElement.querySelector('.tree-toggle')?.dataset.is;
}

function found(all, at, letters) {
  const words = line => line.textContent.trim().replace(/\s+/g, ' ').toLowerCase();
  const text = line => line.querySelector('.tree-text')?.textContent.trim().toLowerCase() ?? '';
  const first = letters.length > 1 ? at : at + 1;
  return all.map((_, step) => all[(first + step) % all.length]).find(line => words(line).startsWith(letters) || text(line).startsWith(letters));
}

function inTree(event, line) {
  const all = lines(line.closest('.tree'));
  const at = all.indexOf(line);
  const details = branch(line);
  switch (event.key) {
    case 'ArrowDown': return all[at + 1];
    case 'ArrowUp': return all[at - 1];
    case 'Home': return all[0];
    case 'End': return all.at(-1);
    case 'ArrowRight':
      if (details?.open || written(line) === 'open') return all[at + 1];
      if (details) details.open = true;
      return line;
    case 'ArrowLeft':
      if (written(line) === 'open') return line;
      if (!details?.open) return above(line);
      details.open = false;
      return line;
  }
  const going = Date.now() - passed < 1500;
  passed = 0;
  if (event.key.length !== 1 || ' /?'.includes(event.key) || going) return undefined;
  clearTimeout(forget);
  forget = setTimeout(() => { typed = ''; }, 700);
  typed += event.key.toLowerCase();
  const to = found(all, at, typed);
  // What no line begins with is left to the keys of all pages.
  if (!to) {
    typed = '';
    passed = event.key === 'g' ? Date.now() : 0;
  }
  return to;
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  // From the menu of a line the arrows go on as from the line itself.
  const menu = /^(Arrow|Home|End)/.test(event.key) && event.target.closest?.('.tree .menu:not([open]) > summary');
  const line = menu ? menu.closest('li').querySelector('.tree-line') : event.target.closest?.('.tree .tree-line');
  const to = line && inTree(event, line);
  if (to) {
    event.preventDefault();
    to.focus();
  }
});

// ---- Menus of lines, which close as others do: an outline has too many to listen each

const openMenu = '.tree-edited details.menu[open]';

document.addEventListener('click', event => {
  for (const menu of document.querySelectorAll(openMenu)) menu.open = menu.contains(event.target);
});

document.addEventListener('keydown', event => {
  const menu = event.key === 'Escape' && event.target.closest?.(openMenu);
  if (!menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

// ---- The sheet --------------------------------------------------------------

// On a phone the talk lies in a dialog while it is open, else at its place.
function openSheet() {
  const [sheet, talk] = [byId('talk-sheet'), byId('talk')];
  if (!sheet || !talk || !narrow.matches || !hydrated() || sheet.open) return;
  const place = talk.parentElement;
  sheet.append(talk);
  sheet.showModal();
  sheet.addEventListener('close', () => { if (sheet.contains(talk)) place.append(talk); }, { once: true });
}
narrow.addEventListener('change', () => byId('talk-sheet')?.close());

function show(target) {
  const fold = target.closest('details');
  if (fold) fold.open = true;
  if (byId('talk')?.contains(target)) openSheet();
  const field = target.id === 'ask' && (byId('start-title') ?? target.querySelector('a, button'));
  const to = field || target;
  if (!field && !to.hasAttribute('tabindex')) to.setAttribute('tabindex', '-1');
  to.focus({ preventScroll: true });
  // The sheet begins with its own head, which is not to be scrolled past.
  const sheet = target.id === 'talk' && target.closest('dialog[open]');
  if (sheet) sheet.scrollTop = 0;
  else to.scrollIntoView({ block: field ? 'center' : 'start' });
}

document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href^="#talk"], a[href="#ask"], a[href^="#passage-"]');
  const target = link && byId(link.hash.slice(1));
  if (!target || !hydrated()) return;
  event.preventDefault();
  if (link.hash.startsWith('#passage-')) byId('talk-sheet')?.close();
  show(target);
});

// ---- What is seen of the talk, which then counts as read ---------------------------

const watched = new IntersectionObserver(entries => {
  if (entries.some(entry => entry.isIntersecting)) dispatchEvent(new Event('talk-seen'));
});

// The page says when it is there, and listens.
document.addEventListener('talk-there', () => {
  watched.disconnect();
  if (byId('talk')) watched.observe(byId('talk'));
});
if (byId('talk')) watched.observe(byId('talk'));

// ---- Asking about a passage -------------------------------------------------

const LONGEST = 1000;
let button;
let words = '';

function asking() {
  if (!button) {
    button = document.createElement('button');
    button.type = 'button';
    button.className = 'button small ask-here';
    button.textContent = 'Ask about this';
    button.addEventListener('pointerdown', event => event.preventDefault());
    button.addEventListener('click', () => {
      const field = byId('start-quote');
      field.value = words;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      getSelection().removeAllRanges();
      button.hidden = true;
      show(byId('ask'));
    });
    document.body.append(button);
  }
  return button;
}

function offer() {
  const selection = getSelection();
  const area = document.querySelector('[data-askable]');
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  words = range ? selection.toString().replace(/\s+/g, ' ').trim() : '';
  const fits = area && range && byId('start-quote') && area.contains(range.commonAncestorContainer);
  if (!fits || words.length < 3 || words.length > LONGEST) {
    if (button) button.hidden = true;
    return;
  }
  const box = range.getBoundingClientRect();
  const here = asking();
  here.hidden = false;
  const most = document.documentElement.clientWidth - here.offsetWidth - 8;
  here.style.insetInlineStart = `${Math.max(8, Math.min(box.left + scrollX, most))}px`;
  here.style.insetBlockStart = `${box.bottom + scrollY + 8}px`;
}

let later;
document.addEventListener('selectionchange', () => {
  clearTimeout(later);
  later = setTimeout(offer, 150);
});

// ---- Copying ----------------------------------------------------------------

document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy]');
  const text = button && byId(button.dataset.copy)?.textContent;
  if (!text) return;
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(byId(button.dataset.copy));
    button.textContent = 'Selected';
  }
  setTimeout(() => { button.textContent = before; }, 2000);
});
