/** Open orders on a map: how many there are where many lie, one sign for each where one comes near. */
import { orderPopup } from './order_popup.js';
import { addOrderSigns, IN_TIME, LATE } from './order_signs.js';
import { FONTS, TILE_MOST } from './map_style.js';

const GROUP_PADDING = 70;
const NEAREST_OF_GROUP = 17;
/** Where single orders begin; a group that all but reaches them is brought there. */
const SINGLE_FROM = 15.2;
const NEARLY_SINGLE = 13.4;
const SINGLE_LAYER = 'order-signs';
const GROUP_LAYER = 'order-groups';

/** Groups of orders: a disc with their number; with late ones a thick ring and how many those are. @param {number} s */
function groupLayers(s) {
  const isGroup = ['has', 'n'];
  const isLate = ['>', ['get', 'late'], 0];
  const counted = {
    'circle-radius': ['step', ['get', 'n'], 13 * s, 10, 16 * s, 100, 20 * s, 1000, 25 * s], 'circle-color': IN_TIME,
    'circle-stroke-color': ['case', isLate, LATE, '#ffffff'], 'circle-stroke-width': ['case', isLate, 4.5 * s, 2 * s],
  };
  const text = { 'text-font': FONTS, 'text-allow-overlap': true };
  return [
    { id: GROUP_LAYER, type: 'circle', source: 'orders', 'source-layer': 'orders', filter: isGroup, paint: counted },
    { id: 'order-counts', type: 'symbol', source: 'orders', 'source-layer': 'orders', filter: isGroup,
      layout: Object.assign({ 'text-field': ['to-string', ['get', 'n']], 'text-size': 14 * s }, text), paint: { 'text-color': '#ffffff' } },
    { id: 'order-late-counts', type: 'symbol', source: 'orders', 'source-layer': 'orders', filter: ['all', isGroup, isLate],
      layout: Object.assign({}, text, { 'text-allow-overlap': false, 'symbol-sort-key': ['-', 0, ['get', 'late']], 'text-padding': 0, 'text-field': ['concat', '!', ['to-string', ['get', 'late']]], 'text-size': 14 * s, 'text-anchor': 'left', 'text-offset': ['step', ['get', 'n'], ['literal', [1.3, -0.9]], 100, ['literal', [1.8, -1]]] }),
      paint: { 'text-color': LATE, 'text-halo-color': '#ffffff', 'text-halo-width': 2.5 } },
  ];
}

/** @param {number} s */
function singleLayer(s) {
  const sign = ['case', ['==', ['get', 'late'], true], 'order-late', ['==', ['get', 'state'], 'suspended'], 'order-resting', 'order-open'];
  return {
    id: SINGLE_LAYER, type: 'symbol', source: 'orders', 'source-layer': 'orders', filter: ['!', ['has', 'n']],
    layout: {
      'icon-image': sign, 'icon-size': s, 'icon-allow-overlap': true, 'icon-ignore-placement': true,
      'symbol-sort-key': ['case', ['==', ['get', 'late'], true], 1, 0],
      'text-field': ['step', ['zoom'], '', 16, ['get', 'priority']], 'text-font': FONTS, 'text-size': 12 * s, 'text-anchor': 'top', 'text-offset': [0, 1.1], 'text-optional': true,
    },
    paint: { 'text-color': '#17222d', 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
  };
}

/** @param {any} map @param {any} library @param {MapOptions} options */
function wirePresses(map, library, options) {
  map.on('click', GROUP_LAYER, function (event) {
    const group = event.features[0].properties;
    const camera = map.cameraForBounds([[group.west, group.south], [group.east, group.north]], { padding: GROUP_PADDING, maxZoom: NEAREST_OF_GROUP });
    if (!camera) return;
    map.easeTo({ center: camera.center, zoom: camera.zoom > NEARLY_SINGLE ? Math.max(camera.zoom, SINGLE_FROM) : camera.zoom });
  });
  map.on('click', SINGLE_LAYER, function (event) {
    const found = event.features.filter(function (feature, at) { return event.features.findIndex(function (other) { return other.id === feature.id; }) === at; });
    const popup = new library.Popup({ maxWidth: '320px', closeButton: true, locale: options.words });
    popup.setLngLat(found[0].geometry.coordinates).setDOMContent(orderPopup(found, options.words)).addTo(map);
  });
  [GROUP_LAYER, SINGLE_LAYER].forEach(function (layer) {
    map.on('mouseenter', layer, function () { map.getCanvas().style.cursor = 'pointer'; });
    map.on('mouseleave', layer, function () { map.getCanvas().style.cursor = ''; });
  });
}

/** Draw the orders. Returns what fetches them anew. @param {any} map @param {any} library @param {MapOptions} options */
export function addOrders(map, library, options) {
  let times = 0;
  addOrderSigns(map);
  map.addSource('orders', { type: 'vector', tiles: [options.orders], minzoom: 0, maxzoom: TILE_MOST });
  groupLayers(options.scale).concat(/** @type {any} */ (singleLayer(options.scale))).forEach(function (layer) { map.addLayer(layer); });
  if (options.opens) wirePresses(map, library, options);

  return function () {
    times += 1;
    map.getSource('orders').setTiles([options.orders + (options.orders.indexOf('?') < 0 ? '?' : '&') + 'again=' + times]);
  };
}
