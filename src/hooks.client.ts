import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { localeOf } from '#lib/ui/locale.ts';

// The server has chosen; asking the browser again could only differ from what is on the page.
overwriteGetLocale(() => localeOf(document.documentElement.lang));
