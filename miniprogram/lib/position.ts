/** Where the phone is, read only when somebody pressed for it; as exact as the town's account may ask, see config.ts. */
import { config } from '../config';
import { locate } from './locate';
import { isRefusal } from './privacy';

/** A position as the API takes it. */
export interface Fix {
  lng: number;
  lat: number;
  accuracy_m: number;
  datum: 'gcj02';
  source: 'wechat';
}

/** `refused`: by the reader. `failed`: the phone does not know. */
export type Located = { fix: Fix; trouble?: undefined } | { fix?: undefined; trouble: 'refused' | 'failed' };

/** WeChat does not tell how far it moved a fuzzy position; less exact than this no check takes it for a place. */
const FUZZY_ACCURACY_M = 5000;
const PATIENCE_MS = 6000;

const PRECISELY = { isHighAccuracy: true, highAccuracyExpireTime: PATIENCE_MS };

function read(): Promise<{ longitude: number; latitude: number; accuracy?: number }> {
  return new Promise((resolve, reject) => {
    locate({ type: 'gcj02', ...(config.position === 'precise' ? PRECISELY : {}), success: resolve, fail: reject });
  });
}

/** Whether a position may be asked for at all. */
export function canLocate(): boolean {
  return config.position !== 'none';
}

/** The position, or why there is none. Never rejects: a plate says the place without it. */
export async function findPosition(): Promise<Located> {
  try {
    const { longitude: lng, latitude: lat, accuracy = FUZZY_ACCURACY_M } = await read();
    return { fix: { lng, lat, accuracy_m: accuracy, datum: 'gcj02', source: 'wechat' } };
  } catch (error) {
    return { trouble: isRefusal(error) ? 'refused' : 'failed' };
  }
}
