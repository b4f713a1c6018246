/** The one place that reads the phone's position: each purpose asks for itself, and a permission given for one serves no other. */

/** A fix not older than this, asked for because of a press, or of a purpose that was agreed to. Rejects without one. */
export function locate(maxAgeMs, patienceMs) {
  return new Promise(function (resolve, reject) {
    if (!navigator.geolocation) { reject(new Error('none')); return; }
    navigator.geolocation.getCurrentPosition(resolve, reject, {
      enableHighAccuracy: true, timeout: patienceMs || 10000, maximumAge: maxAgeMs,
    });
  });
}

/** What the API takes of a fix. */
export function fixOf(found) {
  return { lng: found.coords.longitude, lat: found.coords.latitude, accuracy_m: found.coords.accuracy };
}
