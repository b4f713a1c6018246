/** Requests to the server: bodies that report their progress, and replies that never throw. */

let hasSession = false;

/** Of what stands before the server when it cannot be asked, or of a network that wants to be signed in to first. */
const BAD_GATEWAY = 502;

/**
 * Our server answers in JSON or with nothing: whatever else comes back, even a 200, is no answer of its own.
 * @param {number} status @param {string} text @param {(name: string) => string | null} header @returns {Reply}
 */
function parseResponse(status, text, header) {
  let body = {};
  if (status === 401) hasSession = false;
  try { body = JSON.parse(text); } catch (error) { if (text) status = BAD_GATEWAY; }
  const wait = parseInt(header('Retry-After') || '', 10);
  return { status: status, ok: status >= 200 && status < 300, body: body, header: header, waitMs: wait > 0 ? wait * 1000 : 0 };
}

/**
 * By XMLHttpRequest, since fetch cannot tell how much was sent. Status 0 means that the network failed.
 * @param {string} method @param {string} url @param {any} [body] @param {Record<string, string>} [headers]
 * @param {OnProgress} [onProgress] @returns {Promise<Reply>}
 */
export function sendRequest(method, url, body, headers, onProgress) {
  const given = headers || {};
  return new Promise(function (resolve) {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.timeout = 120000;
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', document.documentElement.lang);
    Object.keys(given).forEach(function (name) { request.setRequestHeader(name, given[name]); });
    if (onProgress) request.upload.onprogress = function (event) { if (event.total) onProgress(event.loaded / event.total); };
    request.onload = function () {
      resolve(parseResponse(request.status, request.responseText, function (name) { return request.getResponseHeader(name); }));
    };
    request.onerror = request.ontimeout = request.onabort = function () {
      resolve(parseResponse(0, '', function () { return ''; }));
    };
    request.send(body);
  });
}

/**
 * `key`: the Idempotency-Key; `version`: that of the order which the page showed.
 * @param {string} url @param {object} body @param {string} [key] @param {string | number} [version]
 */
export function postJson(url, body, key, version) {
  /** @type {Record<string, string>} */
  const headers = { 'Content-Type': 'application/json' };
  if (key) headers['Idempotency-Key'] = key;
  if (version) headers['If-Match'] = '"' + version + '"';
  return sendRequest('POST', url, JSON.stringify(body), headers);
}

/** Before anything is sent: a resident's phone gets its session, staff must have theirs. Null, or the reply that refused it. */
export async function ensureSession() {
  if (hasSession) return null;
  const isDevice = document.body.getAttribute('data-owner') === 'device';
  const reply = await (isDevice ? postJson('/device-session', {}) : sendRequest('GET', '/api/v1/me'));
  hasSession = reply.ok;
  return hasSession ? null : reply;
}

/** Whether the same request may succeed later as it is; 401: after the next sign-in; 423: another tab is sending it. @param {number} status */
export function isRetryable(status) {
  return status === 0 || status >= 500 || status === 401 || status === 408 || status === 423 || status === 425 || status === 429;
}

/** Whether it is the server, or what stands before it, that cannot: then the network is there. @param {number} [status] */
export function isServerTrouble(status) {
  return Number(status) > 401 && isRetryable(Number(status));
}

/** When an item is sent again, as a clock shows it. @param {OutboxItem} item */
export function retryTime(item) {
  return new Date(Math.max(item.not_before, Date.now())).toTimeString().slice(0, 5);
}

/** Progress as people see it: whole steps of five percent. @param {number} percent */
export function progressStep(percent) {
  return Math.floor(percent / 5) * 5;
}
