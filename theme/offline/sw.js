// Keeps what was read, so that it can be read again without a network. A page comes from the
// network while there is one: nobody sees an old page. What has a hash in its name never changes and
// comes from the cache. The build writes the version, the files of every page and the list of pages.
'use strict';

const { version, shell, pages } = {{book}};
// Other sites of the same host share the storage: the name says whose cache it is.
const OURS = `gd ${self.registration.scope} `;
const CACHE = OURS + version;
const HASHED = /-[0-9a-f]{8}(\.min)?\.\w+$/;
const KEPT = /(\/|\.(html|css|js|svg|png|woff2))$/;

/** The address that a request is kept under: a folder is its index, what follows ? and # is the page's own. */
const key = (address) => {
  const url = new URL(address, self.registration.scope);
  url.search = '';
  url.hash = '';
  if (url.pathname.endsWith('/')) url.pathname += 'index.html';
  return url.href;
};

const isKept = (address) => {
  const url = key(address);
  return url.startsWith(self.registration.scope) && KEPT.test(url);
};

const keep = async (cache, request, options) => {
  const response = await fetch(request, options);
  if (response.ok && !response.redirected) {
    // A full disk is no reason to show nothing.
    await cache.put(key(request.url ?? request), response.clone()).catch(() => {});
  }
  return response;
};

// The new version of everything that was kept of the old one. Without a network this fails, and the
// old version stays as it is.
const renew = async () => {
  const cache = await caches.open(CACHE);
  const wanted = new Set(shell.map(key));
  for (const name of await caches.keys()) {
    if (!name.startsWith(OURS) || name === CACHE) continue;
    for (const request of await (await caches.open(name)).keys()) wanted.add(request.url);
  }
  await Promise.all([...wanted].map((address) => keep(cache, address, { cache: 'no-cache' })));
  await self.skipWaiting();
};

const takeOver = async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
};

const text = (words) => words.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The page for pages that were never read: it lists those that were. */
const offlinePage = async (cache) => {
  const kept = new Set((await cache.keys()).map((request) => request.url));
  const readable = pages.filter(([path], index) => (
    kept.has(key(path)) || (index === 0 && kept.has(key('index.html')))
  ));
  const items = readable.map(([path, title]) => {
    const address = kept.has(key(path)) ? key(path) : key('index.html');
    return `<li><a href="${text(address)}">${text(title)}</a></li>`;
  });
  const page = await (await cache.match(key('offline.html'))).text();
  return new Response(page.replace('<ul></ul>', () => `<ul>${items.join('')}</ul>`), {
    status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' },
  });
};

const answer = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(key(request.url));
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  try {
    return await keep(cache, request);
  } catch (error) {
    if (kept) return kept;
    if (request.mode === 'navigate') return offlinePage(cache);
    throw error;
  }
};

self.addEventListener('install', (event) => event.waitUntil(renew()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && isKept(request.url)) event.respondWith(answer(request));
});

// The first page was loaded before this worker was there; its script says what it loaded.
self.addEventListener('message', (event) => event.waitUntil((async () => {
  const cache = await caches.open(CACHE);
  for (const address of event.data.filter(isKept)) {
    if (!await cache.match(key(address))) await keep(cache, address).catch(() => {});
  }
})()));
