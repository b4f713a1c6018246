/** Events say only that something changed; the page asks again for what it may see. Where no stream can be had, it is polled for. */
import { byId } from '../browser/dom.js';

const POLL_MS = 15000;
/** @type {EventSource | null} */
let source = null;
let failures = 0;
let poll = 0;
let seenUpTo = '';

/** Ask whether anything happened since the last answer, which its ETag says; where nobody can be asked so, take it that it did. */
async function pollChanges(onChange) {
  if (document.hidden && !document.body.hasAttribute('data-rings')) return;
  const changes = byId('live').getAttribute('data-changes');
  if (!changes) { onChange(); return; }
  try {
    const reply = await fetch(changes, { credentials: 'same-origin', cache: 'no-store', headers: seenUpTo ? { 'If-None-Match': seenUpTo } : {} });
    if (reply.status === 304 || reply.ok) seenUpTo = reply.headers.get('ETag') || '';
    if (reply.ok) onChange();
  } catch (error) { /* no network: the next time */ }
}

function startPolling(onChange) {
  if (!poll) poll = setInterval(pollChanges, POLL_MS, onChange);
}

function connect(onEvent, onChange) {
  if (!window.EventSource) { startPolling(onChange); return; }
  const opened = new EventSource(byId('live').getAttribute('data-events'));
  source = opened;
  source.onopen = function () { failures = 0; clearInterval(poll); poll = 0; };
  source.onmessage = onEvent;
  source.onerror = function () {
    failures += 1;
    if (failures >= 2) startPolling(onChange);
    if (opened.readyState === 2) { source = null; setTimeout(function () { if (!document.hidden && !source) connect(onEvent, onChange); }, POLL_MS); }
  };
}

/**
 * Start listening to the streams that `#live` names. A hidden page disconnects, unless it rings; shown again it asks anew.
 * @param {() => void} onEvent called for every event of the stream, of which many may come at once
 * @param {() => void} onChange called when it is time to ask: after a poll that found something, shown or online again
 */
export function startListening(onEvent, onChange) {
  connect(onEvent, onChange);
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) {
      if (document.body.hasAttribute('data-rings')) return;
      if (source) source.close();
      source = null;
    } else {
      onChange();
      if (!source) connect(onEvent, onChange);
    }
  });
  window.addEventListener('online', onChange);
}
