/** Things of this page on its map: the stops of a walk with the way from one to the next, or devices. */
import { createElement } from '../browser/dom.js';

/** Another shape and colour for each tone; a number stands in it where it has one. */
function markElement(mark, scale) {
  const element = createElement(mark.href ? 'a' : 'span', { className: 'map-mark ' + mark.tone, textContent: mark.text || '', title: mark.label });
  if (mark.href) Object.assign(element, { href: mark.href, tabIndex: -1 });
  element.style.fontSize = 15 * scale + 'px';
  return element;
}

function wayOf(marks) {
  return { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: marks.map(function (mark) { return [mark.lng, mark.lat]; }) } };
}

/** Draw the marks of the page. Returns what draws others in their place. @param {any} map @param {any} library @param {MapOptions} options */
export function addMarks(map, library, options) {
  let markers = [];
  if (options.isWay) {
    map.addSource('way', { type: 'geojson', data: wayOf(options.marks) });
    map.addLayer({ id: 'way', type: 'line', source: 'way', layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': '#14509a', 'line-width': 4 * options.scale, 'line-opacity': 0.75 } });
  }

  function show(marks) {
    markers.forEach(function (marker) { marker.remove(); });
    markers = marks.map(function (mark) {
      return new library.Marker({ element: markElement(mark, options.scale) }).setLngLat([mark.lng, mark.lat]).addTo(map);
    });
    if (options.isWay) map.getSource('way').setData(wayOf(marks));
  }

  show(options.marks);
  return show;
}
