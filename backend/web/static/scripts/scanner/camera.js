/** The camera on the back of the phone: opened on demand, with its torch where it has one, and in words what stands in its way. */

/** Names of what browsers throw → why there is no picture: `refused`, `no_camera`, `busy`. */
const TROUBLES = /** @type {Record<string, string>} */ ({
  NotAllowedError: 'refused', PermissionDeniedError: 'refused', SecurityError: 'refused',
  NotFoundError: 'no_camera', DevicesNotFoundError: 'no_camera', OverconstrainedError: 'no_camera',
  NotReadableError: 'busy', TrackStartError: 'busy', AbortError: 'busy',
});

/** Rejects with what the browser says. @returns {Promise<MediaStream>} */
export async function openRearCamera() {
  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) throw new Error(window.isSecureContext ? 'none' : 'insecure');
  const video = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
  return navigator.mediaDevices.getUserMedia({ audio: false, video: video });
}

/** @param {any} error */
export function troubleOf(error) {
  return error.message === 'insecure' ? 'insecure' : TROUBLES[error.name] || 'no_camera';
}

/** @param {MediaStream | null} stream */
export function closeCamera(stream) {
  if (stream) stream.getTracks().forEach(function (track) { track.stop(); });
}

/** What switches its torch, or null where it has none. @param {MediaStream} stream @returns {((isOn: boolean) => Promise<void>) | null} */
export function torchOf(stream) {
  const track = /** @type {any} */ (stream.getVideoTracks()[0]);
  const can = track.getCapabilities ? track.getCapabilities() : {};
  if (!can.torch) return null;
  return function (isOn) { return track.applyConstraints({ advanced: [{ torch: isOn }] }); };
}
