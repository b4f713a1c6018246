/** Where a handler stands, told while on duty: only after the own button said yes to this, once a minute at most. */
import { byId } from './dom.js';
import { fixOf, locate } from './position.js';
import { send } from './wire.js';

const STAND_EVERY_MS = 60000;
const STOOD_AT = 'stood-at';
const IS_SEEN = 'is-seen';
const AGREED = 'stands:' + document.body.getAttribute('data-owner');

function remember(key, value) {
  try { localStorage.setItem(key, value); } catch (error) { /* without a memory nothing is said: see lastAnswer */ }
}

/** Whether this person agreed on this phone. A permission that the browser gave for anything else says nothing. */
function isAgreed() {
  try { return localStorage.getItem(AGREED) === 'yes'; } catch (error) { return false; }
}

/** What the last answer was, while it is fresh; null when it is time to say it again. */
function lastAnswer() {
  try {
    if (Date.now() - Number(localStorage.getItem(STOOD_AT)) >= STAND_EVERY_MS) return null;
    return localStorage.getItem(IS_SEEN);
  } catch (error) { return ''; }
}

/** Whoever is seen can read so; whoever is not is told what it would mean. */
function showStanding() {
  const box = byId('standing');
  if (!box) return;
  box.hidden = false;
  byId('stand-seen').hidden = !(isAgreed() && lastAnswer() === 'yes');
  byId('stand').hidden = isAgreed();
  byId('stand-off').hidden = !isAgreed();
}

async function sayWhere(url) {
  const fix = fixOf(await locate(STAND_EVERY_MS));
  const reply = await send('PUT', url, JSON.stringify(fix), { 'Content-Type': 'application/json' });
  if (!reply.status) return;
  remember(STOOD_AT, String(Date.now()));
  remember(IS_SEEN, reply.ok ? 'yes' : '');
  showStanding();
}

/** Let the ranking know who is near. Off duty the answer is a refusal, and nothing is kept. */
export function standing() {
  const url = document.body.getAttribute('data-position');
  if (!url || !navigator.geolocation) return;
  function stand() {
    if (isAgreed() && !document.hidden && lastAnswer() === null) sayWhere(url).catch(function () {});
  }
  function agree(answer) {
    remember(AGREED, answer);
    remember(STOOD_AT, '0');
    showStanding();
    if (answer) stand(); else send('DELETE', url);
  }
  if (byId('standing')) {
    byId('stand').onclick = function () { agree('yes'); };
    byId('stand-off').onclick = function () { agree(''); };
  }
  showStanding();
  stand();
  setInterval(stand, STAND_EVERY_MS);
}
