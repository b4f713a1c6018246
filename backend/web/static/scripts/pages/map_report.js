/** The report form of a point on the map: the pin's, or that of a place beside it. A moved pin leaves the rest of the form alone. */
import { byId, translate } from '../browser/dom.js';
import '../frame/connection.js';
import '../frame/leaving.js';
import '../frame/text_limits.js';
import { wireLocateButton } from '../report_form/locate_button.js';
import { openMapReport } from '../report_form/open_map_report.js';
import { createReportForm } from '../report_form/report_form.js';

const form = byId('report');
// Not by the form's own list of fields, of which `item` is a method.
const itemField = byId('item');
/** What a moved pin replaces. */
const PARTS = ['map', 'nearby-orders', 'place-choice'];

function chosenPoint() {
  const chosen = form.querySelector('input[name=where]:checked');
  const pair = chosen.value.split(',').map(Number);
  const about = Number(form.elements.about.value);
  const isPhones = about && about <= 100 && pair[0] === Number(form.elements.lng.value) && pair[1] === Number(form.elements.lat.value);
  const how = isPhones ? { accuracy_m: about } : { source: 'manual' };
  return { point: Object.assign({ lng: pair[0], lat: pair[1] }, how), place: chosen.parentNode.textContent.trim() };
}

/** Fetch the page around a point and replace the map and the places. Rejects without an answer. @param {Record<string, string>} values */
async function moveTo(values) {
  const body = new URLSearchParams(values);
  const reply = await fetch('/here', { method: 'POST', body: body, credentials: 'same-origin', headers: { Accept: 'text/html' } });
  const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html');
  if (!reply.ok || !PARTS.every(function (id) { return fresh.getElementById(id); })) throw new Error('no map');
  PARTS.forEach(function (id) { byId(id).replaceWith(document.importNode(/** @type {HTMLElement} */ (fresh.getElementById(id)), true)); });
  wireMap();
}

function onMapTap(event) {
  const frame = event.target.getBoundingClientRect();
  const tapped = [event.clientX - frame.left, event.clientY - frame.top].map(Math.round);
  event.preventDefault();
  if (!event.detail) return;
  moveTo({
    lng: form.elements.lng.value, lat: form.elements.lat.value, 'pin.x': String(tapped[0]), 'pin.y': String(tapped[1]),
  }).catch(function () { byId('locate-message').textContent = translate('map.no_map'); byId('locate-message').hidden = false; });
}

function wireMap() {
  /** @type {HTMLElement} */ (document.querySelector('input.map')).onclick = onMapTap;
  wireLocateButton(function (point) {
    moveTo({ lng: point.lng.toFixed(6), lat: point.lat.toFixed(6), about: String(point.about) }).catch(function () { openMapReport(point); });
  });
}

wireMap();
createReportForm(form, {
  selectedItem: function () { return itemField.options[itemField.selectedIndex]; },
  selectItem: function (itemCode) { itemField.value = itemCode; },
  location: chosenPoint,
  isOwn: function (item) {
    return Boolean(item.point) && ['lng', 'lat'].every(function (name) { return Number(item.point[name]).toFixed(6) === form.elements[name].value; });
  },
  message: byId('form-message'),
});
