import { addDays, dayOf, startOf } from '#lib/domain/time.ts';
import { isLoopback } from '#lib/server/config.ts';
import { demoState } from '#lib/server/demo/state.ts';
import { readAsOf } from '#lib/ui/addresses.ts';
import type { Access } from '#lib/ui/frame.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url }) => {
	const now = Date.now();
	const today = dayOf(now);
	// A day that cannot be read is refused by the page, inside the frame.
	const asOf = readAsOf(url, today) ?? null;
	const access: Access = isLoopback(locals.services.config.host) ? 'loopback' : 'open';
	// The frame stands whatever is down: without the desk nobody can say whether it is a demo.
	const demo = await demoState(locals.services.desk).catch(() => null);
	const shown = demo?.body && !demo.body.cleared ? { clear: '/demo/clear' } : null;
	/** Ages are told as of the day shown. */
	const clock = asOf === null ? now : startOf(addDays(asOf, 1)) - 1;
	return { locale: locals.locale, theme: locals.theme, access, demo: shown, asOf, today, now: clock };
};
