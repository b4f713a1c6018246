/** A pin that says where something is: put by a tap, dragged, or set in the middle of the map by a button, for keyboards. */
import { createElement } from '../browser/dom.js';

/** Farther off, a press would miss by streets: it leads nearer first. */
const NEAR_ENOUGH = 15;
const NEARER = 2.5;

/** A button on the map. @param {string} text @param {() => void} press */
function buttonControl(text, press) {
  const button = createElement('button', { type: 'button', className: 'map-button', textContent: text });
  const box = createElement('div', { className: 'maplibregl-ctrl maplibregl-ctrl-group' }, [button]);
  button.onclick = press;
  return { onAdd: function () { return box; }, onRemove: function () { box.remove(); } };
}

/**
 * The element hears `picked` with the longitude and latitude of the pin, and is told of another one by `pinmoved`.
 * @param {any} map @param {any} library @param {HTMLElement} element @param {MapOptions} options
 */
export function addPositionPicker(map, library, element, options) {
  const pin = new library.Marker({ draggable: true, color: '#a3191f', scale: 1.3 * options.scale });

  function put(place) { pin.setLngLat(place).addTo(map); }

  function pick(place) {
    if (map.getZoom() < NEAR_ENOUGH) {
      map.easeTo({ center: [place.lng, place.lat], zoom: map.getZoom() + NEARER });
      return;
    }
    put(place);
    element.dispatchEvent(new CustomEvent('picked', { detail: { lng: place.lng, lat: place.lat } }));
  }

  if (options.pin) put({ lng: options.pin[0], lat: options.pin[1] });
  map.on('click', function (event) { pick(event.lngLat); });
  pin.on('dragend', function () { pick(pin.getLngLat()); });
  map.addControl(buttonControl(options.words.pin_middle, function () { pick(map.getCenter()); }), 'top-left');
  element.addEventListener('pinmoved', function (/** @type {any} */ event) {
    put(event.detail);
    map.easeTo({ center: [event.detail.lng, event.detail.lat] });
  });
}
