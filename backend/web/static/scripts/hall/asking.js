/** What the hall asks the server for: the filter, and the phone's position once its own button was pressed. It travels in bodies alone. */
import { byId, translate } from '../browser/dom.js';
import { locate, toFix } from '../browser/geolocation.js';

const MAX_AGE_MS = 60000;
/** A name that phones remember: the consent would be lost under another. */
const NEAR_ME = 'hall-near:' + document.body.getAttribute('data-owner');
/** @type {Fix | null} */
let position = null;

function isAgreed() {
  try { return localStorage.getItem(NEAR_ME) === 'yes'; } catch (error) { return false; }
}

function setAgreed(answer) {
  try { localStorage.setItem(NEAR_ME, answer); } catch (error) { /* asked again the next time */ }
}

/** The page around here, as a document; where it cannot be had, what is missing. @returns {Promise<Document | 'network' | 'server'>} */
export async function fetchHall() {
  const form = byId('hall-filter');
  const body = new URLSearchParams({ within: form.elements.within.value, item: form.elements.item.value });
  if (position) {
    body.set('lng', position.lng.toFixed(4));
    body.set('lat', position.lat.toFixed(4));
  }
  try {
    const reply = await fetch('/hall', { method: 'POST', body: body, credentials: 'same-origin', headers: { Accept: 'text/html' } });
    return reply.ok ? new DOMParser().parseFromString(await reply.text(), 'text/html') : 'server';
  } catch (error) { return 'network'; }
}

/** What a grab says besides its key: where the phone is, once that was agreed to; it may reach beyond the own committee. */
export function grabBody() {
  return position ? { point: position } : {};
}

async function locateReader(onPosition) {
  const line = byId('near-message');
  line.hidden = false;
  line.textContent = translate('hall.locating');
  try {
    position = toFix(await locate(MAX_AGE_MS));
    line.textContent = translate('hall.near_you');
    onPosition();
  } catch (error) { line.textContent = translate('hall.no_position'); }
}

/** Wire the button that sorts by the way from the phone; who agreed once on this phone is not asked again. */
export function wireNearMe(onPosition) {
  const button = byId('near-me');
  function showNearMe() { button.textContent = translate(isAgreed() ? 'hall.near_off' : 'hall.near_on'); }
  button.onclick = function () {
    setAgreed(isAgreed() ? '' : 'yes');
    showNearMe();
    if (isAgreed()) { locateReader(onPosition); return; }
    position = null;
    byId('near-message').hidden = true;
    onPosition();
  };
  showNearMe();
  if (isAgreed()) locateReader(onPosition);
}
