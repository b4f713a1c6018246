/**
 * Where the outbox lies: each item under a key of its own in WeChat's storage (1 MB a key, 10 MB in all), so that no
 * write can tear the others; photos as files beside it. WeChat keeps both apart for each of its users.
 */
import { removeFile } from '../files';
import { sweepPhotos } from '../photos';
import type { OutboxItem } from './items';

const PREFIX = 'outbox:';
/** Of unfinished forms, see pages/report/draft.ts: their photos are named, too. */
const DRAFT_PREFIX = 'draft:';

/** WeChat took no more: the phone is full, or the 10 MB are. */
export class StorageFull extends Error {}

function keysUnder(prefix: string): string[] {
  return wx.getStorageInfoSync().keys.filter((key) => key.startsWith(prefix));
}

function allUnder(prefix: string): any[] {
  return keysUnder(prefix).map((key) => wx.getStorageSync(key)).filter(Boolean);
}

/** Oldest first. */
export function allItems(): OutboxItem[] {
  return allUnder(PREFIX).sort((one, other) => (one.queued_at < other.queued_at ? -1 : 1));
}

/** Insert or replace an item. Throws StorageFull. */
export function putItem(item: OutboxItem): void {
  try { wx.setStorageSync(PREFIX + item.id, item); } catch (error) { throw new StorageFull(String(error)); }
}

/** Remove an item, and the files of its photos after it. */
export function deleteItem(item: OutboxItem): void {
  wx.removeStorageSync(PREFIX + item.id);
  item.photos.forEach((photo) => removeFile(photo.path));
}

export function findDraft<T>(name: string): T | null {
  return wx.getStorageSync(DRAFT_PREFIX + name) || null;
}

/** Keep an unfinished form; where there is no space for it, it lives as long as its page. */
export function putDraft(name: string, draft: { photos: { path: string }[] } | null): void {
  try {
    if (draft) wx.setStorageSync(DRAFT_PREFIX + name, draft);
    else wx.removeStorageSync(DRAFT_PREFIX + name);
  } catch (error) { /* full */ }
}

/** Remove what a sudden end left behind: drafts that were submitted, and photos that neither an item nor a draft names. */
export function sweep(): void {
  const submitted = new Set(allItems().map((item) => item.id));
  keysUnder(DRAFT_PREFIX).filter((key) => submitted.has(wx.getStorageSync(key).id)).forEach((key) => wx.removeStorageSync(key));
  const named = new Set<string>();
  [...allUnder(PREFIX), ...allUnder(DRAFT_PREFIX)].forEach((each) => each.photos.forEach((photo: { path: string }) => named.add(photo.path)));
  sweepPhotos((path) => named.has(path));
}
