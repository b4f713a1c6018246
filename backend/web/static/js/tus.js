/** Large photos by pieces (tus 1.0), loaded only when one is there: a lost link costs at most the last piece. */
import { isPassing, send } from './wire.js';

const PIECE_BYTES = 1048576;
const TRIES = 4;
const FIRST_WAIT_MS = 1000;
const VERSION = { 'Tus-Resumable': '1.0.0' };

/** Where the upload of this key lies, also after the page was closed; a phone that cannot remember begins anew. */
const addresses = {
  get: function (key) { try { return localStorage.getItem('tus:' + key); } catch (error) { return null; } },
  set: function (key, url) { try { localStorage.setItem('tus:' + key, url); } catch (error) { /* private window */ } },
  drop: function (key) { try { localStorage.removeItem('tus:' + key); } catch (error) { /* private window */ } },
};

function later(ms) {
  return new Promise(function (resolve) { setTimeout(resolve, ms); });
}

function offsetOf(reply) {
  return Number(reply.header('Upload-Offset')) || 0;
}

/** The upload of this key and how much of it has arrived; `failure` when the server cannot say. */
async function begin(bytes, key) {
  const known = addresses.get(key);
  if (known) {
    const reply = await send('HEAD', known, null, VERSION);
    if (reply.ok) return { url: known, offset: offsetOf(reply) };
    if (isPassing(reply.status)) return { failure: reply };
    addresses.drop(key);
  }
  const reply = await send('POST', '/api/v1/uploads', null, Object.assign({ 'Upload-Length': String(bytes.byteLength) }, VERSION));
  if (!reply.ok) return { failure: reply };
  addresses.set(key, reply.header('Location'));
  return { url: reply.header('Location'), offset: 0 };
}

function sendPiece(upload, bytes, onPart) {
  const piece = bytes.slice(upload.offset, upload.offset + PIECE_BYTES);
  const headers = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(upload.offset) };
  return send('PATCH', upload.url, piece, Object.assign(headers, VERSION), function (part) {
    onPart((upload.offset + part * piece.byteLength) / bytes.byteLength);
  });
}

/** All pieces in turn. Resolves to the last answer. */
async function sendRest(upload, bytes, onPart) {
  let reply = null;
  while (upload.offset < bytes.byteLength) {
    reply = await sendPiece(upload, bytes, onPart);
    if (!reply.ok) return reply;
    upload.offset = offsetOf(reply);
  }
  return { ok: true, status: 200, waitMs: 0, body: { id: upload.url.split('/').pop() } };
}

window.yimaTus = async function (bytes, key, onPart) {
  let reply = null;
  for (let i = 0; i < TRIES; i += 1) {
    if (i) await later(FIRST_WAIT_MS * Math.pow(2, i - 1));
    const upload = await begin(bytes, key);
    reply = upload.failure || await sendRest(upload, bytes, onPart);
    const isLost = isPassing(reply.status) && reply.status !== 401;
    if (!isLost && reply.status !== 409) break;
  }
  if (reply.ok || !isPassing(reply.status)) addresses.drop(key);
  return reply;
};
