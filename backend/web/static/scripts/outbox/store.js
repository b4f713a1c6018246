/** Where the outbox lies on the phone: IndexedDB, or memory where the browser has none (private windows). */

/** Names of the database and of its object store: phones hold unsent reports under them, so they stay. */
const DATABASE = 'yima';
const STORE = 'outbox';
/** @type {Map<string, OutboxItem>} */
const itemsInMemory = new Map();
/** @type {Promise<IDBDatabase | null> | null} */
let opening = null;
let isErased = false;

function openDatabase() {
  if (opening) return opening;
  opening = new Promise(function (resolve) {
    if (!window.indexedDB) { resolve(null); return; }
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = function () { request.result.createObjectStore(STORE, { keyPath: 'id' }); };
    request.onsuccess = function () { resolve(request.result); };
    request.onerror = function () { resolve(null); };
  });
  return opening;
}

/** Resolves to the result of the request that `ask` makes of the object store. @returns {Promise<any>} */
function inTransaction(database, mode, ask) {
  return new Promise(function (resolve, reject) {
    const transaction = database.transaction(STORE, mode);
    const request = ask(transaction.objectStore(STORE));
    transaction.oncomplete = function () { resolve(request.result); };
    transaction.onerror = transaction.onabort = function () { reject(transaction.error); };
  });
}

/** Whether what is stored here outlives the page. */
export async function isPersistent() {
  return Boolean(await openDatabase());
}

/** Insert or replace an item. @param {OutboxItem} item */
export async function putItem(item) {
  if (isErased) return;
  const database = await openDatabase();
  if (!database) { itemsInMemory.set(item.id, item); return; }
  await inTransaction(database, 'readwrite', function (items) { return items.put(item); });
}

/** @param {string} id */
export async function deleteItem(id) {
  const database = await openDatabase();
  if (!database) { itemsInMemory.delete(id); return; }
  await inTransaction(database, 'readwrite', function (items) { return items.delete(id); });
}

/** Everybody's items on this phone. @returns {Promise<OutboxItem[]>} */
export async function allItems() {
  const database = await openDatabase();
  if (!database) return Array.from(itemsInMemory.values());
  return inTransaction(database, 'readonly', function (items) { return items.getAll(); });
}

/** Delete everybody's items; from now on this page stores nothing any more, whatever it is sending just now. */
export async function eraseItems() {
  const database = await openDatabase();
  isErased = true;
  itemsInMemory.clear();
  if (database) await inTransaction(database, 'readwrite', function (items) { return items.clear(); });
}
