/** The code in what was scanned or typed: as `qr/payload.py` reads a symbol and `qr/codes.py` a code. */
import { config } from '../config';
import { isWellFormed } from './code_check';

/** `foreign`: somebody else's symbol. `malformed`: not twelve characters, or one of them is wrong. */
export type CodeFault = 'foreign' | 'malformed';
export type ReadCode = { code: string; fault?: undefined } | { code?: undefined; fault: CodeFault };

const SEPARATORS = /[\s\-_\u2010-\u2015\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+/g;
const LOOKALIKES: Record<string, string> = { O: '0', I: '1', L: '1' };
/** From ！ to ～, as a Chinese keyboard types them, to ! to ~. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const WIDTH_APART = 0xfee0;

function readBare(typed: string): ReadCode {
  const narrow = typed.replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - WIDTH_APART));
  const code = narrow.replace(SEPARATORS, '').toUpperCase().replace(/[OIL]/g, (sign) => LOOKALIKES[sign]);
  return isWellFormed(code) ? { code } : { fault: 'malformed' };
}

/** Host without case and path; null where it is no web address. http and https are the same. */
function partsOf(address: string): { host: string; path: string } | null {
  const found = /^https?:\/\/([^/?#]*)([^?#]*)/i.exec(address.trim());
  return found && { host: found[1].toLowerCase(), path: found[2] };
}

/** The code in the text of a symbol, or as typed: bare, or as an address of ours. */
export function readCode(text: string): ReadCode {
  if (!text.includes(':') && !text.includes('/')) return readBare(text);
  const scanned = partsOf(text);
  for (const prefix of config.codePrefixes) {
    const own = partsOf(prefix);
    if (!scanned || !own || scanned.host !== own.host || !scanned.path.toLowerCase().startsWith(own.path.toLowerCase())) continue;
    return readBare(scanned.path.slice(own.path.length).split('/')[0]);
  }
  return { fault: 'foreign' };
}

/** For the eye: XXXX-XXXX-XXXX. */
export function grouped(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}
