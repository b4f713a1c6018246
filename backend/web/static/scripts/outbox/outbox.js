/** The outbox: a report, or an action taken without network, is stored on the phone, sent by itself, and emptied only after the server's 2xx. */
import { translate, uuid } from '../browser/dom.js';
import { allItems, deleteItem, putItem } from './store.js';
import { ensureSession, isRetryable, postJson, progressStep } from '../browser/http.js';
import { uploadPhoto } from '../photos/upload.js';

const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 300000;
const SENT_STAYS_MS = 7 * 86400000;
export const owner = document.body.getAttribute('data-owner');
let isRunning = false;
let mustRunAgain = false;
let timer = 0;

/** @param {OutboxItem | null} item */
function dispatchChange(item) {
  document.dispatchEvent(new CustomEvent('outbox', { detail: item }));
}

/** Change an item, on the phone and for whoever shows it. @param {OutboxItem} item @param {Partial<OutboxItem>} change */
export async function updateItem(item, change) {
  Object.assign(item, change);
  await putItem(item);
  dispatchChange(item);
}

/** This reader's items, oldest first. */
export async function listItems() {
  const items = (await allItems()).filter(function (item) { return item.owner === owner; });
  return items.sort(function (one, other) { return one.queued_at < other.queued_at ? -1 : 1; });
}

/** Store a new item and start sending. Resolves once it is stored. @param {NewItem} item */
export async function enqueue(item) {
  await updateItem(/** @type {OutboxItem} */ (item), { owner: owner, state: 'queued', percent: 0, tries: 0, not_before: 0, queued_at: new Date().toISOString() });
  sendPending();
}

/** @param {string} id */
export async function removeItem(id) {
  await deleteItem(id);
  dispatchChange(null);
}

/** Send all that is due, one by one. Safe to call at any time from anywhere. */
export async function sendPending() {
  if (isRunning) { mustRunAgain = true; return; }
  isRunning = true;
  clearTimeout(timer);
  try {
    do {
      mustRunAgain = false;
      await withLock(sendDue);
    } while (mustRunAgain);
  } finally {
    isRunning = false;
  }
}

/** Two open pages of one phone take turns, where the browser knows locks; the server recognises repeats anyway. */
function withLock(work) {
  return navigator.locks ? navigator.locks.request('outbox', work) : work();
}

/** Of one order's actions none overtakes the one before. */
async function sendDue() {
  let nextAt = Infinity;
  /** @type {Record<string, boolean>} */
  const isHeld = {};
  for (const item of await listItems()) {
    if (item.state === 'sent' && Date.now() - Date.parse(item.queued_at) > SENT_STAYS_MS) await removeItem(item.id);
    if (item.state !== 'queued' && item.state !== 'uploading') continue;
    if (item.order && isHeld[item.order]) continue;
    if (navigator.onLine !== false && item.not_before <= Date.now()) await sendItem(item);
    if (item.order) isHeld[item.order] = item.state === 'queued';
    if (item.state === 'queued') nextAt = Math.min(nextAt, item.not_before);
  }
  if (nextAt < Infinity) timer = setTimeout(sendPending, Math.max(nextAt - Date.now(), FIRST_WAIT_MS));
}

/** Upload its photos one by one, then send it. @param {OutboxItem} item */
async function sendItem(item) {
  await updateItem(item, { state: 'uploading' });
  for (let i = 0; i < item.photos.length; i += 1) {
    const photo = item.photos[i];
    if (photo.id) continue;
    const reply = await uploadPhoto(photo, function (part) {
      const percent = progressStep((i + part) * 95 / item.photos.length);
      if (percent === item.percent) return;
      item.percent = percent;
      dispatchChange(item);
    });
    if (!reply.ok) { await applyReply(item, reply, translate('connection.photo', { n: i + 1 })); return; }
    photo.id = reply.body.id;
    await updateItem(item, {});
  }
  await applyReply(item, await ensureSession() || await postJson(item.to || '/api/v1/reports', requestBody(item), item.id, item.version));
}

/** What is sent once all photos have their ids: of an action its own body, each photo in its field. @param {NewItem} item */
export function requestBody(item) {
  const body = JSON.parse(JSON.stringify(item.body || {
    client_id: item.id, code: item.code, nonce: item.nonce, point: item.point, item: item.item,
    description: item.description, captured_at: item.captured_at,
  }));
  item.photos.forEach(function (photo) {
    const part = photo.finding === undefined ? body : body[photo.among || 'findings'][photo.finding];
    const field = photo.field || 'photo_ids';
    part[field] = (part[field] || []).concat(photo.id);
  });
  return body;
}

/**
 * Store what became of an item. An id that was used for something else, as a page gone back to may bring along, is no
 * refusal: the item is sent again under a new one.
 * @param {OutboxItem} item @param {Reply} reply @param {string} [about] what was refused, where it is not the whole
 */
async function applyReply(item, reply, about) {
  if (reply.ok) {
    const description = item.then ? item.description : '';
    await updateItem(item, {
      state: 'sent', percent: 100, photos: [], body: null, description: description, nonce: '', point: null,
      number: reply.body.number, url: reply.body.tracking_url, order_id: reply.body.order_id, made: reply.body.version,
      resolve_by: reply.body.resolve_by,
    });
  } else if (isRetryable(reply.status)) {
    const wait = Math.max(reply.waitMs, Math.min(FIRST_WAIT_MS * Math.pow(2, item.tries), LONGEST_WAIT_MS));
    await updateItem(item, { state: 'queued', percent: 0, tries: item.tries + 1, not_before: Date.now() + wait, reply_status: reply.status });
  } else if (reply.body.code === 'idempotency-key-used') {
    await deleteItem(item.id);
    await updateItem(item, { id: uuid(), state: 'queued', percent: 0 });
    mustRunAgain = true;
  } else {
    await updateItem(item, { state: 'rejected', reason: (about || '') + (reply.body.detail || reply.body.title || String(reply.status)) });
  }
}

async function retryNow() {
  for (const item of await listItems()) if (item.state === 'queued' && item.not_before) await updateItem(item, { not_before: 0 });
  sendPending();
}

window.addEventListener('online', retryNow);
document.addEventListener('visibilitychange', function () { if (!document.hidden) sendPending(); });
sendPending();
