/** The desk: live like the other lists, but never while orders are ticked; ticks are counted, and all ticked at once. */
import { byId, speak } from './dom.js';
import { live } from './live.js';
import { countdown } from './countdown.js';
import './leaving.js';
import './net.js';

function boxes() {
  return /** @type {HTMLInputElement[]} */ (Array.from(document.querySelectorAll('#bulk [name=id]')));
}

function count() {
  const line = byId('ticked');
  if (!line) return;
  const ticked = boxes().filter(function (box) { return box.checked; }).length;
  line.textContent = ticked ? speak('desk.ticked', { n: ticked }) : '';
  byId('all').checked = ticked > 0 && ticked === boxes().length;
}

document.addEventListener('change', function (event) {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (field.id === 'all') boxes().forEach(function (box) { box.checked = field.checked; });
  count();
});
document.addEventListener('refreshed', count);
window.addEventListener('pageshow', count);

countdown();
live();
