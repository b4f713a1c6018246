/** Without network: a report for the code that was scanned, what waits on this phone, and the wanted page once it can be had. */
import './leaving.js';
import './scanned.js';
import { byId } from './dom.js';
import { trayHooks } from './landing.js';
import { listItems } from './outbox.js';

if (byId('report').hidden) trayHooks.again = null;

async function isInUse() {
  const items = await listItems();
  const isWaiting = items.some(function (item) { return item.state === 'queued' || item.state === 'uploading'; });
  return isWaiting || byId('photo-thumbs').firstChild || byId('description').value;
}

/** Nothing that is being written or sent is interrupted; the link stays. */
window.addEventListener('online', async function () {
  if (!(await isInUse())) location.reload();
});
