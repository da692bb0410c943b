import { documents } from '#lib/server/store/policies.ts';
import { reading, shownDay } from '../view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { services }, url }) => {
	const { known } = shownDay(url);
	return reading(services, async () => ({ documents: await documents(services.store, known) }));
};
