/** A press on a door or a place says what it is called and leads to its public page. */
import { createElement } from '../browser/dom.js';

const PLACES = 'places';
const REACH = 12;

/** @param {any} map @param {any} library @param {MapOptions} options */
export function addPlacePages(map, library, options) {
  function around(point) { return [[point.x - REACH, point.y - REACH], [point.x + REACH, point.y + REACH]]; }

  map.on('click', function (event) {
    const found = map.queryRenderedFeatures(around(event.point), { layers: [PLACES] }).find(function (feature) { return feature.id; });
    if (!found) return;
    const about = found.properties;
    const words = about.name || (about.road || '') + (about.number || '');
    const link = createElement('a', { className: 'btn', href: options.places + found.id, textContent: words || options.words.place });
    new library.Popup({ maxWidth: '280px', locale: options.words }).setLngLat(found.geometry.coordinates).setDOMContent(createElement('p', {}, [link])).addTo(map);
  });
  map.on('mouseenter', PLACES, function () { map.getCanvas().style.cursor = 'pointer'; });
  map.on('mouseleave', PLACES, function () { map.getCanvas().style.cursor = ''; });
}
