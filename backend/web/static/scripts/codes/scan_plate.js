/** The code on a plate that is held before the camera: by WeChat where the page is open inside it, else by the page's own scanner. */
import { assetAddress, loadScript, loadStyle } from '../browser/lazy_script.js';
import { sendRequest } from '../browser/http.js';
import { askWechat } from '../browser/wechat.js';

/** What the scanner is made of; fetched on the first press, kept from then on. */
const SCANNER_PARTS = ['scanner', 'scanner-style', 'plate-reader', 'qr-decoder', 'qr-decoder-wasm'];
const PLATE_CODE = /([0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{4})\/?$/i;
/** A phone that has scanned remembers it under this name. */
const HAS_SCANNED = 'hasScanned';
const NONCE_PATIENCE_MS = 4000;

/** @type {Promise<any> | null} */
let loadingScanner = null;

/** Rejects where the scanner cannot be fetched; the next press tries again. */
function loadScanner() {
  if (!loadingScanner) {
    loadingScanner = Promise.all([loadScript(assetAddress('scanner')), loadStyle(assetAddress('scanner-style'))]);
    loadingScanner.catch(function () { loadingScanner = null; });
  }
  return loadingScanner;
}

/**
 * What stands in the code, or null where the person would rather type it. Rejects where nothing here can scan.
 * @returns {Promise<string | null>}
 */
export async function scanPlate() {
  const wechat = await askWechat();
  try {
    if (wechat) return await wechat.scan();
  } catch (error) {
    if (/** @type {Error} */ (error).message === 'cancel') return null;
  }
  await loadScanner();
  try { localStorage.setItem(HAS_SCANNED, '1'); } catch (error) { /* then it is fetched anew after an update */ }
  return window.yimaScanPlate ? window.yimaScanPlate() : null;
}

/**
 * What proves that this code was read just now, as opening the page of the code does: the server's own word on the moment.
 * Empty without network, or for a code that leads nowhere.
 * @param {string} text
 */
export async function presenceOf(text) {
  const code = PLATE_CODE.exec(text);
  if (!code) return '';
  const late = new Promise(function (resolve) { setTimeout(resolve, NONCE_PATIENCE_MS, null); });
  const reply = await Promise.race([sendRequest('GET', '/api/v1/codes/' + code[1].replace(/-/g, '')), late]);
  return reply && reply.ok ? reply.body.nonce : '';
}

/** On a phone that has scanned before, the scanner stays there for the time without network, also after an update. */
export async function keepScanner() {
  try {
    if (!localStorage.getItem(HAS_SCANNED)) return;
    const registration = await navigator.serviceWorker.ready;
    for (const address of SCANNER_PARTS.map(assetAddress)) {
      const isThere = !address || await caches.match(address, { ignoreVary: true });
      if (!isThere && registration.active) registration.active.postMessage({ keep: [address] });
    }
  } catch (error) { /* a browser that keeps nothing */ }
}
