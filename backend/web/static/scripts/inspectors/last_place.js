/** The place at which this inspector scanned a plate or reported last, for half an hour: whoever walks on is elsewhere. */

/** A name that phones remember; erased when somebody signs out. */
const PLACE_STORED_AS = 'place:' + document.body.getAttribute('data-owner');
const PLACE_LASTS_MS = 1800000;

/** A door or a plate, not where the phone was. @param {ChosenPlace} place */
export function rememberPlace(place) {
  if (/^spot:/.test(place.value)) return;
  try { localStorage.setItem(PLACE_STORED_AS, JSON.stringify({ at: Date.now(), place: place })); } catch (error) { /* a bonus only */ }
}

/** @returns {ChosenPlace | null} */
export function lastPlace() {
  try {
    const stored = JSON.parse(localStorage.getItem(PLACE_STORED_AS) || 'null');
    return stored && Date.now() - stored.at < PLACE_LASTS_MS ? stored.place : null;
  } catch (error) { return null; }
}

export function forgetPlace() {
  try { localStorage.removeItem(PLACE_STORED_AS); } catch (error) { /* then there was none */ }
}
