/** The outbox: a report, or a tap without network, is kept on the phone, sent by itself, and let go only after the server's 2xx. */
import { speak, uuid } from './dom.js';
import { allKept, forget, keep } from './store.js';
import { inSteps, isPassing, postJson, postPhoto, sessionFirst } from './wire.js';

const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 300000;
const SENT_KEPT_MS = 7 * 86400000;
const owner = document.body.getAttribute('data-owner');
let running = false;
let again = false;
let timer = 0;

function announce(item) {
  document.dispatchEvent(new CustomEvent('outbox', { detail: item }));
}

/** Change an item, on the phone and for whoever shows it. */
export async function note(item, change) {
  Object.assign(item, change);
  await keep(item);
  announce(item);
}

/** This reader's items, oldest first. */
export async function listItems() {
  const items = (await allKept()).filter(function (item) { return item.owner === owner; });
  return items.sort(function (one, other) { return one.queued_at < other.queued_at ? -1 : 1; });
}

/** Keep a new item and start sending: a report, or an order's move with the address it goes `to` and its `body`. Resolves once it is safe. */
export async function enqueue(item) {
  await note(item, { owner: owner, state: 'queued', percent: 0, tries: 0, not_before: 0, queued_at: new Date().toISOString() });
  flush();
}

export async function drop(id) {
  await forget(id);
  announce(null);
}

/** Send all that is due, one by one. Safe to call at any time from anywhere. */
export async function flush() {
  if (running) { again = true; return; }
  running = true;
  clearTimeout(timer);
  try {
    do {
      again = false;
      await inTurn(sendDue);
    } while (again);
  } finally {
    running = false;
  }
}

/** Two open pages of one phone take turns, where the browser knows locks; the server knows doubles anyway. */
function inTurn(work) {
  return navigator.locks ? navigator.locks.request('outbox', work) : work();
}

/** Of one order's moves none overtakes the one before. */
async function sendDue() {
  let nextAt = Infinity;
  const held = {};
  for (const item of await listItems()) {
    if (item.state === 'sent' && Date.now() - Date.parse(item.queued_at) > SENT_KEPT_MS) await drop(item.id);
    if (item.state !== 'queued' && item.state !== 'uploading') continue;
    if (item.order && held[item.order]) continue;
    if (navigator.onLine !== false && item.not_before <= Date.now()) await sendOne(item);
    held[item.order] = item.state === 'queued';
    if (item.state === 'queued') nextAt = Math.min(nextAt, item.not_before);
  }
  if (nextAt < Infinity) timer = setTimeout(flush, Math.max(nextAt - Date.now(), FIRST_WAIT_MS));
}

async function sendOne(item) {
  await note(item, { state: 'uploading' });
  for (let i = 0; i < item.photos.length; i += 1) {
    const photo = item.photos[i];
    if (photo.id) continue;
    const reply = await postPhoto(photo.bytes, photo.type, photo.key, function (part) {
      const percent = inSteps((i + part) * 95 / item.photos.length);
      if (percent === item.percent) return;
      item.percent = percent;
      announce(item);
    });
    if (!reply.ok) { await settle(item, reply, speak('net.photo', { n: i + 1 })); return; }
    photo.id = reply.body.id;
    await note(item, {});
  }
  await settle(item, await sessionFirst() || await postJson(item.to || '/api/v1/reports', letter(item), item.id, item.version));
}

/** What is sent once all photos have their ids: of a move its own body, each photo in its field. */
export function letter(item) {
  const body = Object.assign({}, item.body || {
    client_id: item.id, code: item.code, nonce: item.nonce, point: item.point, item: item.item, description: item.description, captured_at: item.captured_at,
  });
  item.photos.forEach(function (photo) {
    const field = photo.field || 'photo_ids';
    body[field] = (body[field] || []).concat(photo.id);
  });
  return body;
}

/** An id that was spent on something else, as a page gone back to may bring along, is no verdict: it goes under one of its own. */
async function settle(item, reply, about) {
  if (reply.ok) {
    const words = item.then ? item.description : '';
    await note(item, {
      state: 'sent', percent: 100, photos: [], body: null, description: words, nonce: '', point: null,
      number: reply.body.number, url: reply.body.tracking_url, order_id: reply.body.order_id, made: reply.body.version,
    });
  } else if (isPassing(reply.status)) {
    const wait = Math.max(reply.waitMs, Math.min(FIRST_WAIT_MS * Math.pow(2, item.tries), LONGEST_WAIT_MS));
    await note(item, { state: 'queued', percent: 0, tries: item.tries + 1, not_before: Date.now() + wait });
  } else if (reply.body.code === 'idempotency-key-used') {
    await forget(item.id);
    await note(item, { id: uuid(), state: 'queued', percent: 0 });
    again = true;
  } else {
    await note(item, { state: 'rejected', reason: (about || '') + (reply.body.detail || reply.body.title || String(reply.status)) });
  }
}

async function hurry() {
  for (const item of await listItems()) if (item.state === 'queued' && item.not_before) await note(item, { not_before: 0 });
  flush();
}

window.addEventListener('online', hurry);
document.addEventListener('visibilitychange', function () { if (!document.hidden) flush(); });
flush();
