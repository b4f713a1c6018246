/** The pill in the header: online, offline with so many waiting, or sending. And words that are too long. */
import { byId, speak } from './dom.js';
import { listItems } from './outbox.js';

async function show() {
  const pill = byId('net');
  const items = await listItems();
  const waiting = items.filter(function (item) { return item.state === 'queued' || item.state === 'uploading'; });
  const isSending = waiting.some(function (item) { return item.state === 'uploading'; });
  const isOff = navigator.onLine === false;
  let text = speak(isOff ? 'net.offline' : 'net.online');
  if (waiting.length) text = speak(isOff ? 'net.offline_waiting' : isSending ? 'net.sending' : 'net.waiting', { n: waiting.length });
  if (pill.textContent !== text) pill.textContent = text;
  pill.className = 'net scripted' + (isOff ? ' off' : waiting.length ? ' busy' : '');
}

/** Words are counted as the server counts them: characters, a line break being one. Too many are told, never cut. */
document.addEventListener('input', function (event) {
  const field = /** @type {HTMLTextAreaElement} */ (event.target);
  const most = Number(field.getAttribute('data-most'));
  if (!most) return;
  const over = Array.from(field.value.trim()).length - most;
  field.setCustomValidity(over > 0 ? speak('net.too_long', { n: over, most: most }) : '');
});

['online', 'offline'].forEach(function (name) { window.addEventListener(name, show); });
document.addEventListener('outbox', show);
show();
