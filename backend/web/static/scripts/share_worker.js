// Takes the photos that another app shares with ours and puts them on the phone, with or without network; the page
// /share then says what becomes of them. For /share alone, on phones that have the staff app: what a stranger's phone
// loads (service_worker.js) is not larger for it. Without it the server's route takes them.
'use strict';

const DATABASE = 'yima';
const STORE = 'outbox';
const SHARE = '/share';
const PHOTOS_MOST = 9;
const TOGETHER_MAX_BYTES = 60000000;
/** What waits for one reader: two full shares, or one photo at a time along a street. Another site cannot fill a phone. */
const WAITING_MOST = 10;
const WAITING_MAX_BYTES = 120000000;
/** As in outbox/shared_items.js. */
const SHARED_STAYS_MS = 86400000;
const TIMEOUT_MS = 8000;

self.addEventListener('install', function () { self.skipWaiting(); });
self.addEventListener('activate', function (event) { event.waitUntil(self.clients.claim()); });

/** Who read pages on this phone last, as the page says that stands in without network; empty for nobody. */
async function lastReader() {
  const stored = await caches.match('/offline', { ignoreVary: true });
  const found = stored && /data-owner="(\d+)"/.exec(await stored.text());
  return found ? found[1] : '';
}

/**
 * A share sheet opens a page that no page led to: no referrer, and no origin but `null`. Sec-Fetch-Site, which would say
 * it, is added behind the worker. A site that hides its own name looks the same, so that what waits is limited, too.
 */
function isOfAnotherSite(request) {
  const origin = request.headers.get('Origin') || 'null';
  const isLed = /^https?:/.test(request.referrer) && new URL(request.referrer).origin !== self.location.origin;
  return request.mode !== 'navigate' || request.destination !== 'document' || isLed || !(origin === 'null' || origin === self.location.origin);
}

function bytesOf(item) {
  return item.photos.reduce(function (sum, photo) { return sum + (photo.blob ? photo.blob.size : 0); }, 0);
}

/** Whether this one still has its place beside what waits; what nobody came for within its time is deleted. */
function hasPlace(item, stored, items) {
  const shared = stored.filter(function (other) { return /^shared:/.test(other.id); });
  const isOver = function (other) { return Date.now() - Date.parse(other.queued_at) > SHARED_STAYS_MS; };
  shared.filter(isOver).forEach(function (other) { items.delete(other.id); });
  const waiting = shared.filter(function (other) { return !isOver(other) && other.owner === item.owner; });
  const bytes = waiting.reduce(function (sum, other) { return sum + bytesOf(other); }, bytesOf(item));
  return waiting.length < WAITING_MOST && bytes <= WAITING_MAX_BYTES;
}

/**
 * An item of the outbox, in the store of outbox/store.js. Resolves to false where too much waits: the new one is refused,
 * since the phone still has it, and no other may push out what its reader has not seen.
 */
function putItem(item) {
  return new Promise(function (resolve, reject) {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = function () { opening.result.createObjectStore(STORE, { keyPath: 'id' }); };
    opening.onerror = function () { reject(opening.error); };
    opening.onsuccess = function () {
      const database = opening.result;
      const transaction = database.transaction(STORE, 'readwrite');
      const items = transaction.objectStore(STORE);
      const stored = items.getAll();
      let isPut = false;
      stored.onsuccess = function () {
        isPut = hasPlace(item, stored.result, items);
        if (isPut) items.put(item);
      };
      transaction.oncomplete = function () { database.close(); resolve(isPut); };
      transaction.onerror = transaction.onabort = function () { database.close(); reject(transaction.error); };
    };
  });
}

function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) { return (byte + 256).toString(16).slice(1); }).join('');
}

/** The photos among the files, as many as a form takes, and how many others there were. Made small only in a page. */
function takePhotos(files) {
  const photos = [];
  let space = TOGETHER_MAX_BYTES;
  files.forEach(function (file) {
    if (!/^image\//.test(file.type) || file.size > space || photos.length >= PHOTOS_MOST) return;
    space -= file.size;
    photos.push({ blob: file, type: file.type, taken_at: new Date(file.lastModified || Date.now()).toISOString() });
  });
  return { photos: photos, left_out: files.length - photos.length };
}

async function keepShared(request) {
  const form = await request.formData();
  const files = form.getAll('photo').filter(function (file) { return file.name || file.size; });
  const words = [form.get('title'), form.get('text')].filter(Boolean).join('\n');
  const id = randomId();
  const item = { id: 'shared:' + id, owner: await lastReader(), state: 'draft', name: '', description: words, queued_at: new Date().toISOString() };
  const isPut = await putItem(Object.assign(item, takePhotos(files)));
  return Response.redirect(SHARE + '?of=' + (isPut ? id : 'full'), 303);
}

/**
 * Where the phone has no room the server is asked to take them; where neither can, the page says so. The very request goes
 * on, of which the browser says who sent it: one made anew of it would be ours, with the reader's cookies.
 */
async function takeShared(request) {
  if (isOfAnotherSite(request)) return Response.redirect(SHARE + '?of=foreign', 303);
  const again = request.clone();
  try {
    return await keepShared(request);
  } catch (error) {
    return fetch(again).catch(function () { return Response.redirect(SHARE + '?of=none', 303); });
  }
}

/** The page from the server, in time, else as it was stored. */
async function openPage(request) {
  const late = new Promise(function (_, reject) { setTimeout(reject, TIMEOUT_MS); });
  try {
    return await Promise.race([fetch(request), late]);
  } catch (error) {
    const stored = await caches.match(SHARE, { ignoreVary: true }) || await caches.match('/offline', { ignoreVary: true });
    if (stored) return stored;
    throw error;
  }
}

async function assetFirst(request) {
  return await caches.match(request, { ignoreVary: true }) || fetch(request);
}

self.addEventListener('fetch', function (event) {
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname === SHARE && request.method === 'POST') event.respondWith(takeShared(request));
  else if (request.mode === 'navigate') event.respondWith(openPage(request));
  else if (/^\/static\//.test(url.pathname)) event.respondWith(assetFirst(request));
});
