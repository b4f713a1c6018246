/** What the account reported, as the server has it, and as it was heard last: for a list without network. */
import { send } from './session';
import type { Reply } from './wire';

export interface OwnReport {
  client_id: string;
  tracking_token: string;
  number: string;
  merged_into: string | null;
  item: { code: string; name_zh: string; name_en: string };
  place: string;
  state: string;
  received_at: string;
  promised_by: string | null;
  closed_at: string | null;
  may_rate: boolean;
}

export interface Heard {
  /** ISO instant of this phone. */
  at: string;
  reports: OwnReport[];
}

/** `next`: where the next page begins; empty behind the last one. */
export type Listed = { reports: OwnReport[]; next: string } | { trouble: Reply };

const KEY = 'own_reports';
const PAGE = 20;

/** A page of one's reports, the latest first; `cursor`: where the page before ended. */
export async function listOwn(cursor?: string): Promise<Listed> {
  const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
  const reply = await send('GET', `/api/v1/reports?limit=${PAGE}${more}`);
  if (!reply.ok) return { trouble: reply };
  const { items, next_cursor: next } = reply.body;
  if (!cursor) remember(items);
  return { reports: items, next: next || '' };
}

/** On a phone that is full, what was heard before stays. */
function remember(reports: OwnReport[]): void {
  try { wx.setStorageSync(KEY, { at: new Date().toISOString(), reports }); } catch (error) { /* full */ }
}

/** What was heard last; null where nothing was. */
export function lastHeard(): Heard | null {
  return (wx.getStorageSync(KEY) as Heard | '') || null;
}
