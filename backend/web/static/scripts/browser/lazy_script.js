/** Scripts and styles that a page fetches only when they are needed, by the addresses that the server wrote into the page. */

/** The address of what goes by this name, `data-<name>` of the page; empty where the page has nothing of it. @param {string} name */
export function assetAddress(name) {
  return document.body.getAttribute('data-' + name) || '';
}

/** Rejects where it cannot be fetched. @param {any} element @returns {Promise<void>} */
function fetchInto(element) {
  return new Promise(function (resolve, reject) {
    element.onload = function () { resolve(); };
    element.onerror = function () { element.remove(); reject(new Error('not fetched')); };
    document.head.append(element);
  });
}

/** @param {string} address */
export function loadScript(address) {
  return fetchInto(Object.assign(document.createElement('script'), { src: address }));
}

/** @param {string} address */
export function loadStyle(address) {
  return fetchInto(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address }));
}
