/** The screen stays on while somebody walks a patrol: a switch on the walk says so, and the phone lets go when the walk is over. */
import { byId, translate } from '../browser/dom.js';

/** A name that phones remember: whoever switched it off once is not asked by each walk. */
const CHOICE = 'awake:' + document.body.getAttribute('data-owner');
const LOW_BATTERY = 0.2;
/** @type {any} */
let wakeLock = null;
let isRequesting = false;

function isOn() {
  try { return localStorage.getItem(CHOICE) !== 'off'; } catch (error) { return true; }
}

function storeChoice(on) {
  try { localStorage.setItem(CHOICE, on ? 'on' : 'off'); } catch (error) { /* then for this page alone */ }
}

/** Browsers that say nothing of it are taken to have enough. */
async function isBatteryLow() {
  const ask = /** @type {any} */ (navigator).getBattery;
  if (!ask) return false;
  try {
    const battery = await ask.call(navigator);
    return !battery.charging && battery.level < LOW_BATTERY;
  } catch (error) { return false; }
}

/** @param {'on' | 'off' | 'low' | 'refused'} state */
function showState(state) {
  const line = byId('awake');
  if (!line) return;
  line.hidden = false;
  // What the page was made with, too: a field that differs from it holds live updates back.
  byId('awake-switch').checked = byId('awake-switch').defaultChecked = isOn();
  byId('awake-words').textContent = translate('awake.' + state);
}

async function release() {
  const held = wakeLock;
  wakeLock = null;
  if (held) await held.release();
}

async function hold() {
  if (document.hidden || wakeLock || isRequesting) return;
  isRequesting = true;
  try {
    if (await isBatteryLow()) { showState('low'); return; }
    const held = await navigator.wakeLock.request('screen');
    wakeLock = held;
    held.addEventListener('release', function () { if (wakeLock === held) wakeLock = null; });
    showState('on');
  } catch (error) { showState('refused'); } finally { isRequesting = false; }
}

/** As the walk stands and its switch says: the walk is over where its switch is gone. */
function follow() {
  const box = byId('awake-switch');
  if (!box) { release(); return; }
  box.onchange = function () {
    storeChoice(box.checked);
    follow();
  };
  if (isOn()) { if (wakeLock) showState('on'); else hold(); return; }
  showState('off');
  release();
}

/** Follow the walk of this page; without the browser's help there is no switch. */
export function keepAwake() {
  if (!('wakeLock' in navigator)) return;
  follow();
  document.addEventListener('refreshed', follow);
  document.addEventListener('visibilitychange', function () { if (!document.hidden) follow(); });
}
