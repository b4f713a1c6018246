// Keeps public pages and assets for visits without network, and one page for when nothing can be had. Keeps no private
// page, and never touches the API or other methods; the outbox does not depend on it. A new version drops what the old
// one kept.
'use strict';

const CACHE = 'yima-{{version}}';
const OFFLINE = '/offline';
const OFFLINE_NEEDS = {{offline_needs}};
const PATIENCE_MS = 10000;
const PUBLIC_PAGE = /^\/(?:$|q\/[^/.]+$)/;

self.addEventListener('install', function (event) {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then(function (cache) { return cache.addAll(OFFLINE_NEEDS.concat(OFFLINE)); }));
});

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

/** A bad signal may hang for minutes: what is kept is better than that. */
function inTime(answer) {
  return new Promise(function (resolve, reject) {
    answer.then(resolve, reject);
    setTimeout(reject, PATIENCE_MS, new Error('slow'));
  });
}

async function networkFirst(request, answer, how) {
  try {
    return await answer;
  } catch (error) {
    const kept = (await caches.match(request, how)) || (await caches.match(OFFLINE, { ignoreVary: true }));
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener('fetch', function (event) {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/static/')) { event.respondWith(assetFirst(request)); return; }
  if (request.mode !== 'navigate') return;
  const mayStand = PUBLIC_PAGE.test(url.pathname);
  const answer = mayStand ? inTime(fetchAndKeep(request)) : fetch(request);
  event.respondWith(networkFirst(request, answer, { ignoreSearch: mayStand, ignoreVary: true }));
});

/** Pages of the site ask for what they want kept: themselves, their assets, the page for when nothing can be had. */
self.addEventListener('message', function (event) {
  event.waitUntil(Promise.all(event.data.keep.map(function (url) {
    const how = url === OFFLINE ? 'no-cache' : 'force-cache';
    return fetchAndKeep(new Request(url, { cache: how })).catch(function () {});
  })));
});
