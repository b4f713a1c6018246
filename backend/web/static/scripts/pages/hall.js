/** 抢单大厅: live, nearest first, and steady under the finger. */
import './default.js';
import { byId } from '../browser/dom.js';
import { startListening } from '../frame/live_events.js';
import { fetchHall, wireNearMe } from '../hall/asking.js';
import { startClosing } from '../hall/closing.js';
import { wireGrabbing } from '../hall/grabbing.js';
import { ageOfList, keepList } from '../hall/kept_list.js';
import { keepInStep, showLatest } from '../hall/offer_list.js';

const SETTLE_MS = 150;
const ASK_AGAIN_MS = 5000;
const APART_MS = Number(byId('live').getAttribute('data-refresh-every'));
let pendingAsk = 0;
let lastAskAt = 0;

/** Say why the list is old. @param {'network' | 'server' | ''} missing */
function showAge(missing) {
  byId('hall-offline').hidden = missing !== 'network';
  byId('hall-server').hidden = missing !== 'server';
  if (missing === 'network') byId('hall-age').textContent = ageOfList();
}

/** Ask for the list. `isWanted`: the reader asked for another one, which may take the place of the old at once. */
async function ask(isWanted) {
  clearTimeout(pendingAsk);
  lastAskAt = Date.now();
  const fresh = await fetchHall();
  const page = typeof fresh === 'string' ? null : fresh;
  const list = page && page.getElementById('offers');
  showAge(list ? '' : fresh === 'network' ? fresh : 'server');
  if (!page || !list) { pendingAsk = setTimeout(ask, ASK_AGAIN_MS); return; }
  keepList(list);
  byId('hall-origin').textContent = /** @type {any} */ (page.getElementById('hall-origin')).textContent;
  keepInStep(list);
  if (isWanted === true) showLatest();
}

function askSoon() {
  clearTimeout(pendingAsk);
  pendingAsk = setTimeout(ask, Math.max(SETTLE_MS, lastAskAt + APART_MS - Date.now()));
}

function askAnew() { ask(true); }

byId('hall-filter').addEventListener('change', askAnew);
byId('hall-filter').addEventListener('submit', function (event) {
  event.preventDefault();
  askAnew();
});
byId('new-offers').onclick = function () {
  showLatest();
  byId('offers').scrollIntoView({ block: 'start' });
};
window.addEventListener('offline', function () { showAge('network'); });
keepList(byId('offers'));
startClosing();
wireGrabbing();
wireNearMe(askAnew);
startListening(askSoon, ask);
