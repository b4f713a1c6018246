/** The outbox: a report is stored on the phone first, sent by itself, and gives up its photos only after the server's 2xx. */
import { checkNetwork, isOnline, onNetworkChange } from '../network';
import { isWaiting, NewItem, OutboxItem } from './items';
import { Change, FIRST_WAIT_MS, sendItem } from './sending';
import { allItems, deleteItem, putItem, sweep } from './store';

const SENT_STAYS_MS = 7 * 86400000;
/** WeChat tells when the network is back; should it forget to, we look so often. */
const LOOK_AGAIN_MS = 30000;

/** Called with the item that changed, or with null where one was removed. */
export type Listener = (item: OutboxItem | null) => void;

const listeners: Listener[] = [];
let isRunning = false;
let mustRunAgain = false;
let timer = 0;

function dispatch(item: OutboxItem | null): void {
  listeners.slice().forEach((listener) => listener(item));
}

/** Be called at every change, until the returned function is called. */
export function subscribe(listener: Listener): () => void {
  listeners.push(listener);
  return () => {
    const at = listeners.indexOf(listener);
    if (at >= 0) listeners.splice(at, 1);
  };
}

/** Oldest first. */
export function listItems(): OutboxItem[] {
  return allItems();
}

export function findItem(id: string): OutboxItem | null {
  return allItems().find((item) => item.id === id) || null;
}

/** How many wait, and how many were refused. */
export function countUnsent(): number {
  return allItems().filter((item) => item.state !== 'sent').length;
}

/** What cannot be written down stays as it was on the phone, and is sent again: the server knows it by its id. */
function update(item: OutboxItem, change: Change): void {
  // Whoever deleted it while it was being sent does not get it back.
  if (!findItem(item.id)) return;
  Object.assign(item, change);
  try { putItem(item); } catch (error) { /* full */ }
  dispatch(item);
}

/** Store a new item and start sending. Throws StorageFull where the phone takes no more; then nothing was stored. */
export function enqueue(item: NewItem): void {
  const stored: OutboxItem = {
    ...item, state: 'queued', percent: 0, tries: 0, not_before: 0, queued_at: new Date().toISOString(),
  };
  putItem(stored);
  dispatch(stored);
  sendPending();
}

export function removeItem(id: string): void {
  const item = findItem(id);
  if (item) deleteItem(item);
  dispatch(null);
}

/** Forget a refused item whose photos go on in a form: their files stay. */
export function takeBack(id: string): void {
  const item = findItem(id);
  if (item) deleteItem({ ...item, photos: [] });
  dispatch(null);
}

/** Send a refused or waiting item again at once, as it is. */
export function retryItem(id: string): void {
  const item = findItem(id);
  if (!item || item.state === 'sent') return;
  update(item, { state: 'queued', percent: 0, tries: 0, not_before: 0 });
  sendPending();
}

async function sendDue(): Promise<void> {
  let nextAt = Infinity;
  for (const listed of allItems()) {
    const item = findItem(listed.id);
    if (!item) continue;
    if (item.state === 'sent' && Date.now() - Date.parse(item.queued_at) > SENT_STAYS_MS) removeItem(item.id);
    if (!isWaiting(item)) continue;
    const isDue = isOnline() && item.not_before <= Date.now();
    if (isDue) await sendItem(item, update, dispatch);
    // Its photos go up anew, see sending.ts.
    if (isDue && isWaiting(item) && item.not_before === 0) mustRunAgain = true;
    if (isWaiting(item)) nextAt = Math.min(nextAt, item.not_before);
  }
  if (nextAt < Infinity) timer = setTimeout(lookAgain, Math.max(nextAt - Date.now(), isOnline() ? FIRST_WAIT_MS : LOOK_AGAIN_MS));
}

function lookAgain(): void {
  if (!isOnline()) checkNetwork();
  sendPending();
}

/** Send all that is due, one by one. Safe to call at any time from anywhere; never rejects. */
export async function sendPending(): Promise<void> {
  if (isRunning) { mustRunAgain = true; return; }
  isRunning = true;
  clearTimeout(timer);
  try {
    do {
      mustRunAgain = false;
      await sendDue();
    } while (mustRunAgain);
  } catch (error) {
    // The phone could not read or write just now; what waits is still there.
    timer = setTimeout(lookAgain, LOOK_AGAIN_MS);
  } finally {
    isRunning = false;
  }
}

/** The network is back, or the program in sight again: what waits, waits no longer. */
export function retryNow(): void {
  allItems().filter((item) => isWaiting(item) && item.not_before).forEach((item) => update(item, { not_before: 0 }));
  sendPending();
}

/** Clean up after a sudden end and follow the network; once, when the program starts. */
export function startOutbox(): void {
  sweep();
  onNetworkChange((isBack) => { if (isBack) retryNow(); });
}

/** The program is in sight again. In the background WeChat ends every request after five seconds ("fail interrupted"). */
export function resumeOutbox(): void {
  checkNetwork();
  retryNow();
}
