/** What reads codes in pictures: the browser where it can, else the decoder that this site brings, in a thread of its own. */
import { assetAddress } from '../browser/lazy_script.js';

/** @typedef {(picture: ImageData) => Promise<string[]>} Read */

/** Null where the browser knows no QR codes: on many phones it has the interface and nothing behind it. @returns {Promise<Read | null>} */
async function browserReader() {
  if (!('BarcodeDetector' in window)) return null;
  try {
    const formats = await BarcodeDetector.getSupportedFormats();
    if (formats.indexOf('qr_code') < 0) return null;
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async function (picture) {
      return (await detector.detect(picture)).map(function (found) { return found.rawValue; });
    };
  } catch (error) { return null; }
}

/** The decoder, which takes one picture after the other. @returns {{ send: (message: any) => Promise<any>, close: () => void }} */
function startWorker() {
  const worker = new Worker(assetAddress('plate-reader'));
  /** @type {Promise<any>} */
  let latest = Promise.resolve();

  function exchange(message) {
    return new Promise(function (resolve, reject) {
      worker.onmessage = function (event) { if (event.data.failed) reject(new Error(event.data.failed)); else resolve(event.data.texts); };
      worker.onerror = function () { reject(new Error('not_fetched')); };
      worker.postMessage(message, message.picture ? [message.picture.data.buffer] : []);
    });
  }

  function send(message) {
    latest = latest.catch(function () { /* said to whoever sent it */ }).then(function () { return exchange(message); });
    return latest;
  }
  return { send: send, close: function () { worker.terminate(); } };
}

/**
 * Ready to read. Each picture is used up by being read. `read` rejects with why it cannot: `not_fetched`, or `cannot_run`
 * of a browser that is too old for the decoder.
 * @returns {{ ready: Promise<any>, read: Read, close: () => void }}
 */
export function createReader() {
  /** @type {ReturnType<typeof startWorker> | null} */
  let worker = null;
  /** @type {Read | null} */
  let byBrowser = null;
  let isClosed = false;

  /** Closed meanwhile, it starts no thread that nobody would end. */
  async function loadDecoder() {
    if (isClosed) throw new Error('closed');
    worker = startWorker();
    return worker.send({ library: assetAddress('qr-decoder'), wasm: assetAddress('qr-decoder-wasm') });
  }

  async function prepare() {
    byBrowser = await browserReader();
    if (!byBrowser) await loadDecoder();
  }

  const ready = prepare();
  ready.catch(function () { /* said by whoever reads */ });

  /** @type {Read} */
  async function read(picture) {
    await ready;
    try {
      if (byBrowser) return await byBrowser(picture);
    } catch (error) {
      byBrowser = null;
    }
    if (!worker) await loadDecoder();
    return /** @type {any} */ (worker).send({ picture: picture });
  }

  function close() {
    isClosed = true;
    if (worker) worker.close();
  }

  return { ready: ready, read: read, close: close };
}
