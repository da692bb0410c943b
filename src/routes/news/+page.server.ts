import { error } from '@sveltejs/kit';
import { parseInstant } from '#lib/domain/time.ts';
import { SIGNAL_TYPES } from '#lib/domain/partnerships/signals/signal.ts';
import { judgedSignals } from '#lib/server/signal-verdicts.ts';
import { storyLines, type LineQuery } from '#lib/server/stories.ts';
import { oneLine } from '#lib/ui/outside.ts';
import { readNames } from '../names.ts';
import { reading, shownDay } from '../view.ts';
import { lastVisit } from '../visit.ts';
import type { PageServerLoad } from './$types';

const PAGE = 30;
/** UTF-16 units of a title, and of a publisher's name, in a list. */
const TITLE = 240;
const NAME = 80;
/** Organisations that a line names. */
const NAMED = 6;

/** `time~id` of the last story of the page before. */
function cursor(said: string | null): LineQuery['before'] {
	const [at = '', id = ''] = said?.split('~') ?? [];
	return parseInstant(at) !== null && /^\d{1,20}$/.test(id) && BigInt(id) < 1n << 64n
		? { at, id }
		: undefined;
}

export const load: PageServerLoad = async ({ locals: { services, locale }, url, cookies }) => {
	const { now, known } = shownDay(url);
	const visited = lastVisit(cookies, url, 'news', now);
	const said = (name: string) => url.searchParams.get(name) ?? '';
	const type = SIGNAL_TYPES.find((one) => one === said('signal'));
	if (said('signal') && !type) error(400, { message: `signal=${said('signal')}`, code: 'invalid' });
	const least = Number(said('least') || 1);
	if (!Number.isInteger(least) || least < 1 || least > 1000)
		error(400, { message: `least=${said('least')}`, code: 'invalid' });
	const filter = {
		organisation: said('organisation'),
		signal: type ?? '',
		language: said('language'),
		least: least > 1 ? String(least) : '',
		words: said('q').trim().slice(0, 200)
	};
	const before = cursor(url.searchParams.get('before'));
	const query: LineQuery = {
		...known,
		limit: PAGE,
		least,
		...(filter.organisation && { organisation: filter.organisation }),
		...(type && { type }),
		...(filter.language && { language: filter.language }),
		...(filter.words && { words: filter.words }),
		...(before && { before })
	};
	return reading(services, async () => {
		const [names, { corrections }] = await Promise.all([
			readNames(services.desk, locale),
			judgedSignals(services.store, services.desk, known.asOf)
		]);
		const { lines, more } = await storyLines(services.store, { ...query, corrections });
		return {
			stories: lines.map(({ first, known: newest, organisations, ...line }) => ({
				...line,
				first: { ...first, title: oneLine(first.title, TITLE), publisher: oneLine(first.publisher, NAME) },
				organisations: names.organisations(organisations.slice(0, NAMED)),
				isNew: visited !== null && Date.parse(newest) > visited
			})),
			more: more && `${more.at}~${more.id}`,
			paged: before !== undefined,
			/** End of the visit before, ms. */
			visited: known.asOf === undefined ? visited : null,
			filter,
			organisations: names.watched
		};
	});
};
