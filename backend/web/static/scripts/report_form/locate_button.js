/** The button that starts a report without a code at the phone's position, which is asked for only when it is pressed. */
import { byId, translate } from '../browser/dom.js';
import { locate } from '../browser/geolocation.js';
import '../frame/connection.js';

function showLocateMessage(text) {
  byId('locate-message').textContent = text;
  byId('locate-message').hidden = !text;
}

/**
 * Wire the button, again whenever it was replaced.
 * @param {(point: {lng: number, lat: number, about: number}) => void} onPoint `about`: how exact the point is, in metres
 */
export function wireLocateButton(onPoint) {
  byId('locate').disabled = false;
  byId('locate').onclick = async function () {
    showLocateMessage(translate('map.locating'));
    try {
      const found = await locate(30000);
      showLocateMessage('');
      onPoint({ lng: found.coords.longitude, lat: found.coords.latitude, about: Math.ceil(found.coords.accuracy) });
    } catch (error) { showLocateMessage(translate('map.no_position')); }
  };
}
