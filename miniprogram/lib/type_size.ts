/**
 * How large letters are: as WeChat is set (我 > 设置 > 通用 > 字体大小, 关怀模式), with the elder edition from four steps
 * up; or as its reader has chosen in the program.
 */

/** WeChat's ordinary size is 16 (Android) or 17 px (iPhone), that of 关怀模式 22 to 24.5 px. */
const ELDER_FROM_PX = 20;
const LEAST_PX = 17;
const ELDER_LEAST_PX = 22;
const MOST_PX = 30;
const KEY = 'large-type';

export interface PageType {
  className: string;
  style: string;
  isElder: boolean;
}

/** Switch the elder edition on or off, whatever WeChat is set to. */
export function setLargeType(isLarge: boolean): void {
  try { wx.setStorageSync(KEY, isLarge); } catch (error) { /* full: it stays as WeChat is set */ }
}

/** The class and the style of a page's outermost view; everything within is measured in em. */
export function pageType(): PageType {
  const set = wx.getAppBaseInfo().fontSizeSetting || LEAST_PX;
  const chosen: boolean | '' = wx.getStorageSync(KEY);
  const isElder = chosen === '' ? set >= ELDER_FROM_PX : chosen;
  const px = isElder ? Math.min(Math.max(set, ELDER_LEAST_PX), MOST_PX) : Math.min(Math.max(set, LEAST_PX), ELDER_FROM_PX);
  return { className: isElder ? 'page elder' : 'page', style: `font-size:${px}px`, isElder };
}
