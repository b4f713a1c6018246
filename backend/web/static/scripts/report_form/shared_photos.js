/** Photos that another app shared with ours (share_worker.js): whose they are, and how they get into a report's form. */
import { byId } from '../browser/dom.js';
import { listItems, owner } from '../outbox/outbox.js';
import { isShared, sharedItems } from '../outbox/shared_items.js';
import { deleteItem, putItem } from '../outbox/store.js';

/** What was chosen on the page of shared photos, for the next form in this tab. */
const GOES_ON_WITH = 'sharedGoesOn';
const LOOK_EVERY_MS = 400;
const LOOKS_MOST = 50;

/**
 * This reader's shared photos, oldest first. What was shared while nobody was signed in is whose page it opens: `id`, as
 * the address says.
 * @param {string} id @returns {Promise<OutboxItem[]>}
 */
export async function listShared(id) {
  const shared = await sharedItems();
  for (const item of shared) {
    if (item.owner === '' && item.id === 'shared:' + id) await putItem(Object.assign(item, { owner: owner }));
  }
  return shared.filter(function (item) { return item.owner === owner; }).sort(function (one, other) { return one.queued_at < other.queued_at ? -1 : 1; });
}

/** Let the next form of this tab have them. @param {OutboxItem} item */
export function goOnWith(item) {
  sessionStorage.setItem(GOES_ON_WITH, item.id);
}

/**
 * Once the form's own draft, or the outbox, holds them they are let go; where it never does, they wait a day.
 * @param {OutboxItem} item @param {number} count how many of its photos the form takes @param {string} since when it took them
 * @param {number} looks
 */
function dropWhenStored(item, count, since, looks) {
  setTimeout(async function () {
    const isStored = (await listItems()).some(function (other) {
      const isReport = !other.to && !isShared(other) && other.queued_at > since;
      return isReport && (other.state === 'sent' || other.photos.length >= count);
    });
    if (isStored) deleteItem(item.id); else if (looks < LOOKS_MOST) dropWhenStored(item, count, since, looks + 1);
  }, LOOK_EVERY_MS);
}

/** Put what was shared into this page's form, as if it had been chosen there. @param {any} form @param {string} input id of its photo input */
export async function takeShared(form, input) {
  const id = sessionStorage.getItem(GOES_ON_WITH);
  const item = id && (await listItems()).find(function (one) { return one.id === id; });
  sessionStorage.removeItem(GOES_ON_WITH);
  if (!item) return;
  const files = new DataTransfer();
  item.photos.forEach(function (photo) {
    files.items.add(new File([/** @type {Blob} */ (photo.blob)], 'photo', { type: photo.type, lastModified: Date.parse(photo.taken_at || '') }));
  });
  const since = new Date().toISOString();
  const words = form.elements.description;
  if (item.description && !words.value) {
    words.value = item.description;
    (words.closest('details') || {}).open = true;
    words.dispatchEvent(new Event('change', { bubbles: true }));
  }
  const field = byId(input);
  const max = Number(field.closest('[data-max-photos]').getAttribute('data-max-photos'));
  field.files = files.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  dropWhenStored(item, Math.min(max, item.photos.length), since, 0);
}
