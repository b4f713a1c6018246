/** Which codes are ours: the bare twelve characters, or an address below one of the town's prefixes; as qr/payload.py reads them. */
import { assetAddress } from '../browser/lazy_script.js';

const BARE = /^[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{4}$/i;

/** Host without case and path of an address, http and https alike; null of anything else. @param {string} text */
function partsOf(text) {
  const found = /^https?:\/\/([^/?#]*)([^?#]*)/i.exec(text.trim());
  return found && { host: found[1].toLowerCase(), path: found[2] };
}

/** What stands behind our prefix; empty behind others'. @param {string} text */
function codeInAddress(text) {
  const scanned = partsOf(text);
  const prefix = assetAddress('code-prefixes').split(' ').map(partsOf).find(function (own) {
    return scanned && own && scanned.host === own.host && scanned.path.toLowerCase().startsWith(own.path.toLowerCase());
  });
  return scanned && prefix ? scanned.path.slice(prefix.path.length).split('/')[0] : '';
}

/** The code of ours in what was read, grouped as on the plate; empty for everybody else's. @param {string} text */
export function ownCode(text) {
  const code = /[:/]/.test(text) ? codeInAddress(text) : text.trim();
  return BARE.test(code) ? code.replace(/-/g, '').toUpperCase().replace(/(.{4})(?=.)/g, '$1-') : '';
}
