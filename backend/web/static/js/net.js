/** The pill in the header: online, offline with so many waiting, or sending. */
import { byId, speak } from './dom.js';
import { listItems } from './outbox.js';

let waitingCount = 0;

async function show() {
  const pill = byId('net');
  const items = await listItems();
  const waiting = items.filter(function (item) { return item.state === 'queued' || item.state === 'uploading'; });
  waitingCount = waiting.length;
  const isSending = waiting.some(function (item) { return item.state === 'uploading'; });
  const isOff = navigator.onLine === false;
  let text = speak(isOff ? 'net.offline' : 'net.online');
  if (waiting.length) text = speak(isOff ? 'net.offline_waiting' : isSending ? 'net.sending' : 'net.waiting', { n: waiting.length });
  if (pill.textContent !== text) pill.textContent = text;
  pill.className = 'net scripted' + (isOff ? ' off' : waiting.length ? ' busy' : '');
}

/** Whoever signs out here leaves nothing unsent behind unknowingly. */
document.addEventListener('submit', function (event) {
  if (/** @type {Element} */ (event.target).getAttribute('action') !== '/sign-out' || !waitingCount) return;
  if (!window.confirm(speak('net.leave', { n: waitingCount }))) event.preventDefault();
});

['online', 'offline'].forEach(function (name) { window.addEventListener(name, show); });
document.addEventListener('outbox', show);
show();
