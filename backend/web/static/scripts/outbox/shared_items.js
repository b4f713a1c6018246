/** Photos that another app shared with ours, as share_worker.js puts them beside the outbox's own items. */
import { allItems, deleteItem } from './store.js';

const SHARED_STAYS_MS = 86400000;

/** @param {{ id: string }} item */
export function isShared(item) {
  return /^shared:/.test(item.id);
}

/** Everybody's on this phone; those of the day before are deleted. @returns {Promise<OutboxItem[]>} */
export async function sharedItems() {
  /** @type {OutboxItem[]} */
  const waiting = [];
  for (const item of (await allItems()).filter(isShared)) {
    if (Date.now() - Date.parse(item.queued_at) > SHARED_STAYS_MS) await deleteItem(item.id);
    else waiting.push(item);
  }
  return waiting;
}
