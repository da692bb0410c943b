/** Which view of the shares an address asks for; what it does not say, or says of data that is not there, is chosen here. */
import { GRAINS, isGrain, type Grain } from '#lib/domain/referrals/periods.ts';
import { daysBetween, isDay } from '#lib/domain/time.ts';

/** One thing that can be charted. */
export interface Charted {
	destination: string;
	metric: string;
	provider: string;
	first: string;
	last: string;
	observations: number;
	/** Lengths of its periods in days. */
	spans: number[];
}
export interface Choice {
	destination: string;
	metric: string;
	provider: string;
	grain: Grain;
	by: 'source' | 'channel';
	shape: 'stacked' | 'lines';
	from: string | null;
	to: string | null;
	/** The source that the page is about, where the reader chose it. */
	subject: string | null;
	/** First day of the pinned period. */
	pin: string | null;
}
export interface Options {
	destinations: string[];
	metrics: string[];
	providers: string[];
	grains: Grain[];
	/** What each is where the address does not say it. */
	usual: Pick<Choice, 'metric' | 'provider' | 'grain'>;
}

export interface Chosen {
	choice: Choice;
	options: Options;
	/** Last day that anything is reported of. */
	last: string;
}

/** Metrics that tell most of a partnership come first where there are several. */
const PREFERRED = ['new_users', 'visits', 'sessions', 'orders', 'users', 'visitors'];
const NOT_ADDITIVE = ['users', 'visitors'];
/** Days are shown as days until there are more than can be told apart, then as weeks. */
const DAYS_AS_DAYS = 120;

const distinct = (values: string[]) => [...new Set(values)].sort();
const rank = (metric: string) => (PREFERRED.includes(metric) ? PREFERRED.indexOf(metric) : PREFERRED.length);
const pick = (said: string | null, from: string[], usual: string) =>
	said !== null && from.includes(said) ? said : usual;

/** Grains that the periods of `one` make up: single days are added to longer ones, except people, who would be counted twice. */
export function grainsOf({ spans, metric }: Pick<Charted, 'spans' | 'metric'>): Grain[] {
	const has: Record<Grain, boolean> = {
		day: spans.includes(1),
		week: spans.includes(7),
		month: spans.some((days) => days >= 28 && days <= 31)
	};
	const adds = has.day && !NOT_ADDITIVE.includes(metric);
	return GRAINS.filter((grain) => has[grain] || adds);
}

const mostObserved = (all: Charted[]): Charted | undefined =>
	all.reduce<Charted | undefined>(
		(best, one) => (best && best.observations >= one.observations ? best : one),
		undefined
	);

/** Null where nothing can be charted. `first`: the destination where the address says none, else the one that is observed most. */
export function choose(charted: Charted[], params: URLSearchParams, first?: string): Chosen | null {
	const usual = mostObserved(charted);
	if (!usual) return null;
	const destinations = distinct(charted.map((one) => one.destination));
	const destination = pick(params.get('destination'), destinations, first ?? usual.destination);
	const here = charted.filter((one) => one.destination === destination);
	const metrics = distinct(here.map((one) => one.metric)).sort((a, b) => rank(a) - rank(b));
	const metric = pick(params.get('metric'), metrics, metrics[0] ?? '');
	const measured = here.filter((one) => one.metric === metric);
	const providers = distinct(measured.map((one) => one.provider));
	const usualProvider = mostObserved(measured)?.provider ?? '';
	const provider = pick(params.get('provider'), providers, usualProvider);
	const one = measured.find((it) => it.provider === provider) ?? usual;
	const grains = grainsOf(one);
	const length = daysBetween(one.first, one.last);
	const usualGrain =
		grains.find((grain) => grain !== 'day' || length <= DAYS_AS_DAYS) ?? grains[0] ?? 'month';
	const grain = params.get('grain') ?? '';
	const day = (name: string) => {
		const said = params.get(name);
		return said && isDay(said) ? said : null;
	};
	return {
		last: one.last,
		choice: {
			destination,
			metric,
			provider,
			grain: isGrain(grain) && grains.includes(grain) ? grain : usualGrain,
			by: params.get('by') === 'channel' ? 'channel' : 'source',
			shape: params.get('shape') === 'lines' ? 'lines' : 'stacked',
			from: day('from'),
			to: day('to'),
			subject: params.get('subject'),
			pin: day('pin')
		},
		options: {
			destinations,
			metrics,
			providers,
			grains,
			usual: {
				metric: metrics[0] ?? '',
				provider: usualProvider,
				grain: usualGrain
			}
		}
	};
}
