/** A page that keeps itself up to date: events say only that something changed, then the page is fetched again. */
import { byId } from '../browser/dom.js';
import { startListening } from './live_events.js';

const SETTLE_MS = 120;
const NOTICE_MS = 15000;
let pending = 0;
let lastTouchAt = 0;
let lastRefreshAt = 0;

function isChanged(field) {
  if (field.type === 'radio' || field.type === 'checkbox') return field.checked !== field.defaultChecked;
  if (field.options) return !field.options[field.selectedIndex].defaultSelected && Boolean(field.selectedIndex || field.querySelector('[selected]'));
  return field.type !== 'hidden' && field.type !== 'file' && field.value !== field.defaultValue;
}

function isBusy() {
  const active = /** @type {any} */ (document.activeElement);
  const isTyping = active && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName) && !/^(range|checkbox)$/.test(active.type) && byId('live').contains(active);
  return isTyping || byId('live').hasAttribute('data-paused') || document.querySelector('#live .thumbs li') || Date.now() - lastTouchAt < 700
    || Array.from(document.querySelectorAll('#live input, #live textarea, #live select')).some(isChanged);
}

/** What the reader had opened stays open. @param {HTMLElement} fresh */
function keepDetailsOpen(fresh) {
  Array.from(document.querySelectorAll('#live details[open] summary')).forEach(function (summary) {
    const same = Array.from(fresh.querySelectorAll('summary')).find(function (other) { return other.textContent === summary.textContent; });
    if (same) /** @type {HTMLDetailsElement} */ (same.parentNode).open = true;
  });
}

/** This page; the notice of the reader's own last action is shown again only while it is fresh. */
function refreshUrl() {
  const isFresh = performance.now() < NOTICE_MS;
  return location.pathname + (isFresh ? location.search : location.search.replace(/[?&]done=\w+/, ''));
}

/**
 * Fetch the page again and replace its live part. Waits while somebody writes, takes photos or presses.
 * @param {any} [atOnce] true: without waiting
 */
export async function refresh(atOnce) {
  clearTimeout(pending);
  if (isBusy() && atOnce !== true) { pending = setTimeout(refresh, 1000); return; }
  lastRefreshAt = Date.now();
  let text = '';
  try {
    const reply = await fetch(refreshUrl(), { credentials: 'same-origin' });
    if (!reply.ok) return;
    text = await reply.text();
  } catch (error) { return; }
  const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('live');
  if (!fresh || (isBusy() && atOnce !== true)) return;
  keepDetailsOpen(fresh);
  byId('live').replaceWith(document.importNode(fresh, true));
  document.dispatchEvent(new CustomEvent('refreshed'));
}

/** Refresh when the events have settled; a page that many events concern says how far apart its refreshes are, in ms. */
function scheduleRefresh() {
  const everyMs = Number(byId('live').getAttribute('data-refresh-every') || 0);
  clearTimeout(pending);
  pending = setTimeout(refresh, Math.max(SETTLE_MS, lastRefreshAt + everyMs - Date.now()));
}

function hearOf(then) {
  return function () {
    if (!document.hidden) then();
    document.dispatchEvent(new CustomEvent('happened'));
  };
}

/** Start listening, and keep the live part of the page up to date; whoever else listens hears `happened`. */
export function startLiveUpdates() {
  startListening(hearOf(scheduleRefresh), hearOf(refresh));
  document.addEventListener('pointerdown', function () { lastTouchAt = Date.now(); });
}
