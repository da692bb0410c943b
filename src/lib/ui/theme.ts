/** `system` follows the reader's system; the others are kept in a cookie, so that the server's first byte is right. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'telltale_theme';

export const readTheme = (value: unknown): Theme => THEMES.find((theme) => theme === value) ?? 'system';
