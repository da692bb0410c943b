/** How articles are read at this moment: the watchlist's names, the detector with the weights shipped, the letters of publishers. */
import { createHash } from 'node:crypto';
import { publisherKey } from '#lib/domain/news/origin.ts';
import { priorOf, type Reliability } from '#lib/domain/news/reliability.ts';
import { detector, type Article, type Detection } from '#lib/domain/partnerships/signals/detect.ts';
import { shippedWeights } from '#lib/domain/partnerships/signals/shipped.ts';
import type { Desk } from './desk/desk.ts';
import { ownLetters } from './reliability.ts';
import { readings, versionOf, WATCHLIST, type Reading } from './watchlist.ts';

/** Version of what is neither weights nor watchlist: rules, matcher, starter. A new one makes every article be read again. */
const RULES = '6';
/** Signals are read of so much of a text: reports are shorter, and what is longer (transcripts, filings in full) would hold up the rest. */
const READ_FOR_SIGNALS = 20_000;

/** So many mentions of one organisation are kept of a longer text: more say nothing more, and a text of names alone has a million. */
const OF_EACH = 1_000;

export interface NewsReading extends Reading {
	/** Of rules, weights and watchlist together: what was read with another is read again. */
	version: string;
	/** Mentions in the whole article, {@link OF_EACH} at most; signals in its title and the first {@link READ_FOR_SIGNALS} UTF-16 units of its text. */
	detect(article: Article): Pick<Detection, 'mentions' | 'signals'>;
	/** The letter that the workspace or else the starter list gives a publisher. */
	letterOf(publisher: string): Reliability;
}

/** Names what articles are read with at this moment. Rejects with `desk-unavailable`. */
export const newsVersion = async ({
	documents
}: {
	documents: Pick<Desk['documents'], 'list'>;
}): Promise<string> => nameOf(versionOf(await documents.list(WATCHLIST)));
const nameOf = (watchlist: string): string => `${RULES} ${weightsHash} ${watchlist}`;

const weights = shippedWeights();
const weightsHash = createHash('sha256').update(JSON.stringify(weights)).digest('hex').slice(0, 12);

/** Gives the reading of the moment; what is compiled is made anew only when the watchlist has changed. Rejects with `desk-unavailable`. */
export function newsReadings(desk: Pick<Desk, 'documents'>): () => Promise<NewsReading> {
	const current = readings(desk);
	let last: Pick<NewsReading, 'version' | 'detect'> | undefined;
	return async () => {
		const [reading, own] = await Promise.all([current(), ownLetters(desk)]);
		const version = nameOf(reading.watchlist);
		if (last?.version !== version) last = { version, detect: bounded(reading) };
		return {
			...reading,
			...last,
			letterOf: (publisher) => own.get(publisherKey(publisher)) ?? priorOf(publisher)
		};
	};
}

function bounded({ organisations, matcher }: Reading): NewsReading['detect'] {
	const detect = detector({ organisations }, weights, matcher);
	return ({ title, text = '', ...more }) => {
		if (text.length <= READ_FOR_SIGNALS) return detect({ title, text, ...more });
		const { signals } = detect({ title, text: text.slice(0, READ_FOR_SIGNALS), ...more });
		return { mentions: fewOfEach(matcher.mentionsIn({ title, text })), signals };
	};
}

function fewOfEach(mentions: Detection['mentions']): Detection['mentions'] {
	const counts = new Map<string, number>();
	return mentions.filter(({ organisation }) => {
		const count = (counts.get(organisation) ?? 0) + 1;
		counts.set(organisation, count);
		return count <= OF_EACH;
	});
}
