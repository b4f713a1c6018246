/** The report form of a point on the map: the pin's, or that of a place beside it. A moved pin leaves the rest of the form alone. */
import { byId, translate } from '../browser/dom.js';
import '../frame/connection.js';
import '../frame/leaving.js';
import '../frame/text_limits.js';
import { wireLocateButton } from '../report_form/locate_button.js';
import { createReportForm } from '../report_form/report_form.js';
import { takeShared } from '../report_form/shared_photos.js';

const form = byId('report');
// Not by the form's own list of fields, of which `item` is a method.
const itemField = byId('item');
/** What a moved pin replaces besides the drawing. */
const PARTS = ['nearby-orders', 'place-choice'];
/** Where the page was opened. */
const opened = pinFields();

function pinFields() {
  return { lng: form.elements.lng.value, lat: form.elements.lat.value, about: form.elements.about.value };
}

function chosenPlace() {
  const chosen = form.querySelector('input[name=where]:checked');
  return chosen ? chosen.value : '';
}

function chosenPoint() {
  const chosen = form.querySelector('input[name=where]:checked');
  const pair = chosen.value.split(',').map(Number);
  const about = Number(form.elements.about.value);
  const isPhones = about && about <= 100 && pair[0] === Number(form.elements.lng.value) && pair[1] === Number(form.elements.lat.value);
  const how = isPhones ? { accuracy_m: about } : { source: 'manual' };
  return { point: Object.assign({ lng: pair[0], lat: pair[1] }, how), place: chosen.parentNode.textContent.trim() };
}

/** Whether a map that can be moved stands in the place of the drawing. */
function isMovable() { return Boolean(document.querySelector('#live-map .gl-map')); }

/** The pin of that map stands where the form's does. */
function tellMap() {
  const pin = { lng: Number(form.elements.lng.value), lat: Number(form.elements.lat.value) };
  byId('live-map').dispatchEvent(new CustomEvent('pinmoved', { detail: pin }));
}

/** Say that the map stayed as it was, and why. @param {string} why */
function showNoMap(why) {
  byId('locate-message').textContent = translate('map.' + why);
  byId('locate-message').hidden = false;
  tellMap();
}

/** Fetch the page around a point and replace the map and the places. Resolves to whether it could be had. @param {Record<string, string>} values */
async function moveTo(values) {
  let reply = null;
  let fresh = null;
  try {
    reply = await fetch('/here', { method: 'POST', body: new URLSearchParams(values), credentials: 'same-origin', headers: { Accept: 'text/html' } });
    fresh = new DOMParser().parseFromString(await reply.text(), 'text/html');
  } catch (error) { showNoMap('no_map'); return false; }
  const page = fresh;
  if (!reply.ok || !PARTS.every(function (id) { return page.getElementById(id); })) { showNoMap('server'); return false; }
  (isMovable() ? PARTS : PARTS.concat('map')).forEach(function (id) { byId(id).replaceWith(document.importNode(/** @type {HTMLElement} */ (page.getElementById(id)), true)); });
  wireMap();
  tellMap();
  return true;
}

async function movePin(values) {
  if (await moveTo(values)) reportForm.keep();
}

function onMapTap(event) {
  const frame = event.target.getBoundingClientRect();
  const tapped = [event.clientX - frame.left, event.clientY - frame.top].map(Math.round);
  event.preventDefault();
  if (!event.detail) return;
  movePin({ lng: form.elements.lng.value, lat: form.elements.lat.value, 'pin.x': String(tapped[0]), 'pin.y': String(tapped[1]) });
}

function wireMap() {
  /** @type {HTMLElement} */ (document.querySelector('input.map')).onclick = onMapTap;
  wireLocateButton(function (point) {
    movePin({ lng: point.lng.toFixed(6), lat: point.lat.toFixed(6), about: String(point.about) });
  });
}

function isMoved() {
  const isElsewhere = form.elements.lng.value !== opened.lng || form.elements.lat.value !== opened.lat;
  return isElsewhere || Boolean(chosenPlace()) && !form.querySelector('input[name=where]').checked;
}

/** Put the pin and the chosen place back where a draft has them. @param {OutboxItem} item */
async function moveBack(item) {
  if (!item.pin) return;
  if (item.pin.lng !== opened.lng || item.pin.lat !== opened.lat) await moveTo(item.pin);
  Array.from(form.querySelectorAll('input[name=where]')).forEach(function (input) { input.checked = input.value === item.where; });
}

wireMap();
byId('live-map').addEventListener('picked', function (event) {
  movePin({ lng: event.detail.lng.toFixed(6), lat: event.detail.lat.toFixed(6) });
});
const reportForm = createReportForm(form, {
  path: '/here:' + opened.lng + ',' + opened.lat,
  selectedItem: function () { return itemField.options[itemField.selectedIndex]; },
  selectItem: function (itemCode) { itemField.value = itemCode; },
  location: chosenPoint,
  isMoved: isMoved,
  pin: function () { return { point: opened, pin: pinFields(), where: chosenPlace() }; },
  moveBack: moveBack,
  isOwn: function (item) {
    return Boolean(item.point) && ['lng', 'lat'].every(function (name) { return Number(item.point[name]).toFixed(6) === form.elements[name].value; });
  },
});
takeShared(form, 'photo-album');
