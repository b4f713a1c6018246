/** What a page says about its map, in the attributes of its element: see docs/maps.md. */

/**
 * @typedef {object} MapOptions
 * @property {string} base address of the ground's tiles
 * @property {string} orders address of the tiles of open orders; empty without
 * @property {string[]} layers which parts of the ground are drawn
 * @property {number[] | null} bounds west, south, east, north
 * @property {number[] | null} pin longitude and latitude of a pin that can be moved
 * @property {boolean} picks whether a position may be picked
 * @property {boolean} opens whether a press on an order leads to it
 * @property {boolean} moves whether the map can be moved
 * @property {number} scale of letters, signs and lines
 * @property {number} refreshMs how far apart orders are fetched anew; 0: never by the clock
 * @property {string[]} service addresses of another service's pictures, drawn beneath
 * @property {string} credit what that service wants said
 * @property {Record<string, string>} words
 * @property {string} label
 * @property {any[]} marks things with a place of their own: lng, lat, text, tone, label, href
 * @property {boolean} isWay whether the marks are the stops of one way, in order
 */

/** @param {string} text @returns {number[] | null} */
function numbers(text) {
  const found = text ? text.split(',').map(Number) : [];
  return found.length && found.every(isFinite) ? found : null;
}

/** Addresses of tiles have to be whole: they are fetched in another thread. @param {string} path */
function whole(path) {
  return path ? location.origin + path : '';
}

/** @param {HTMLElement} element @returns {MapOptions} */
export function optionsOf(element) {
  function said(name) { return element.getAttribute('data-' + name) || ''; }
  return {
    base: whole(said('base')),
    orders: whole(said('orders')),
    layers: said('layers').split(' '),
    bounds: numbers(said('bounds')),
    pin: numbers(said('pin')),
    picks: element.hasAttribute('data-picks'),
    opens: element.hasAttribute('data-opens'),
    moves: !element.hasAttribute('data-still'),
    scale: Number(said('scale')) || 1,
    refreshMs: 1000 * Number(said('refresh-s')),
    service: said('service').split(' ').filter(Boolean).map(whole),
    credit: said('credit'),
    words: JSON.parse(said('words') || '{}'),
    label: said('label'),
    marks: JSON.parse(said('marks') || '[]'),
    isWay: element.hasAttribute('data-way'),
  };
}
