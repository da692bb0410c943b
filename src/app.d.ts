import type { Services } from '#lib/server/services.ts';
import type { Locale } from '#lib/ui/locale.ts';
import type { Theme } from '#lib/ui/theme.ts';

declare global {
	namespace App {
		interface Locals {
			services: Services;
			locale: Locale;
			theme: Theme;
		}
		interface Error {
			message: string;
			/** What went wrong, for the words of the error page: a problem's code. */
			code?: string;
			/** Since when, ms. */
			since?: number;
		}
	}
}
