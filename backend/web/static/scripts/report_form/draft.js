/** What is written in a report form and not sent: kept on the phone until it is sent or discarded, a day at most. */
import { byId } from '../browser/dom.js';
import { listItems, owner } from '../outbox/outbox.js';
import { deleteItem, putItem } from '../outbox/store.js';

const DRAFT_STAYS_MS = 86400000;
const PAUSE_MS = 400;

/** Reports of this reader that were begun and not sent, the latest last; what a street looked like yesterday is dropped. */
export async function listDrafts() {
  return (await listItems()).filter(function (item) {
    if (item.to || item.state !== 'draft') return false;
    const isFresh = Date.now() - Date.parse(item.queued_at) < DRAFT_STAYS_MS;
    if (!isFresh) deleteItem(item.id);
    return isFresh;
  });
}

/**
 * Keep the draft of one form, and put back what was kept of it. Returns what keeps it now.
 * @param {any} form
 * @param {string} page where the form stands
 * @param {() => Partial<OutboxItem> | null} read what the form says; null where there is nothing to keep
 * @param {(item: OutboxItem) => any} fill
 * @param {() => void} reset
 */
export function keepDraft(form, page, read, fill, reset) {
  const id = 'draft:' + owner + ':' + page;
  let timer = 0;
  let isReady = false;

  function keep() {
    clearTimeout(timer);
    if (!isReady) return;
    const written = read();
    byId('restored').hidden = byId('restored').hidden || !written;
    if (!written) { deleteItem(id); return; }
    /** @type {any} */
    const item = Object.assign(written, { id: id, owner: owner, state: 'draft', queued_at: new Date().toISOString() });
    putItem(item).catch(function () { /* no room: then it lives as long as the page */ });
  }

  async function restoreDraft() {
    const draft = (await listDrafts()).find(function (item) { return item.id === id; });
    if (draft) await fill(draft);
    byId('restored').hidden = !draft;
    isReady = true;
    if (!draft) keep();
  }

  form.addEventListener('input', function () {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  });
  form.addEventListener('change', keep);
  byId('discard').onclick = reset;
  restoreDraft();
  return keep;
}
