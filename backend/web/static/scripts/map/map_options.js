/** What a page says about its map, in the attributes of its element: see docs/maps.md. */

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
    places: said('places'),
    marks: JSON.parse(said('marks') || '[]'),
    isWay: element.hasAttribute('data-way'),
  };
}
