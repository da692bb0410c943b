import { redirect } from '@sveltejs/kit';
import { clearDemo } from '#lib/server/demo/clear.ts';
import type { RequestHandler } from './$types';

/** Takes the demo away, and nothing else. */
export const POST: RequestHandler = async ({ locals: { services } }) => {
	await clearDemo({ store: services.store, desk: services.desk, now: Date.now, who: 'page' });
	redirect(303, '/');
};
