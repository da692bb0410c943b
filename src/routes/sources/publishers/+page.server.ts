import { readReliability } from '#lib/server/reliability.ts';
import { publishers } from '#lib/server/store/publishers.ts';
import { reading, shownDay } from '../../view.ts';
import type { PageServerLoad } from './$types';

/** Those with most articles; who has a record is among them or has hardly published. */
const SHOWN = 500;

export const load: PageServerLoad = async ({ locals: { services }, url }) => {
	const { now, known } = shownDay(url);
	return reading(services, async () => {
		const [found, judge] = await Promise.all([
			publishers(services.store, { ...known, limit: SHOWN }),
			readReliability({ ...services, now, ...known })
		]);
		const judged = found.map((publisher) => ({ ...publisher, ...judge(publisher.publisher) }));
		// Who has a record first, the longest one before others; then by how much they publish.
		judged.sort((a, b) => b.of - a.of || b.articles - a.articles);
		return { publishers: judged };
	});
};
