/** How the ground looks: quiet colours, so that orders stand out; borders differ by their strokes, too. */

export const FONTS = ['PingFang SC', 'HarmonyOS Sans SC', 'MiSans', 'Noto Sans CJK SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', 'sans-serif'];
const INK = '#17222d';
const INK_SOFT = '#4b5967';
const PAPER = '#dde4ea';
const LAND = '#f2f5f8';
const HALO = 'rgba(255,255,255,.92)';
/** Tiles hold all that there is from here on: nearer, they are drawn larger. */
export const TILE_MOST = 16;

/** Grows with the level of the map: pairs of level and value, the values times `scale`. */
function growing(scale, pairs) {
  /** @type {any[]} */
  const steps = ['interpolate', ['exponential', 1.7], ['zoom']];
  pairs.forEach(function (pair) { steps.push(pair[0], pair[1] * scale); });
  return steps;
}

function ofLevel(level) { return ['==', ['get', 'level'], level]; }
function ofKind(kind) { return ['==', ['get', 'kind'], kind]; }

function line(id, layer, color, width, more) {
  return Object.assign({
    id: id, type: 'line', source: 'base', 'source-layer': layer,
    layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': color, 'line-width': width },
  }, more);
}

function dashed(id, level, color, width, dashes, minzoom) {
  const paint = { 'line-color': color, 'line-width': width, 'line-dasharray': dashes };
  return line(id, 'areas', color, width, { filter: ofLevel(level), minzoom: minzoom, layout: { 'line-join': 'round' }, paint: paint });
}

/** @param {string} id @param {string} layer @param {any} text @param {any} size @param {any} more */
function label(id, layer, text, size, more) {
  const layout = Object.assign({ 'text-field': text, 'text-font': FONTS, 'text-size': size, 'text-padding': 4, 'text-max-width': 8 }, more.layout);
  return Object.assign({ id: id, type: 'symbol', source: 'base', 'source-layer': layer }, more, {
    layout: layout, paint: { 'text-color': more.color || INK, 'text-halo-color': HALO, 'text-halo-width': 1.6 }, color: undefined,
  });
}

/** @param {number} s */
function areaLayers(s) {
  return [
    { id: 'land', type: 'fill', source: 'base', 'source-layer': 'areas', paint: { 'fill-color': LAND, 'fill-antialias': false } },
    dashed('committees', 'committee', '#66727f', growing(s, [[12, 1], [15, 1.8]]), [4, 2], 12),
    dashed('towns', 'town', INK_SOFT, 2.2 * s, [6, 2, 1, 2], 8),
    line('districts', 'areas', INK_SOFT, 3 * s, { filter: ofLevel('district') }),
  ];
}

function areaNames(s) {
  return [
    label('committee-names', 'area_names', ['get', 'name'], 12.5 * s, { filter: ofLevel('committee'), minzoom: 13, maxzoom: 16.5, color: INK_SOFT }),
    label('town-names', 'area_names', ['get', 'name'], 16 * s, { filter: ofLevel('town'), minzoom: 8, maxzoom: 13 }),
    label('district-names', 'area_names', ['get', 'name'], 18 * s, { filter: ofLevel('district'), maxzoom: 11 }),
  ];
}

function cellLayers(s) {
  return [line('cells', 'cells', '#d0d8e0', 0.8 * s, { minzoom: 14 })];
}

function roadLayers(s) {
  const wide = growing(s, [[12, 1.4], [14, 3.4], [16, 10], [18, 24], [20, 60]]);
  const edge = growing(s, [[12, 2.4], [14, 5], [16, 12], [18, 27], [20, 64]]);
  return [line('road-edges', 'roads', '#b3bec9', edge, { minzoom: 12 }), line('roads', 'roads', '#ffffff', wide, { minzoom: 12 })];
}

function roadNames(s) {
  const along = { 'symbol-placement': 'line', 'symbol-spacing': 320, 'text-padding': 8 };
  return [label('road-names', 'roads', ['get', 'name'], growing(s, [[13, 11], [16, 13], [18, 16]]), { minzoom: 13, color: INK_SOFT, layout: along })];
}

function placeLayers(s) {
  const round = {
    'circle-radius': growing(s, [[15, 1.1], [16, 2], [18, 4.2]]), 'circle-stroke-color': '#ffffff', 'circle-stroke-width': growing(s, [[15, 0], [17, 1]]),
    'circle-color': ['match', ['get', 'kind'], 'storefront', '#8a5a00', 'point', '#14633a', '#14509a'],
  };
  return [{ id: 'places', type: 'circle', source: 'base', 'source-layer': 'places', minzoom: 15, paint: round }];
}

function placeNames(s) {
  const above = { 'text-anchor': 'bottom', 'text-offset': [0, -0.4], 'text-padding': 1 };
  return [
    label('numbers', 'places', ['get', 'number'], growing(s, [[16, 10], [18, 14]]), { filter: ofKind('doorplate'), minzoom: 16.4, layout: above }),
    label('place-names', 'places', ['coalesce', ['get', 'name'], ''], growing(s, [[17, 11], [19, 14]]), { filter: ['!', ofKind('doorplate')], minzoom: 17, color: '#6b4600', layout: above }),
  ];
}

const PARTS = { areas: [areaLayers, areaNames], cells: [cellLayers, null], roads: [roadLayers, roadNames], places: [placeLayers, placeNames] };

/** What another service's pictures show already is not drawn over them. */
const BESIDE_PICTURES = ['committees', 'towns', 'districts', 'cells', 'places', 'numbers', 'committee-names'];

/** @param {MapOptions} options */
export function styleOf(options) {
  const parts = options.layers.map(function (name) { return PARTS[name]; }).filter(Boolean);
  /** @type {any} */
  const sources = { base: { type: 'vector', tiles: [options.base], maxzoom: TILE_MOST } };
  let layers = [].concat.apply([], ['areas', 'cells', 'roads', 'places'].map(function (name) { return parts.indexOf(PARTS[name]) < 0 ? [] : PARTS[name][0](options.scale); }));
  parts.forEach(function (part) { if (part[1]) layers = layers.concat(part[1](options.scale)); });
  const pictures = options.service.map(function (address, number) {
    sources['service-' + number] = { type: 'raster', tiles: [address], tileSize: 256, maxzoom: 18, attribution: number ? '' : options.credit };
    return { id: 'service-' + number, type: 'raster', source: 'service-' + number };
  });
  if (pictures.length) layers = layers.filter(function (layer) { return BESIDE_PICTURES.indexOf(layer.id) >= 0; });
  return { version: 8, sources: sources, layers: /** @type {any[]} */ ([{ id: 'paper', type: 'background', paint: { 'background-color': PAPER } }]).concat(pictures, layers) };
}
