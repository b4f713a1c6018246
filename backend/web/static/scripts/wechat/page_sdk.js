/**
 * Position and scanning by WeChat's JS-SDK, inside WeChat: where its browser has no position to give, and no reader of
 * codes. Fetched on first need. The vendor's own script comes from this site, which works without internet as well.
 */

const PATIENCE_MS = 5000;
const CALLS = ['getLocation', 'scanQRCode'];

/** @param {string} address @returns {Promise<void>} */
function loadVendorScript(address) {
  return new Promise(function (resolve, reject) {
    const script = document.createElement('script');
    script.src = address;
    script.onload = function () { resolve(); };
    script.onerror = reject;
    document.head.append(script);
  });
}

/** What lets a page of this address use the SDK. Rejects where the server has nothing to give. */
async function fetchSignature() {
  const page = location.href.split('#')[0];
  const reply = await fetch('/api/v1/wechat/signature?url=' + encodeURIComponent(page), { credentials: 'same-origin' });
  if (!reply.ok) throw new Error('unsigned');
  return reply.json();
}

/** Rejects where WeChat does not take the signature, or says nothing. @param {any} signed @returns {Promise<void>} */
function configure(signed) {
  return new Promise(function (resolve, reject) {
    setTimeout(reject, PATIENCE_MS);
    wx.error(reject);
    wx.config({ appId: signed.appid, timestamp: signed.timestamp, nonceStr: signed.nonce, signature: signed.signature, jsApiList: CALLS });
    wx.ready(function () { resolve(); });
  });
}

/** One call of the SDK. Rejects with `cancel` where the person did not want it. @param {string} name @param {any} options @returns {Promise<any>} */
function call(name, options) {
  return new Promise(function (resolve, reject) {
    wx[name](Object.assign(options, {
      success: resolve,
      fail: reject,
      cancel: function () { reject(new Error('cancel')); },
    }));
  });
}

/** As the browser gives it. */
async function locateByWechat() {
  const found = await call('getLocation', { type: 'wgs84' });
  const coords = { longitude: Number(found.longitude), latitude: Number(found.latitude), accuracy: Number(found.accuracy) };
  return { coords: coords, timestamp: Date.now() };
}

/** What stands in the code that was held before the camera. */
async function scanByWechat() {
  return (await call('scanQRCode', { needResult: 1, scanType: ['qrCode'] })).resultStr;
}

window.yimaWechat = async function (vendorScript) {
  const [signed] = await Promise.all([fetchSignature(), loadVendorScript(vendorScript)]);
  await configure(signed);
  return { locate: locateByWechat, scan: scanByWechat };
};
