/** Texts in Chinese and English. Each page has a catalogue of its own, in which both languages have the same keys. */

export type Language = 'zh' | 'en';
export type Catalogue<T> = { zh: T; en: Record<keyof T, string> };

/** A catalogue; a key that one language lacks does not compile. */
export function bilingual<T extends Record<string, string>>(zh: T, en: Record<keyof T, string>): Catalogue<T> {
  return { zh, en };
}

/** The phone's language, as WeChat is set; Chinese for every other than English. */
export function language(): Language {
  return (wx.getAppBaseInfo().language || '').toLowerCase().startsWith('en') ? 'en' : 'zh';
}

/** The texts of a catalogue in the phone's language. */
export function textsOf<T>(catalogue: Catalogue<T>): Record<keyof T, string> {
  return language() === 'en' ? catalogue.en : (catalogue.zh as unknown as Record<keyof T, string>);
}

/** The sentence with its facts filled in: `{n}` of the text by `n` of the facts. */
export function fill(text: string, facts: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name]));
}
