/** Where a handler stands, told while on duty: only where the browser was allowed to know already, once a minute at most. */
import { byId } from './dom.js';
import { send } from './wire.js';

const STAND_EVERY_MS = 60000;
const STOOD_AT = 'stood-at';
const IS_SEEN = 'is-seen';

/** What the last answer was, while it is fresh; null when it is time to say it again. */
function lastAnswer() {
  try {
    if (Date.now() - Number(localStorage.getItem(STOOD_AT)) >= STAND_EVERY_MS) return null;
    return localStorage.getItem(IS_SEEN);
  } catch (error) { return ''; }
}

/** Whoever is seen can read so. */
function showSeen(isSeen) {
  const line = byId('standing');
  if (line) line.hidden = !isSeen;
}

async function sayWhere(url, here) {
  const fix = { lng: here.longitude, lat: here.latitude, accuracy_m: here.accuracy };
  const reply = await send('PUT', url, JSON.stringify(fix), { 'Content-Type': 'application/json' });
  if (!reply.status) return;
  showSeen(reply.ok);
  try {
    localStorage.setItem(STOOD_AT, String(Date.now()));
    localStorage.setItem(IS_SEEN, reply.ok ? 'yes' : '');
  } catch (error) { /* without a memory nothing is said: see lastAnswer */ }
}

/** Let the ranking know who is near. Off duty the answer is a refusal, and nothing is kept. */
export function standing() {
  const url = document.body.getAttribute('data-position');
  if (!url || !navigator.permissions || !navigator.geolocation) return;
  showSeen(lastAnswer());
  navigator.permissions.query({ name: 'geolocation' }).then(function (permission) {
    function stand() {
      if (permission.state !== 'granted' || document.hidden || lastAnswer() !== null) return;
      navigator.geolocation.getCurrentPosition(function (found) { sayWhere(url, found.coords); }, function () {}, {
        maximumAge: STAND_EVERY_MS, timeout: 10000,
      });
    }
    stand();
    setInterval(stand, STAND_EVERY_MS);
  }, function () {});
}
