import { dayOf } from '#lib/domain/time.ts';
import { isLoopback } from '#lib/server/config.ts';
import { readAsOf } from '#lib/ui/addresses.ts';
import type { Access } from '#lib/ui/frame.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => {
	const now = Date.now();
	const today = dayOf(now);
	// A day that cannot be read is refused by the page, inside the frame.
	const asOf = readAsOf(url, today) ?? null;
	const access: Access = isLoopback(locals.services.config.host) ? 'loopback' : 'open';
	return { locale: locals.locale, theme: locals.theme, access, demo: null, asOf, today, now };
};
