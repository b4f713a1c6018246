/** Talking to the server: uploads that tell their progress, and answers that never throw. */

const PIECES_FROM_BYTES = 4194304;
let isKnown = false;

function answer(status, text, header) {
  let body = {};
  if (status === 401) isKnown = false;
  try { body = JSON.parse(text); } catch (error) { body = {}; }
  const wait = parseInt(header('Retry-After'), 10);
  return { status: status, ok: status >= 200 && status < 300, body: body, header: header, waitMs: wait > 0 ? wait * 1000 : 0 };
}

/** By XMLHttpRequest, since fetch cannot tell how much was sent. Status 0 means that the network failed. */
export function send(method, url, body, headers, onPart) {
  return new Promise(function (resolve) {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.timeout = 120000;
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', document.documentElement.lang);
    Object.keys(headers || {}).forEach(function (name) { request.setRequestHeader(name, headers[name]); });
    if (onPart) request.upload.onprogress = function (event) { if (event.total) onPart(event.loaded / event.total); };
    request.onload = function () {
      resolve(answer(request.status, request.responseText, function (name) { return request.getResponseHeader(name); }));
    };
    request.onerror = request.ontimeout = request.onabort = function () { resolve(answer(0, '', function () { return ''; })); };
    request.send(body);
  });
}

/** `version`: that of the order which the page showed. */
export function postJson(url, body, key, version) {
  const headers = { 'Content-Type': 'application/json' };
  if (key) headers['Idempotency-Key'] = key;
  if (version) headers['If-Match'] = '"' + version + '"';
  return send('POST', url, JSON.stringify(body), headers);
}

/** The script for large photos, fetched on first need. Without it the photo goes in one piece. */
function loadTus() {
  return new Promise(function (resolve) {
    const script = document.createElement('script');
    script.src = document.body.getAttribute('data-tus');
    script.onload = script.onerror = resolve;
    document.head.append(script);
  });
}

/** Before anything is sent: a stranger's phone gets its session, staff must have theirs. Null, or what stands in the way. */
export async function sessionFirst() {
  if (isKnown) return null;
  const isDevice = document.body.getAttribute('data-owner') === 'device';
  const reply = await (isDevice ? postJson('/device-session', {}) : send('GET', '/api/v1/me'));
  isKnown = reply.ok;
  return isKnown ? null : reply;
}

async function postBytes(bytes, type, key, onPart) {
  if (bytes.byteLength > PIECES_FROM_BYTES) {
    if (!window.yimaTus) await loadTus();
    if (window.yimaTus) return window.yimaTus(bytes, key, onPart);
  }
  const form = new FormData();
  form.append('file', new Blob([bytes], { type: type }), type === 'image/jpeg' ? 'photo.jpg' : 'photo');
  return send('POST', '/api/v1/photos', form, { 'Idempotency-Key': key }, onPart);
}

/** Send one photo; the answer's body carries its id. A large one goes by pieces. */
export async function postPhoto(bytes, type, key, onPart) {
  return await sessionFirst() || postBytes(bytes, type, key, onPart);
}

/** Whether the same message may succeed later as it is; 401: after the next sign-in; 423: another tab is sending it. */
export function isPassing(status) {
  return status === 0 || status >= 500 || status === 401 || status === 408 || status === 423 || status === 425 || status === 429;
}

/** Progress as people are told it: whole steps of five percent. */
export function inSteps(percent) {
  return Math.floor(percent / 5) * 5;
}
