/** Where the phone scanned, told only where it is allowed already: nobody who reports is ever asked for it. */
import { postJson, withSession } from './wire.js';

const HOW = { maximumAge: 60000, timeout: 10000 };

function tell(code, here) {
  const fix = { lng: here.longitude, lat: here.latitude, accuracy_m: here.accuracy };
  return withSession(function () { return postJson('/api/v1/codes/' + code + '/scans', fix); });
}

/** Say where this code was scanned, behind the page; silence is as good an answer. */
export function noteScan(code) {
  if (!code || !navigator.permissions || !navigator.geolocation) return;
  navigator.permissions.query({ name: 'geolocation' }).then(function (permission) {
    if (permission.state !== 'granted') return;
    navigator.geolocation.getCurrentPosition(function (found) { tell(code, found.coords); }, function () {}, HOW);
  }, function () {});
}
