/** On a walk the next stop lies open: the first that is neither proved nor waits in the outbox to be. */
import { byId, translate } from '../browser/dom.js';

/** What waits in the outbox has its form hidden. */
function isWaiting(stop) {
  const proof = stop.querySelector('[data-hide-after]');
  return Boolean(proof && proof.hidden);
}

/** A stop that waits since just now closes; what was found there can still be reported. */
function showWaiting(stop) {
  const waits = isWaiting(stop);
  if (waits && !stop.classList.contains('waiting')) stop.open = false;
  stop.classList.toggle('waiting', waits);
}

function openNext() {
  /** @type {any[]} */
  const stops = Array.from(document.querySelectorAll('[data-stop]'));
  stops.forEach(showWaiting);
  const waiting = stops.filter(isWaiting).length;
  const next = stops.find(function (stop) { return stop.querySelector('[data-hide-after]') && !isWaiting(stop); });
  if (next && !next.classList.contains('next')) next.open = true;
  stops.forEach(function (stop) { stop.classList.toggle('next', stop === next); });
  const line = byId('patrol-waiting');
  if (!line) return;
  line.hidden = !waiting;
  line.textContent = waiting ? translate('patrol.waiting', { n: waiting }) : '';
}

/** Keep the page in step with the outbox, and with what was read anew. */
export function followStops() {
  document.addEventListener('queued', openNext);
}
