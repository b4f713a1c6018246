/** Shops and check lists on this phone: what can be inspected without network. Erased when somebody signs out. */

/** A name that phones remember. */
const TAKEN_AS = 'inspections:' + document.body.getAttribute('data-owner');
const STAYS_MS = 2 * 86400000;

/** @typedef {{id: string, name: string, address: string, checklists: string[], at: number}} KeptShop */
/** @typedef {{at: number, shops: KeptShop[], lists: Record<string, {name: string, html: string}>}} Kept */

/** What was taken along last. @returns {Kept} */
export function findTakenAlong() {
  try { return JSON.parse(localStorage.getItem(TAKEN_AS) || 'null') || { at: 0, shops: [], lists: {} }; } catch (error) { return { at: 0, shops: [], lists: {} }; }
}

/** The shop that an element of a page names. @param {Element} element @returns {KeptShop} */
function readShop(element) {
  const said = /** @type {(name: string) => string} */ (function (name) { return element.getAttribute('data-' + name) || ''; });
  return { id: said('shop'), name: said('name'), address: said('address'), checklists: said('checklists').split(' ').filter(Boolean), at: Date.now() };
}

/** Keep the shops that this page names and the lists that lie in it, before those of the last days. */
export function takeAlong() {
  const before = findTakenAlong();
  const shops = Array.from(document.querySelectorAll('[data-shop]'), readShop);
  const earlier = before.shops.filter(function (shop) {
    return Date.now() - shop.at < STAYS_MS && !shops.some(function (other) { return other.id === shop.id; });
  });
  Array.from(document.querySelectorAll('template[data-taken-along]')).forEach(function (/** @type {any} */ template) {
    before.lists[template.getAttribute('data-taken-along')] = { name: template.getAttribute('data-name'), html: template.innerHTML };
  });
  try {
    localStorage.setItem(TAKEN_AS, JSON.stringify({ at: Date.now(), shops: shops.concat(earlier), lists: before.lists }));
  } catch (error) { /* a full or private store: then with network only */ }
}

/** The page that stands in without network is one for inspectors from now on. */
export async function takeAlongPage() {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.ready;
  if (registration.active) registration.active.postMessage({ keep: ['/offline'] });
}
