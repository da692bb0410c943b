/** The two languages of the pages. */
export type Locale = 'en' | 'zh';
export const LOCALES: readonly Locale[] = ['en', 'zh'];

/** The cookie that paraglide reads (strategy `cookie`). */
export const LOCALE_COOKIE = 'PARAGLIDE_LOCALE';

export const isLocale = (text: unknown): text is Locale => text === 'en' || text === 'zh';

/** What `<html lang>` says. */
export const languageTag = (locale: Locale): string => (locale === 'zh' ? 'zh-Hans' : 'en');

/** The language of a tag such as `zh-Hans`; English where it is neither. */
export const localeOf = (tag: string): Locale => (/^zh\b/i.test(tag) ? 'zh' : 'en');
