import { redirect } from '@sveltejs/kit';
import { ownPath } from '#lib/ui/addresses.ts';
import { isLocale, LOCALE_COOKIE } from '#lib/ui/locale.ts';
import { readTheme, THEME_COOKIE } from '#lib/ui/theme.ts';
import type { RequestHandler } from './$types';

const YEAR = 365 * 86_400;

/** Language and theme are plain forms, so that both switch without script. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
	const form = await request.formData();
	// Paraglide and the pages' script read the language, so this cookie is no secret from them.
	const options = {
		path: '/',
		maxAge: YEAR,
		sameSite: 'lax',
		httpOnly: false,
		secure: url.protocol === 'https:'
	} as const;
	const locale = form.get('locale');
	if (isLocale(locale)) cookies.set(LOCALE_COOKIE, locale, options);
	if (form.has('theme')) cookies.set(THEME_COOKIE, readTheme(form.get('theme')), options);
	redirect(303, ownPath(form.get('back')));
};
