// Keeps one page for when there is no connection. Before it stands the address
// of the style sheet: when that changes, what was kept is fetched anew.

const KEPT = `offline ${STYLE}`;
const FILES = ['/offline', STYLE].filter(Boolean);

addEventListener('install', event => {
  skipWaiting();
  event.waitUntil(caches.open(KEPT).then(kept => kept.addAll(FILES)));
});

addEventListener('activate', event => {
  const old = caches.keys().then(names => names.filter(name => name !== KEPT));
  event.waitUntil(old.then(names => Promise.all(names.map(name => caches.delete(name)))));
});

addEventListener('fetch', event => {
  const { request } = event;
  const page = request.mode === 'navigate' && request.method === 'GET';
  if (!page && new URL(request.url).pathname !== STYLE) return;
  const kept = async () => (await caches.match(page ? '/offline' : STYLE)) ?? Response.error();
  event.respondWith(fetch(request).catch(kept));
});
