/** How far it is to the order: worked out on the phone, and sent nowhere. Asked for by its own button alone. */
import { byId, translate } from '../browser/dom.js';
import { locate } from '../browser/geolocation.js';

/** Names that phones remember: the consent would be lost under another. */
const WAY_AGREED = 'way:' + document.body.getAttribute('data-owner');
const WINDS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'];
const METRES_A_DEGREE = 111320;
const FRESH_MS = 60000;
/** What was said last, for the page that took the place of this one, and when. */
let lastWords = '';
let saidAt = 0;

/** Whether the way may be measured unasked: agreed to on this phone, and the browser has no question either. */
async function mayMeasure() {
  try {
    if (localStorage.getItem(WAY_AGREED) !== 'yes' || document.body.hasAttribute('data-wechat')) return false;
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted';
  } catch (error) { return false; }
}

/** In a straight line, with the wind towards which it lies. @param {GeolocationCoordinates} from */
function wayWords(from, lng, lat) {
  const north = (lat - from.latitude) * METRES_A_DEGREE;
  const east = (lng - from.longitude) * METRES_A_DEGREE * Math.cos(lat * Math.PI / 180);
  const metres = Math.sqrt(north * north + east * east);
  const wind = translate('way.' + WINDS[Math.round((Math.atan2(east, north) * 180 / Math.PI + 360) / 45) % 8]);
  if (metres < 1000) return translate('way.metres', { m: Math.max(Math.round(metres / 10) * 10, 10), wind: wind });
  return translate('way.km', { km: (metres / 1000).toFixed(1), wind: wind });
}

function sayWay(words) {
  const line = byId('away');
  if (!line) return;
  line.textContent = words;
  line.hidden = !words;
}

async function measureWay(button) {
  const [lng, lat] = button.getAttribute('data-away').split(',').map(Number);
  sayWay(translate('way.locating'));
  try {
    lastWords = wayWords((await locate(FRESH_MS, 8000)).coords, lng, lat);
    saidAt = Date.now();
    button.hidden = true;
    sayWay(lastWords);
  } catch (error) { sayWay(translate('way.unknown')); }
}

/** Offer to say how far it is, again after every refresh; who agreed once on this phone is told at once. */
export function wireDistance() {
  async function wireWay() {
    const button = /** @type {any} */ (document.querySelector('[data-away]'));
    if (!button || !navigator.geolocation) return;
    button.hidden = Date.now() - saidAt < FRESH_MS;
    button.onclick = function () {
      try { localStorage.setItem(WAY_AGREED, 'yes'); } catch (error) { /* asked again the next time */ }
      measureWay(button);
    };
    if (button.hidden) sayWay(lastWords);
    else if (await mayMeasure()) measureWay(button);
  }
  wireWay();
  document.addEventListener('refreshed', wireWay);
}
