/** Where a code leads and what is reported there already; the form does without either. */
import { fill, language, textsOf } from '../../i18n/bilingual';
import { report as catalogue } from '../../i18n/report';
import { ensureSession, send } from '../../lib/session';
import { isRetryable, isServerTrouble, request } from '../../lib/wire';

export type Unusable = 'unknown' | 'revoked' | 'unbound' | 'malformed';

/** `later`: nobody could be asked now; then `title` is what it was called when this phone asked last, if it did. */
export type Place =
  | { kind: 'found'; title: string; subtitle: string; nonce: string }
  | { kind: 'unusable'; fault: Unusable }
  | { kind: 'later'; isServer: boolean; title: string; subtitle: string };

export interface ReportedRow {
  order_id: number;
  name: string;
  detail: string;
  thumb: string;
}

const KEY = 'places';
const KNOWN_MOST = 30;
const FAULTS: Record<string, Unusable> = { 'code-malformed': 'malformed', 'code-revoked': 'revoked', 'code-unknown': 'unknown' };

type Known = { code: string; title: string; subtitle: string };

function known(): Known[] {
  return wx.getStorageSync(KEY) || [];
}

function remember(place: Known): void {
  const others = known().filter((each) => each.code !== place.code);
  try { wx.setStorageSync(KEY, [place, ...others].slice(0, KNOWN_MOST)); } catch (error) { /* full */ }
}

export async function findPlace(code: string): Promise<Place> {
  const reply = await request('GET', `/api/v1/codes/${code}`);
  if (reply.ok && reply.body.place) {
    const { label, address, area_name } = reply.body.place;
    const subtitle = [address === label ? '' : address, area_name].filter(Boolean).join(' · ');
    remember({ code, title: label, subtitle });
    return { kind: 'found', title: label, subtitle, nonce: reply.body.nonce };
  }
  if (isRetryable(reply.status)) {
    const { title, subtitle } = known().find((each) => each.code === code) || { title: '', subtitle: '' };
    return { kind: 'later', isServer: isServerTrouble(reply.status), title, subtitle };
  }
  return { kind: 'unusable', fault: reply.ok ? 'unbound' : FAULTS[reply.body.code] || 'unknown' };
}

function ageText(minutes: number): string {
  const texts = textsOf(catalogue);
  if (minutes < 60) return fill(texts.minutes, { n: Math.max(minutes, 1) });
  if (minutes < 1440) return fill(texts.hours, { n: Math.floor(minutes / 60) });
  return fill(texts.days, { n: Math.floor(minutes / 1440) });
}

function toRow(candidate: any): ReportedRow {
  const texts: Record<string, string> = textsOf(catalogue);
  const { name_zh, name_en } = candidate.item;
  return {
    order_id: candidate.order_id,
    name: language() === 'en' ? name_en : name_zh,
    detail: [ageText(candidate.age_min), texts[`state_${candidate.state}`], fill(texts.people, { n: candidate.reporters })].filter(Boolean).join(' · '),
    thumb: candidate.thumb_url || '',
  };
}

/** Open orders at this code, which one tap joins; empty where that is not to be had now. */
export async function listReported(code: string): Promise<ReportedRow[]> {
  if (await ensureSession()) return [];
  const reply = await send('GET', `/api/v1/reports/candidates?code=${code}`);
  return reply.ok ? reply.body.items.filter((candidate: any) => candidate.is_here).map(toRow) : [];
}
