/** The one call that reads a position. The build replaces it by the one that the town's account may use, see config.ts. */
export const locate = (options: WechatMiniprogram.GetFuzzyLocationOption) => wx.getFuzzyLocation(options);
