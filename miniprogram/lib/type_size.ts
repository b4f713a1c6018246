/** How large letters are: as WeChat is set (我 > 设置 > 通用 > 字体大小, 关怀模式); from four steps up, the elder edition. */

/** WeChat's ordinary size is 16 (Android) or 17 px (iPhone), that of 关怀模式 22 to 24.5 px. */
const ELDER_FROM_PX = 20;
const LEAST_PX = 17;
const ELDER_LEAST_PX = 22;
const MOST_PX = 30;

export interface PageType {
  className: string;
  style: string;
  isElder: boolean;
}

/** The class and the style of a page's outermost view; everything within is measured in em. */
export function pageType(): PageType {
  const set = wx.getAppBaseInfo().fontSizeSetting || LEAST_PX;
  const isElder = set >= ELDER_FROM_PX;
  const px = Math.min(Math.max(set, isElder ? ELDER_LEAST_PX : LEAST_PX), MOST_PX);
  return { className: isElder ? 'page elder' : 'page', style: `font-size:${px}px`, isElder };
}
