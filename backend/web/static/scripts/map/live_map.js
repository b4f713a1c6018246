/**
 * Maps that can be moved, in the place of the drawings that came with the page. A drawing stays where the browser cannot
 * draw, where the ground or the library cannot be fetched, and without network.
 */
import { createElement } from '../browser/dom.js';
import { showPicture, makeRoom } from './drawing.js';
import { loadMapLibrary } from './gl_library.js';
import { nameGround } from './ground.js';
import { addMarks } from './mark_layer.js';
import { optionsOf } from './map_options.js';
import { styleOf } from './map_style.js';
import { addOrders } from './order_layer.js';
import { addPlacePages } from './place_layer.js';
import { addPositionPicker } from './position_picker.js';
import { whenSeen } from './sight.js';
import { tellOfTrouble } from './trouble.js';

const LEAST_HIGH = 300;
const NEAREST = 17.4;
const NEWS_APART_MS = 10000;
const PIN_ZOOM = 17.5;

/** @typedef {{ element: HTMLElement, frame: HTMLElement, map: any, refresh: () => void, show: (marks: any[]) => void }} ShownMap */
/** @type {ShownMap[]} */
let shown = [];

function nothing() { /* there is nothing of the kind on this map */ }

/** The room of the drawing, over which the map is made ready unseen. @param {HTMLElement} element */
function frameFor(element, options) {
  const frame = createElement('div', { className: 'gl-map' });
  const drawing = /** @type {HTMLElement | null} */ (element.querySelector('.map-drawing'));
  frame.style.height = Math.max(LEAST_HIGH, Math.min(drawing ? drawing.offsetHeight : 0, window.innerHeight * 0.8)) + 'px';
  frame.style.visibility = 'hidden';
  frame.style.position = 'absolute';
  if (options.picks || element.hasAttribute('data-high')) frame.style.height = element.getAttribute('data-high') || frame.style.height;
  element.prepend(frame);
  return frame;
}

/** @param {ShownMap} ready */
function putInPlace(ready) {
  const drawing = /** @type {HTMLElement | null} */ (ready.element.querySelector('.map-drawing'));
  if (drawing) drawing.hidden = true;
  Array.from(ready.element.querySelectorAll('.map-legend')).forEach(function (/** @type {any} */ line) { line.hidden = false; });
  const card = /** @type {HTMLElement | null} */ (ready.element.closest('[data-map-card]'));
  if (card) card.hidden = false;
  ready.frame.style.visibility = '';
  ready.frame.style.position = '';
  ready.map.resize();
}

function view(options) {
  if (options.pin) return { center: options.pin, zoom: PIN_ZOOM };
  return options.bounds ? { bounds: options.bounds, fitBoundsOptions: { padding: 24, maxZoom: NEAREST } } : { center: [104, 35], zoom: 3 };
}

/** @param {any} library @param {HTMLElement} element */
function createMap(library, element) {
  const options = optionsOf(element);
  const frame = frameFor(element, options);
  const map = new library.Map(Object.assign({
    container: frame, style: styleOf(options), attributionControl: options.credit ? { compact: false } : false, maxZoom: 19.5, dragRotate: false, pitchWithRotate: false,
    touchPitch: false, interactive: options.moves, cooperativeGestures: false, locale: { 'Map.Title': options.label, 'Marker.Title': options.words.pin, 'NavigationControl.ZoomIn': options.words.zoom_in, 'NavigationControl.ZoomOut': options.words.zoom_out, 'Popup.Close': options.words.close },
  }, view(options)));
  const ready = { element: element, frame: frame, map: map, refresh: nothing, show: nothing };
  let isGroundMissing = false;
  map.on('error', function (event) { isGroundMissing = isGroundMissing || event.sourceId === 'base'; });
  if (options.orders) tellOfTrouble(map, function () { return ready.element; }, options.words);
  map.on('load', function () {
    if (isGroundMissing) { remove(ready); showPicture(ready.element); return; }
    if (options.moves) map.addControl(new library.NavigationControl({ showCompass: false }), 'top-right');
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    if (options.orders) ready.refresh = addOrders(map, library, options);
    if (options.marks.length) ready.show = addMarks(map, library, options);
    if (options.places) addPlacePages(map, library, options);
    if (options.picks) addPositionPicker(map, library, element, options);
    putInPlace(ready);
    if (options.bounds && !options.pin) map.fitBounds(options.bounds, { padding: 24, maxZoom: NEAREST, animate: false });
    element.dispatchEvent(new CustomEvent('mapready', { detail: { map: map, refresh: ready.refresh }, bubbles: true }));
  });
  element.addEventListener('maprefresh', function () { ready.refresh(); });
  if (options.refreshMs) setInterval(function () { if (!document.hidden) ready.refresh(); }, options.refreshMs);
  shown.push(ready);
}

/** @param {ShownMap} gone */
function remove(gone) {
  shown = shown.filter(function (other) { return other !== gone; });
  gone.map.remove();
  gone.frame.remove();
}

/** A page that refreshed itself has a new element in the place of one: the map moves into it. @param {HTMLElement} element */
function adopt(element) {
  const before = shown.find(function (each) { return !each.element.isConnected && each.element.id === element.id; });
  if (!before) return false;
  before.element = element;
  element.prepend(before.frame);
  putInPlace(before);
  before.refresh();
  before.show(optionsOf(element).marks);
  return true;
}

/** Whoever pays for each kilobyte, or has a line of the slowest kind, keeps the drawing. */
function isSaving() {
  const line = /** @type {any} */ (navigator).connection;
  return Boolean(line && (line.saveData || /2g/.test(line.effectiveType || '')));
}

/** @param {HTMLElement} element */
function isNew(element) {
  return element.isConnected && !shown.some(function (each) { return each.element === element; });
}

/** @param {HTMLElement[]} elements that have come in sight, or need not */
async function begin(elements) {
  const unseen = elements.filter(isNew);
  if (!unseen.length) return;
  try {
    if (navigator.onLine === false || isSaving()) throw new Error('not now');
    const library = await loadMapLibrary(function (name) { return unseen[0].getAttribute('data-' + name) || ''; });
    await Promise.all(unseen.map(nameGround));
    unseen.filter(isNew).forEach(function (element) { createMap(library, element); });
  } catch (error) { unseen.forEach(showPicture); }
}

function showMaps() {
  const elements = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll('[data-live-map]')));
  const unseen = elements.filter(function (element) { return isNew(element) && !adopt(element); });
  unseen.forEach(makeRoom);
  begin(unseen.filter(function (element) { return !element.hasAttribute('data-waits'); }));
  unseen.filter(function (element) { return element.hasAttribute('data-waits'); }).forEach(function (element) {
    whenSeen(element, function () { begin([element]); });
  });
}

let lastNews = 0;
document.addEventListener('refreshed', showMaps);
document.addEventListener('happened', function () {
  if (document.hidden || Date.now() - lastNews < NEWS_APART_MS) return;
  lastNews = Date.now();
  shown.forEach(function (each) { each.refresh(); });
});
if (document.readyState === 'complete') showMaps(); else window.addEventListener('load', showMaps);
