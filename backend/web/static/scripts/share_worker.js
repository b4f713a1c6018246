// Takes the photos that another app shares with ours and puts them on the phone, with or without network; the page
// /share then says what becomes of them. For /share alone, on phones that have the staff app: what a stranger's phone
// loads (service_worker.js) is not larger for it. Without it the server's route takes them.
'use strict';

const DATABASE = 'yima';
const STORE = 'outbox';
const SHARE = '/share';
const PHOTOS_MOST = 9;
const TOGETHER_MAX_BYTES = 60000000;
const TIMEOUT_MS = 8000;

self.addEventListener('install', function () { self.skipWaiting(); });
self.addEventListener('activate', function (event) { event.waitUntil(self.clients.claim()); });

/** Who read pages on this phone last, as the page says that stands in without network; empty for nobody. */
async function lastReader() {
  const stored = await caches.match('/offline', { ignoreVary: true });
  const found = stored && /data-owner="(\d+)"/.exec(await stored.text());
  return found ? found[1] : '';
}

/** An item of the outbox, in the store of outbox/store.js. */
function putItem(item) {
  return new Promise(function (resolve, reject) {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = function () { opening.result.createObjectStore(STORE, { keyPath: 'id' }); };
    opening.onerror = function () { reject(opening.error); };
    opening.onsuccess = function () {
      const database = opening.result;
      const transaction = database.transaction(STORE, 'readwrite');
      transaction.objectStore(STORE).put(item);
      transaction.oncomplete = function () { database.close(); resolve(item); };
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
  await putItem(Object.assign(item, takePhotos(files)));
  return Response.redirect(SHARE + '?of=' + id, 303);
}

/** Where the phone has no room the server is asked to take them; where neither can, the page says so. */
async function takeShared(request) {
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
