/** One photo to the server: a small one in one request, a large one in chunks. */
import { ensureSession, sendRequest } from '../browser/http.js';

const RESUMABLE_FROM_BYTES = 4194304;

/** The script for large photos, fetched on first need. Without it the photo goes in one request. */
function loadResumableUpload() {
  return new Promise(function (resolve) {
    const script = document.createElement('script');
    script.src = String(document.body.getAttribute('data-resumable-upload'));
    script.onload = script.onerror = resolve;
    document.head.append(script);
  });
}

/** @param {ArrayBuffer} bytes @param {string} type @param {string} key @param {OnProgress} onProgress @returns {Promise<Reply>} */
async function uploadBytes(bytes, type, key, onProgress) {
  if (bytes.byteLength > RESUMABLE_FROM_BYTES) {
    if (!window.yimaResumableUpload) await loadResumableUpload();
    if (window.yimaResumableUpload) return window.yimaResumableUpload(bytes, key, onProgress);
  }
  const form = new FormData();
  form.append('file', new Blob([bytes], { type: type }), type === 'image/jpeg' ? 'photo.jpg' : 'photo');
  return sendRequest('POST', '/api/v1/photos', form, { 'Idempotency-Key': key }, onProgress);
}

/** Send a photo that was chosen; the reply's body carries its id. @param {any} photo a `Photo` with its bytes @param {OnProgress} onProgress */
export async function uploadPhoto(photo, onProgress) {
  return await ensureSession() || uploadBytes(photo.bytes, photo.type, photo.key, onProgress);
}
