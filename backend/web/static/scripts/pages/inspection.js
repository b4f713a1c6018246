/** What inspectors open in the street: shops that are due, and their check lists, all taken along for the time without network. */
import './default.js';
import { byId, translate } from '../browser/dom.js';
import { locate } from '../browser/geolocation.js';
import { wireCheckList } from '../inspections/check_list.js';
import { takeAlong, takeAlongPage } from '../inspections/taken_along.js';
import { showQueuedActions } from '../outbox/queued_actions.js';

async function start() {
  const form = /** @type {any} */ (document.querySelector('form[data-checklist]'));
  const shop = /** @type {any} */ (document.querySelector('[data-shop]'));
  takeAlong();
  takeAlongPage();
  showQueuedActions(form ? await wireCheckList(form, { id: shop.getAttribute('data-shop'), name: shop.getAttribute('data-name') }) : undefined);
}

/** The shops nearest first: the position goes in the body of the form, and stays nowhere. */
async function showNearest(event) {
  event.preventDefault();
  const form = event.target;
  byId('near-message').textContent = translate('inspect.locating');
  try {
    const found = await locate(60000);
    form.elements.lng.value = found.coords.longitude.toFixed(5);
    form.elements.lat.value = found.coords.latitude.toFixed(5);
    form.submit();
  } catch (error) { byId('near-message').textContent = translate('inspect.no_position'); }
}

if (byId('near')) byId('near').addEventListener('submit', showNearest);
start();
