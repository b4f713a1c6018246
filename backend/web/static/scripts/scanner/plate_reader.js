/** Reads QR codes in a thread of its own: first told where the decoder lies, then given one picture after the other. */

const scope = /** @type {any} */ (self);
const LOOK = { formats: ['QRCode'], tryHarder: true, tryRotate: false, tryInvert: false, tryDownscale: false, maxNumberOfSymbols: 2 };

/** @param {{ library: string, wasm: string }} addresses */
async function prepareDecoder(addresses) {
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
  } catch (error) { scope.postMessage({ failed: String(error) }); }
};
