/** What WeChat can do for a page that is open inside it; the scripts for it are fetched on first need. */

/** @type {Promise<WechatPage | null> | null} */
let wechatPage = null;

/** @param {string} address @returns {Promise<WechatPage>} */
function loadPageSdk(address) {
  return new Promise(function (resolve, reject) {
    const script = document.createElement('script');
    script.src = address;
    script.onload = function () { resolve(/** @type {any} */ (window).yimaWechat(document.body.getAttribute('data-wechat-sdk'))); };
    script.onerror = reject;
    document.head.append(script);
  });
}

/** Null outside of WeChat, and where its SDK is not to be had. @returns {Promise<WechatPage | null>} */
export function askWechat() {
  const address = document.body.getAttribute('data-wechat');
  if (!address) return Promise.resolve(null);
  if (!wechatPage) wechatPage = loadPageSdk(address).catch(function () { return null; });
  return wechatPage;
}
