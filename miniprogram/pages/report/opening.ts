/** What the page was opened with: 扫普通链接二维码 (`q`), a 小程序码 (`scene`), or another page (`code`). */
import { readCode, ReadCode } from '../../lib/codes';

export type Query = Record<string, string | undefined>;

export interface Opening {
  /** Null where the page was opened without a code. */
  read: ReadCode | null;
  /** Whether the plate was scanned just now, as far as is known: WeChat opens old pages with their old query. */
  isFresh: boolean;
  /** A refused report that goes back into the form. */
  fix: string;
}

/** The server believes in a scan for so long, see `qr/presence.py`. */
const FRESH_MS = 15 * 60000;

function decoded(value: string | undefined): string {
  try { return decodeURIComponent(value || ''); } catch (error) { return ''; }
}

/** The code in the scene of a 小程序码, `c=CODE`. */
function codeOfScene(scene: string): string {
  const pair = scene.split('&').find((part) => part.startsWith('c='));
  return pair ? pair.slice(2) : '';
}

export function openingOf(query: Query, now: number): Opening {
  const text = decoded(query.q) || codeOfScene(decoded(query.scene)) || decoded(query.code);
  const scannedAt = Number(query.scancode_time) * 1000;
  return {
    read: text ? readCode(text) : null,
    isFresh: !query.fix && !(scannedAt && Math.abs(now - scannedAt) > FRESH_MS),
    fix: query.fix || '',
  };
}

/** What wx.scanCode read: the text of a symbol, or for a 小程序码 of ours the page that it opens. */
export function openingOfScan(scanned: { result?: string; path?: string }, now: number): Opening {
  if (!scanned.path) return { read: readCode(scanned.result || ''), isFresh: true, fix: '' };
  const query: Query = {};
  scanned.path.split('?').slice(1).join('?').split('&').forEach((pair) => {
    const [name, value = ''] = pair.split('=');
    query[name] = value;
  });
  const opening = openingOf(query, now);
  return opening.read ? opening : { ...opening, read: { fault: 'foreign' } };
}
