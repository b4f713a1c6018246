/** Send photos one by one, and tell how much of all was sent: as a bar and in words. */
import { byId, speak } from './dom.js';
import { inSteps, postPhoto } from './wire.js';

/** Of so many percent; null: nothing is being sent. A page that was read again meanwhile has a new bar. */
export function showProgress(percent) {
  if (!byId('progress')) return;
  const step = inSteps(percent);
  const words = percent === null ? '' : speak('act.sending', { n: step });
  byId('progress').hidden = byId('percent').hidden = percent === null;
  byId('progress').value = step;
  if (byId('percent').textContent !== words) byId('percent').textContent = words;
}

/** Each photo gets its id. The first answer that is no success, else null. */
export async function sendPhotos(photos) {
  for (let i = 0; i < photos.length; i += 1) {
    const photo = photos[i];
    if (photo.id) continue;
    const reply = await postPhoto(photo.bytes, photo.type, photo.key, function (part) {
      showProgress((i + part) * 100 / photos.length);
    });
    if (!reply.ok) return reply;
    photo.id = reply.body.id;
  }
  return null;
}
