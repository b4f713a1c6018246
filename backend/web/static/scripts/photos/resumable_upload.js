/** Large photos in chunks (tus 1.0), loaded only when one is there: a lost connection costs at most the last chunk. */
import { isRetryable, sendRequest } from '../browser/http.js';

const CHUNK_BYTES = 1048576;
const TRIES = 4;
const FIRST_WAIT_MS = 1000;
const TUS_HEADERS = { 'Tus-Resumable': '1.0.0' };

/** The URL of the upload of a key, also after the page was closed; without localStorage the upload starts anew. */
const uploadUrls = {
  get: function (key) { try { return localStorage.getItem('tus:' + key); } catch (error) { return null; } },
  set: function (key, url) { try { localStorage.setItem('tus:' + key, url); } catch (error) { /* private window */ } },
  remove: function (key) { try { localStorage.removeItem('tus:' + key); } catch (error) { /* private window */ } },
};

function wait(ms) {
  return new Promise(function (resolve) { setTimeout(resolve, ms); });
}

function offsetOf(reply) {
  return Number(reply.header('Upload-Offset')) || 0;
}

/** The upload of this key and how much of it has arrived; `failure`: the reply when the server cannot say. @returns {Promise<any>} */
async function startUpload(bytes, key) {
  const known = uploadUrls.get(key);
  if (known) {
    const reply = await sendRequest('HEAD', known, null, TUS_HEADERS);
    if (reply.ok) return { url: known, offset: offsetOf(reply) };
    if (isRetryable(reply.status)) return { failure: reply };
    uploadUrls.remove(key);
  }
  const reply = await sendRequest('POST', '/api/v1/uploads', null, Object.assign({ 'Upload-Length': String(bytes.byteLength) }, TUS_HEADERS));
  if (!reply.ok) return { failure: reply };
  uploadUrls.set(key, reply.header('Location'));
  return { url: reply.header('Location'), offset: 0 };
}

function sendChunk(upload, bytes, onProgress) {
  const chunk = bytes.slice(upload.offset, upload.offset + CHUNK_BYTES);
  const headers = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(upload.offset) };
  return sendRequest('PATCH', upload.url, chunk, Object.assign(headers, TUS_HEADERS), function (part) {
    onProgress((upload.offset + part * chunk.byteLength) / bytes.byteLength);
  });
}

/** All chunks in turn. Resolves to the last reply. */
async function sendChunks(upload, bytes, onProgress) {
  let reply = null;
  while (upload.offset < bytes.byteLength) {
    reply = await sendChunk(upload, bytes, onProgress);
    if (!reply.ok) return reply;
    upload.offset = offsetOf(reply);
  }
  return { ok: true, status: 200, waitMs: 0, body: { id: upload.url.split('/').pop() } };
}

window.yimaResumableUpload = async function (bytes, key, onProgress) {
  let reply = null;
  for (let i = 0; i < TRIES; i += 1) {
    if (i) await wait(FIRST_WAIT_MS * Math.pow(2, i - 1));
    const upload = await startUpload(bytes, key);
    reply = upload.failure || await sendChunks(upload, bytes, onProgress);
    const isInterrupted = isRetryable(reply.status) && reply.status !== 401;
    if (!isInterrupted && reply.status !== 409) break;
  }
  if (reply.ok || !isRetryable(reply.status)) uploadUrls.remove(key);
  return reply;
};
