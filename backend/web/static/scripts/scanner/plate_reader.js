/** Reads QR codes in a thread of its own: first told where the decoder lies, then given one picture after the other. */

const scope = /** @type {any} */ (self);
const LOOK = { formats: ['QRCode'], tryHarder: true, tryRotate: false, tryInvert: false, tryDownscale: false, maxNumberOfSymbols: 2 };

/** The smallest module there is. Browsers from before 2022 refuse it, since they do not know the policy's word for it. */
const NOTHING = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
/** Of errors that have nothing to do with the network, as the decoder passes them on. */
const CANNOT_RUN = /CompileError|LinkError|SyntaxError|ReferenceError/;

/** Before anything is fetched for it. */
function compileNothing() {
  return new WebAssembly.Module(NOTHING);
}

/** @param {{ library: string, wasm: string }} addresses */
async function prepareDecoder(addresses) {
  compileNothing();
  scope.importScripts(addresses.library);
  await scope.ZXingWASM.prepareZXingModule({
    overrides: { locateFile: function () { return addresses.wasm; } }, fireImmediately: true,
  });
  return [];
}

/** @param {ImageData} picture @returns {Promise<string[]>} */
async function readCodes(picture) {
  const found = await scope.ZXingWASM.readBarcodes(picture, LOOK);
  return found.map(function (each) { return each.text; }).filter(Boolean);
}

scope.onmessage = async function (event) {
  try {
    scope.postMessage({ texts: event.data.picture ? await readCodes(event.data.picture) : await prepareDecoder(event.data) });
  } catch (error) { scope.postMessage({ failed: event.data.picture || CANNOT_RUN.test(String(error)) ? 'cannot_run' : 'not_fetched' }); }
};
