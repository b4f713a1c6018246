/** The connection in the header: online, offline with so many items to send, or sending. */
import { byId, translate } from '../browser/dom.js';
import { listItems } from '../outbox/outbox.js';

async function showConnection() {
  const status = byId('connection');
  const items = await listItems();
  const waiting = items.filter(function (item) { return item.state === 'queued' || item.state === 'uploading'; });
  const isSending = waiting.some(function (item) { return item.state === 'uploading'; });
  const isOffline = navigator.onLine === false;
  const name = waiting.length ? (isOffline ? 'offline_waiting' : isSending ? 'sending' : 'waiting') : isOffline ? 'offline' : 'online';
  const text = translate('connection.' + name, { n: waiting.length });
  if (status.textContent !== text) status.textContent = text;
  status.className = 'connection scripted' + (isOffline ? ' off' : waiting.length ? ' busy' : '');
}

['online', 'offline'].forEach(function (name) { window.addEventListener(name, showConnection); });
document.addEventListener('outbox', showConnection);
showConnection();
