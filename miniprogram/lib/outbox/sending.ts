/** One item to the server: its photos one by one, then itself, then what became of it. */
import { fill, textsOf } from '../../i18n/bilingual';
import { outbox as catalogue } from '../../i18n/outbox';
import { hasFile, removeFile } from '../files';
import { newId } from '../ids';
import { ensureSession, send, upload } from '../session';
import { isRetryable, problemText, Reply } from '../wire';
import { addressOf, bodyOf, OutboxItem } from './items';

export const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 300000;
/** What photos are of the whole way, in percent; the report itself is the rest. */
const PHOTOS_PERCENT = 95;
const STEP_PERCENT = 5;

export type Change = Partial<OutboxItem>;
/** Changes an item, on the phone and for whoever shows it. */
export type Update = (item: OutboxItem, change: Change) => void;

function wait(item: OutboxItem, reply: Reply): Change {
  const pause = Math.max(reply.waitMs, Math.min(FIRST_WAIT_MS * 2 ** item.tries, LONGEST_WAIT_MS));
  return { state: 'queued', percent: 0, tries: item.tries + 1, not_before: Date.now() + pause, reply_status: reply.status };
}

function receive(item: OutboxItem, reply: Reply, update: Update): void {
  const files = item.photos.map((photo) => photo.path);
  const { number, tracking_token, resolve_by } = reply.body;
  update(item, {
    state: 'sent', percent: 100, photos: [], description: '', nonce: undefined, point: undefined, reason: undefined,
    number, tracking_token, resolve_by,
  });
  files.forEach(removeFile);
}

function reject(item: OutboxItem, reason: string, update: Update): void {
  update(item, { state: 'rejected', percent: 0, reason });
}

/** Photos of the outbox are removed from the server after a week without a report: they go up once more, under new keys. */
function renewPhotos(item: OutboxItem, update: Update): void {
  const photos = item.photos.map(({ path, taken_at }) => ({ path, taken_at, key: newId() }));
  update(item, { state: 'queued', percent: 0, not_before: 0, photos, renewed: true });
}

function apply(item: OutboxItem, reply: Reply, update: Update, about = ''): void {
  if (reply.ok) receive(item, reply, update);
  else if (isRetryable(reply.status)) update(item, wait(item, reply));
  else if (reply.body.code === 'photo-not-usable' && !item.renewed) renewPhotos(item, update);
  else reject(item, about + problemText(reply), update);
}

/** Upload the photos that the server has not got. False where the item goes no further now. */
async function uploadPhotos(item: OutboxItem, update: Update, showPercent: (item: OutboxItem) => void): Promise<boolean> {
  const texts = textsOf(catalogue);
  for (let i = 0; i < item.photos.length; i += 1) {
    const photo = item.photos[i];
    if (photo.id) continue;
    if (!hasFile(photo.path)) { reject(item, fill(texts.photo_gone, { n: i + 1 }), update); return false; }
    const reply = await upload('/api/v1/photos', photo.path, { 'Idempotency-Key': photo.key }, (part) => {
      const percent = Math.floor((i + part) * PHOTOS_PERCENT / item.photos.length / STEP_PERCENT) * STEP_PERCENT;
      if (percent <= item.percent) return;
      item.percent = percent;
      showPercent(item);
    });
    if (!reply.ok) { apply(item, reply, update, fill(texts.photo, { n: i + 1 })); return false; }
    photo.id = reply.body.id;
    update(item, {});
  }
  return true;
}

/** Send an item as far as it goes. What became of it stands in the item. */
export async function sendItem(item: OutboxItem, update: Update, showPercent: (item: OutboxItem) => void): Promise<void> {
  const refusal = await ensureSession();
  if (refusal) { update(item, wait(item, refusal)); return; }
  update(item, { state: 'uploading' });
  if (!(await uploadPhotos(item, update, showPercent))) return;
  apply(item, await send('POST', addressOf(item), bodyOf(item)), update);
}
