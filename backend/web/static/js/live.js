/** A page that keeps itself up to date: events say only that something changed, the page is then read again. */
import { byId } from './dom.js';

const POLL_MS = 15000;
const SETTLE_MS = 120;
const NEWS_MS = 15000;
let source = null;
let failures = 0;
let poll = 0;
let pending = 0;
let lastTouch = 0;
let lastRead = 0;

function isChanged(field) {
  if (field.type === 'radio' || field.type === 'checkbox') return field.checked !== field.defaultChecked;
  if (field.options) return !field.options[field.selectedIndex].defaultSelected && Boolean(field.selectedIndex || field.querySelector('[selected]'));
  return field.type !== 'hidden' && field.type !== 'file' && field.value !== field.defaultValue;
}

function isBusy() {
  const active = document.activeElement;
  const isTyping = active && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName) && byId('live').contains(active);
  return isTyping || byId('live').hasAttribute('data-still') || document.querySelector('#live .thumbs li') || Date.now() - lastTouch < 700
    || Array.from(document.querySelectorAll('#live input, #live textarea, #live select')).some(isChanged);
}

/** What the reader had opened stays open. */
function keepOpen(fresh) {
  Array.from(document.querySelectorAll('#live details[open] summary')).forEach(function (summary) {
    const same = Array.from(fresh.querySelectorAll('summary')).find(function (other) { return other.textContent === summary.textContent; });
    if (same) same.parentNode.open = true;
  });
}

/** This page; the news of one's own last action is said again only while it is fresh. */
function address() {
  const isFresh = performance.now() < NEWS_MS;
  return location.pathname + (isFresh ? location.search : location.search.replace(/[?&]done=\w+/, ''));
}

/** Read the page again and put its living part in place. Waits while somebody writes, photographs or presses. */
export async function refresh(atOnce) {
  clearTimeout(pending);
  if (isBusy() && atOnce !== true) { pending = setTimeout(refresh, 1000); return; }
  lastRead = Date.now();
  let text = '';
  try {
    const reply = await fetch(address(), { credentials: 'same-origin' });
    if (!reply.ok) return;
    text = await reply.text();
  } catch (error) { return; }
  const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('live');
  if (!fresh || (isBusy() && atOnce !== true)) return;
  keepOpen(fresh);
  byId('live').replaceWith(document.importNode(fresh, true));
  document.dispatchEvent(new CustomEvent('refreshed'));
}

/** Read again when things have settled; a page that many events concern says how far apart its readings are. */
function soon() {
  const every = Number(byId('live').getAttribute('data-every') || 0);
  clearTimeout(pending);
  pending = setTimeout(refresh, Math.max(SETTLE_MS, lastRead + every - Date.now()));
}

function startPolling() {
  if (!poll) poll = setInterval(function () { if (!document.hidden) refresh(); }, POLL_MS);
}

function connect() {
  if (!window.EventSource) { startPolling(); return; }
  source = new EventSource(byId('live').getAttribute('data-live'));
  source.onopen = function () { failures = 0; clearInterval(poll); poll = 0; };
  source.onmessage = soon;
  source.onerror = function () {
    failures += 1;
    if (failures >= 2) startPolling();
    if (source.readyState === 2) { source = null; setTimeout(function () { if (!document.hidden && !source) connect(); }, POLL_MS); }
  };
}

/** Start listening. Hidden pages hang up; shown again they read anew and listen again. */
export function live() {
  connect();
  document.addEventListener('pointerdown', function () { lastTouch = Date.now(); });
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) {
      if (source) source.close();
      source = null;
    } else {
      refresh();
      if (!source) connect();
    }
  });
  window.addEventListener('online', refresh);
}
