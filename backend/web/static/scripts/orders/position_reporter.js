/** Reports a handler's position while on duty: only after its own button was pressed, and once a minute at most. */
import { byId } from '../browser/dom.js';
import { locate, toFix } from '../browser/geolocation.js';
import { sendRequest } from '../browser/http.js';

const REPORT_EVERY_MS = 60000;
/** Names that phones remember: the consent would be lost under another. */
const CONSENT = 'stands:' + document.body.getAttribute('data-owner');
const REPORTED_AT = 'stood-at';
const LAST_ANSWER = 'is-seen';

function remember(key, value) {
  try { localStorage.setItem(key, value); } catch (error) { /* without a memory nothing is reported: see lastAnswer */ }
}

/** Whether this person agreed on this phone. A permission that the browser gave for anything else says nothing. */
function hasConsent() {
  try { return localStorage.getItem(CONSENT) === 'yes'; } catch (error) { return false; }
}

/** What the last answer was, while it is fresh; null when it is time to report again. */
function lastAnswer() {
  try {
    if (Date.now() - Number(localStorage.getItem(REPORTED_AT)) >= REPORT_EVERY_MS) return null;
    return localStorage.getItem(LAST_ANSWER);
  } catch (error) { return ''; }
}

function showReporter() {
  const box = byId('position-reporter');
  if (!box) return;
  box.hidden = false;
  byId('position-reported').hidden = !(hasConsent() && lastAnswer() === 'yes');
  byId('position-on').hidden = hasConsent();
  byId('position-off').hidden = !hasConsent();
}

async function reportPosition(url) {
  const fix = toFix(await locate(REPORT_EVERY_MS));
  const reply = await sendRequest('PUT', url, JSON.stringify(fix), { 'Content-Type': 'application/json' });
  if (!reply.status) return;
  remember(REPORTED_AT, String(Date.now()));
  remember(LAST_ANSWER, reply.ok ? 'yes' : '');
  showReporter();
}

/** Let the ranking know who is near. Off duty the server refuses the position and stores nothing. */
export function startPositionReporter() {
  const url = document.body.getAttribute('data-position-url');
  if (!url || !navigator.geolocation) return;
  const reportUrl = url;
  function report() {
    if (hasConsent() && !document.hidden && lastAnswer() === null) reportPosition(reportUrl).catch(function () {});
  }
  function setConsent(answer) {
    remember(CONSENT, answer);
    remember(REPORTED_AT, '0');
    showReporter();
    if (answer) report(); else sendRequest('DELETE', reportUrl);
  }
  if (byId('position-reporter')) {
    byId('position-on').onclick = function () { setConsent('yes'); };
    byId('position-off').onclick = function () { setConsent(''); };
  }
  showReporter();
  report();
  setInterval(report, REPORT_EVERY_MS);
}
