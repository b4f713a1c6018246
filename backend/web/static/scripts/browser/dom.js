/** Texts and elements, as every page script needs them. Written for browsers of 2017 and later. */

/** The sentences of this page's language by key, as the server wrote them into the page. @type {Record<string, string>} */
export const texts = JSON.parse(document.body.getAttribute('data-texts') || '{}');

/** The sentence of this key, with its facts filled in. @param {string} key @param {Record<string, any>} [facts] */
export function translate(key, facts) {
  return texts[key].replace(/\{(\w+)\}/g, function (_, name) { return facts ? facts[name] : ''; });
}

/** The element of this id, of whatever kind the page made it. @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * An element with properties and children; text is never read as HTML, and a child that is null is left out.
 * @param {string} tag @param {object} properties @param {any[]} [children] @returns {any}
 */
export function createElement(tag, properties, children) {
  const element = Object.assign(document.createElement(tag), properties);
  (children || []).forEach(function (child) { if (child) element.append(child); });
  return element;
}

/** A random UUID, also where crypto.randomUUID is missing (old browsers, plain http). */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, function (byte) { return (byte + 256).toString(16).slice(1); }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
