import { redirect } from '@sveltejs/kit';
import { clearDemo } from '#lib/server/demo/clear.ts';
import { ownPath } from '#lib/ui/addresses.ts';
import type { RequestHandler } from './$types';

/** Takes the demo away, and nothing else; then back to the page of this site that the form names. */
export const POST: RequestHandler = async ({ locals: { services }, request }) => {
	const form = await request.formData().catch(() => null);
	await clearDemo({ store: services.store, desk: services.desk, now: Date.now, who: 'page' });
	redirect(303, ownPath(form?.get('back')));
};
