/** Upload photos one by one and show how much of all was sent: as a bar and in words. */
import { byId, translate } from '../browser/dom.js';
import { progressStep } from '../browser/http.js';
import { uploadPhoto } from './upload.js';

/** Null: nothing is being sent. A page that was refreshed meanwhile has a new bar. @param {number | null} percent */
export function showProgress(percent) {
  if (!byId('upload-progress')) return;
  const step = progressStep(percent || 0);
  const text = percent === null ? '' : translate('action.sending', { n: step });
  byId('upload-progress').hidden = byId('upload-percent').hidden = percent === null;
  byId('upload-progress').value = step;
  if (byId('upload-percent').textContent !== text) byId('upload-percent').textContent = text;
}

/** Each photo gets its id. Resolves to the first reply that is no success, else null. @param {Photo[]} photos */
export async function uploadPhotos(photos) {
  for (let i = 0; i < photos.length; i += 1) {
    const photo = photos[i];
    if (photo.id) continue;
    const reply = await uploadPhoto(photo, function (part) {
      showProgress((i + part) * 100 / photos.length);
    });
    if (!reply.ok) return reply;
    photo.id = reply.body.id;
  }
  return null;
}
