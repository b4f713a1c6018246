/** The report form of a place on the map: the pin's, or that of a place beside it. A moved pin leaves the rest alone. */
import './leaving.js';
import { openAround } from './around.js';
import { askWhere } from './here.js';
import { byId, speak } from './dom.js';
import { fileBy } from './filing.js';

const form = byId('report');
// Not by the form's own list of fields, of which `item` is a method.
const matter = byId('item');
const MOVED = ['map', 'around', 'which'];

function where() {
  const chosen = form.querySelector('input[name=where]:checked');
  const pair = chosen.value.split(',').map(Number);
  const about = Number(form.elements.about.value);
  const isPhones = about && about <= 100 && pair[0] === Number(form.elements.lng.value) && pair[1] === Number(form.elements.lat.value);
  const how = isPhones ? { accuracy_m: about } : { source: 'manual' };
  return { point: Object.assign({ lng: pair[0], lat: pair[1] }, how), place: chosen.parentNode.textContent.trim() };
}

/** Read the page around a position and put its map and its places in place; without an answer the form is sent as it is. */
async function moveTo(said) {
  const body = new URLSearchParams(said);
  const reply = await fetch('/here', { method: 'POST', body: body, credentials: 'same-origin', headers: { Accept: 'text/html' } });
  const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html');
  if (!reply.ok || !MOVED.every(function (id) { return fresh.getElementById(id); })) throw new Error('no map');
  MOVED.forEach(function (id) { byId(id).replaceWith(document.importNode(fresh.getElementById(id), true)); });
  wireMap();
}

function press(event) {
  const frame = event.target.getBoundingClientRect();
  const spot = [event.clientX - frame.left, event.clientY - frame.top].map(Math.round);
  event.preventDefault();
  if (!event.detail) return;
  moveTo({
    lng: form.elements.lng.value, lat: form.elements.lat.value, 'pin.x': String(spot[0]), 'pin.y': String(spot[1]),
  }).catch(function () { byId('say').textContent = speak('here.no_map'); byId('say').hidden = false; });
}

function wireMap() {
  /** @type {HTMLElement} */ (document.querySelector('input.map')).onclick = press;
  askWhere(function (point) {
    moveTo({ lng: point.lng.toFixed(6), lat: point.lat.toFixed(6), about: String(point.about) }).catch(function () { openAround(point); });
  });
}

wireMap();
fileBy(form, {
  option: function () { return matter.options[matter.selectedIndex]; },
  choose: function (wanted) { matter.value = wanted; },
  where: where,
  isHere: function (item) {
    return Boolean(item.point) && ['lng', 'lat'].every(function (name) { return Number(item.point[name]).toFixed(6) === form.elements[name].value; });
  },
  say: byId('missing'),
});
