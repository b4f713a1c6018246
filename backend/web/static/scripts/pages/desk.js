/** The desk: live like the other lists, but never while orders are selected; the selected are counted, and all selected at once. */
import { byId, translate } from '../browser/dom.js';
import '../frame/connection.js';
import { startCountdowns } from '../frame/countdowns.js';
import '../frame/leaving.js';
import '../frame/offline_pages.js';
import { startLiveUpdates } from '../frame/live_updates.js';
import { startUnread } from '../frame/unread.js';
import '../frame/text_limits.js';

function boxes() {
  return /** @type {HTMLInputElement[]} */ (Array.from(document.querySelectorAll('.order-table [name=id]')));
}

function showCount() {
  const line = byId('selected-count');
  if (!line) return;
  const selected = boxes().filter(function (box) { return box.checked; }).length;
  line.textContent = selected ? translate('desk.selected', { n: selected }) : '';
  byId('select-all').checked = selected > 0 && selected === boxes().length;
}

document.addEventListener('change', function (event) {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (field.id === 'select-all') boxes().forEach(function (box) { box.checked = field.checked; });
  showCount();
});
document.addEventListener('refreshed', showCount);
window.addEventListener('pageshow', showCount);

startCountdowns();
startUnread();
startLiveUpdates();
