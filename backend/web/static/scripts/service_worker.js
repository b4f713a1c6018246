// Caches public pages and assets for visits without network, and one page that stands in for all others. Caches no
// private page, and never touches the API or other methods; the outbox does not depend on it. A new version drops what
// the old one cached.
'use strict';

const CACHE = 'yima-{{version}}';
const OFFLINE = '/offline';
const TIMEOUT_MS = 10000;
const PUBLIC_PAGE = /^\/(?:$|quick-report$|self-handling$|q\/[^/.]+$)/;

self.addEventListener('install', function (event) {
  self.skipWaiting();
  event.waitUntil(keepOffline());
});

self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name !== CACHE; }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});

function mayCache(response) {
  return response.ok && !/no-store/.test(response.headers.get('Cache-Control') || '');
}

async function fetchAndCache(request) {
  const response = await fetch(request);
  if (mayCache(response)) {
    const cache = await caches.open(CACHE);
    await cache.put(request, response.clone());
  }
  return response;
}

/** The page that stands in, behind all that it is made of: asked for twice, it could be of two readers. */
async function keepOffline() {
  const response = await fetch(OFFLINE);
  const cache = await caches.open(CACHE);
  await cache.addAll((await response.clone().text()).match(/\/static\/[\w.-]+/g));
  await cache.put(OFFLINE, response);
}

async function assetFirst(request) {
  return (await caches.match(request, { ignoreVary: true })) || fetchAndCache(request);
}

/** A bad signal may hang for minutes: what is cached is better than that. */
function inTime(response) {
  return new Promise(function (resolve, reject) {
    response.then(resolve, reject);
    setTimeout(reject, TIMEOUT_MS);
  });
}

async function networkFirst(request, response, options) {
  try {
    return await response;
  } catch (error) {
    const cached = (await caches.match(request, options)) || (await caches.match(OFFLINE, { ignoreVary: true }));
    if (cached) return cached;
    throw error;
  }
}

self.addEventListener('fetch', function (event) {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/static/')) { event.respondWith(assetFirst(request)); return; }
  if (request.mode !== 'navigate') return;
  const isPublic = PUBLIC_PAGE.test(url.pathname);
  const response = isPublic ? fetchAndCache(request) : fetch(request);
  event.respondWith(networkFirst(request, isPublic || /inspect|checks/.test(url.pathname) ? inTime(response) : response, { ignoreSearch: isPublic, ignoreVary: true }));
});

/** Pages say what to cache, as `keep`: themselves, their assets, the page that stands in. */
self.addEventListener('message', function (event) {
  event.waitUntil(Promise.all(event.data.keep.map(function (url) {
    return (url === OFFLINE ? keepOffline() : fetchAndCache(new Request(url, { cache: 'force-cache' }))).catch(function () {});
  })));
});
