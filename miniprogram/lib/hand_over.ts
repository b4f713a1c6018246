/** Pages of our own site inside the mini-program: their paths, and the session that they open with. */
import { config } from '../config';
import { send } from './session';
import { pageType } from './type_size';
import type { Reply } from './wire';

export type HandedOver = { src: string } | { trouble: Reply };

/** Open a page of our site, by its path. */
export function openPath(path: string): void {
  const url = `/pages/web/index?to=${encodeURIComponent(path)}`;
  // Ten pages at most lie above each other; then the present one gives way.
  wx.navigateTo({ url, fail: () => wx.redirectTo({ url }) });
}

/**
 * A path of our site as it came in an address, decoded once; empty where it is none of ours. Links that open a session
 * are none: only this program makes them.
 */
export function ownPath(asked: string | undefined): string {
  const path = decoded(asked || '');
  const isOurs = path.startsWith('/') && !path.startsWith('//') && !path.startsWith('/session/');
  return isOurs && !/[\u0000-\u0020\u007f\\]/.test(path) ? path : '';
}

/**
 * The address that opens a page as the person of this phone. It works once, within a minute.
 * Where the server knows no hand-over, the page opens as for a stranger and says itself what it needs.
 */
export async function handOver(path: string): Promise<HandedOver> {
  const to = inSameType(path);
  const reply = await send('POST', '/api/v1/sessions/hand-over');
  if (reply.ok) {
    const token = encodeURIComponent(reply.body.url_token);
    return { src: `${config.host}/session/hand-over?token=${token}&to=${encodeURIComponent(to)}` };
  }
  if (reply.status === 404) return { src: `${config.host}${ascii(to)}` };
  return { trouble: reply };
}

/** Whoever reads large letters here reads large ones there; anybody else's choice on the site stays. */
function inSameType(path: string): string {
  return pageType().isElder ? `/prefs?big=1&to=${encodeURIComponent(path)}` : path;
}

function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch (error) { return ''; }
}

/** A path without letters beyond ASCII, which leave the page white on iPhones; what is encoded already stays. */
function ascii(path: string): string {
  return path.replace(/[^\u0021-\u007e]+/g, encodeURIComponent);
}
