/** The one place that reads the phone's position: each purpose asks for itself, and a permission given for one serves no other. */
import { askWechat } from './wechat.js';

/** @param {number} maxAgeMs @param {number} [timeoutMs] @returns {Promise<GeolocationPosition>} */
function locateByBrowser(maxAgeMs, timeoutMs) {
  return new Promise(function (resolve, reject) {
    if (!navigator.geolocation) { reject(new Error('none')); return; }
    navigator.geolocation.getCurrentPosition(resolve, reject, {
      enableHighAccuracy: true, timeout: timeoutMs || 10000, maximumAge: maxAgeMs,
    });
  });
}

/**
 * A position not older than this, asked for because of a press, or of a purpose that was agreed to. Rejects without one.
 * @param {number} maxAgeMs @param {number} [timeoutMs] @returns {Promise<GeolocationPosition>}
 */
export async function locate(maxAgeMs, timeoutMs) {
  const wechat = await askWechat();
  if (!wechat) return locateByBrowser(maxAgeMs, timeoutMs);
  return wechat.locate().catch(function (error) {
    if (error.message === 'cancel') throw error;
    return locateByBrowser(maxAgeMs, timeoutMs);
  });
}

/** The position as the API takes it. @param {GeolocationPosition} found @returns {Fix} */
export function toFix(found) {
  return { lng: found.coords.longitude, lat: found.coords.latitude, accuracy_m: found.coords.accuracy };
}
