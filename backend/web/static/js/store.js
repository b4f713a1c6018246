/** The phone's own shelf for unsent reports: IndexedDB, or memory where the browser has none (private windows). */

export const memory = new Map();
let opening = null;
export const left = {};

export function open() {
  if (opening) return opening;
  opening = new Promise(function (resolve) {
    if (!window.indexedDB) { resolve(null); return; }
    const request = indexedDB.open('yima', 1);
    request.onupgradeneeded = function () { request.result.createObjectStore('outbox', { keyPath: 'id' }); };
    request.onsuccess = function () { resolve(request.result); };
    request.onerror = function () { resolve(null); };
  });
  return opening;
}

/** One question to the shelf. */
export function ask(database, mode, question) {
  return new Promise(function (resolve, reject) {
    const transaction = database.transaction('outbox', mode);
    const request = question(transaction.objectStore('outbox'));
    transaction.oncomplete = function () { resolve(request.result); };
    transaction.onerror = transaction.onabort = function () { reject(transaction.error); };
  });
}

/** Whether what is kept here survives the page. */
export async function isLasting() {
  return Boolean(await open());
}

export async function keep(item) {
  if (left.yes) return;
  const database = await open();
  if (!database) { memory.set(item.id, item); return; }
  await ask(database, 'readwrite', function (shelf) { return shelf.put(item); });
}

export async function forget(id) {
  const database = await open();
  if (!database) { memory.delete(id); return; }
  await ask(database, 'readwrite', function (shelf) { return shelf.delete(id); });
}

export async function allKept() {
  const database = await open();
  if (!database) return Array.from(memory.values());
  return ask(database, 'readonly', function (shelf) { return shelf.getAll(); });
}
