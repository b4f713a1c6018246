/* Keeps public pages and assets for visits without network. Never touches the API, other methods or private pages;
   the outbox does not depend on it. A new version drops what the old one kept. */
'use strict';

const CACHE = 'yima-{{version}}';
const PUBLIC_PAGE = /^\/(?:$|q\/[^/.]+$|r\/[^/]+$)/;

self.addEventListener('install', function () { self.skipWaiting(); });

self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name !== CACHE; }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});

function mayKeep(response) {
  return response.ok && !/no-store/.test(response.headers.get('Cache-Control') || '');
}

async function fetchAndKeep(request) {
  const response = await fetch(request);
  if (mayKeep(response)) {
    const cache = await caches.open(CACHE);
    await cache.put(request, response.clone());
  }
  return response;
}

async function assetFirst(request) {
  return (await caches.match(request, { ignoreVary: true })) || fetchAndKeep(request);
}

async function networkFirst(request) {
  try {
    return await fetchAndKeep(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener('fetch', function (event) {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/static/')) event.respondWith(assetFirst(event.request));
  else if (event.request.mode === 'navigate' && PUBLIC_PAGE.test(url.pathname)) event.respondWith(networkFirst(event.request));
});

self.addEventListener('message', function (event) {
  event.waitUntil(Promise.all(event.data.keep.map(function (url) { return fetchAndKeep(new Request(url, { cache: 'force-cache' })).catch(function () {}); })));
});
