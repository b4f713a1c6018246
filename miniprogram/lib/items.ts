/** What can be reported: the town's dictionary as last fetched, and the usual matters where none was fetched yet. */
import { language } from '../i18n/bilingual';
import { items as names } from '../i18n/items';
import { request } from './wire';

export interface Item {
  code: string;
  name: string;
  category: string;
  /** How many photos a report of it needs. */
  photos: number;
}

interface StoredItem { code: string; zh: string; en: string; category_zh: string; category_en: string; photos: number }

const KEY = 'items';
const USED_KEY = 'used-items';
const USED_MOST = 20;
const STAYS_MS = 86400000;
const CHIPS = 6;
const RESIDENT = 'resident';

/** Of the usual matters, those that need another number of photos than one. */
const USUAL_PHOTOS: Record<string, number> = { A501: 2 };

/** What a street sees most, in this order: the first chips of a place, as on the web page. */
const USUAL: StoredItem[] = Object.entries(names.zh).map(([code, zh]) => ({
  code, zh, en: names.en[code as keyof typeof names.en], category_zh: '', category_en: '', photos: USUAL_PHOTOS[code] ?? 1,
}));

function toStored(item: any): StoredItem {
  return {
    code: item.code, zh: item.name_zh, en: item.name_en, category_zh: item.category_zh, category_en: item.category_en,
    photos: item.report_photos_min,
  };
}

function inLanguage(item: StoredItem): Item {
  const isEnglish = language() === 'en';
  return {
    code: item.code, name: isEnglish ? item.en : item.zh, category: isEnglish ? item.category_en : item.category_zh,
    photos: item.photos,
  };
}

/** All that a resident may report, by code. */
export function listItems(): Item[] {
  const stored = wx.getStorageSync(KEY);
  return (stored ? stored.items : USUAL).map(inLanguage);
}

/** Six to tap: half of them at most what was reported from this phone last, then the usual, then the rest. */
export function chipsOf(items: Item[]): Item[] {
  const used: string[] = wx.getStorageSync(USED_KEY) || [];
  const codes = [...Array.from(new Set(used)).slice(0, CHIPS / 2), ...USUAL.map((item) => item.code), ...items.map((item) => item.code)];
  const known = Array.from(new Set(codes)).map((code) => items.find((item) => item.code === code));
  return known.filter((item): item is Item => Boolean(item)).slice(0, CHIPS);
}

/** Remember what was reported, the latest first. */
export function noteUsed(code: string): void {
  const used: string[] = wx.getStorageSync(USED_KEY) || [];
  try { wx.setStorageSync(USED_KEY, [code, ...used].slice(0, USED_MOST)); } catch (error) { /* full */ }
}

/** Fetch the dictionary once a day. Resolves to whether it changed; without network the stored one goes on. */
export async function refreshItems(): Promise<boolean> {
  const stored = wx.getStorageSync(KEY);
  if (stored && Date.now() - stored.at < STAYS_MS) return false;
  const reply = await request('GET', '/api/v1/items');
  if (!reply.ok || !Array.isArray(reply.body)) return false;
  const items = reply.body.filter((item) => item.reporter_roles.includes(RESIDENT)).map(toStored);
  if (!items.length) return false;
  try { wx.setStorageSync(KEY, { at: Date.now(), items }); } catch (error) { return false; }
  return true;
}
