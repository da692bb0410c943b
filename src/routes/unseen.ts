/** What cannot be seen by its own rhythm, whatever its collector says: documents that are silent, destinations behind their provider. */
import { daysBetween } from '#lib/domain/time.ts';
import type { SourceHealth } from '#lib/server/desk/desk.ts';
import { pageId } from '#lib/server/fetch/watched-page.ts';
import type { PolicyDocument } from '#lib/server/store/policies.ts';
import type { Destination } from '#lib/server/store/traffic.ts';
import { blindSince } from './policies/blind.ts';

export interface SilentDocument {
	service: string;
	document: string;
	/** Its last reading, RFC 3339. */
	since: string;
	/** Why, where a collector says so. */
	error: string | null;
}
export interface LateDestination {
	provider: string;
	destination: string;
	/** The last day that is reported of it, and how many days the provider is ahead elsewhere. */
	last: string;
	behind: number;
}

/** Documents that are not read any more, the longest first. `now`: ms; `health`: of what is collected now, none for a past day. */
export function silent(
	documents: readonly PolicyDocument[],
	health: readonly SourceHealth[],
	now: number
): SilentDocument[] {
	const pages = new Map(health.flatMap((one) => (one.kind === 'page' ? [[one.id, one]] : [])));
	return documents
		.flatMap((one) => {
			const page = pages.get(pageId(one));
			const since = blindSince(one, page, now);
			const { service, document } = one;
			return since === null ? [] : [{ service, document, since, error: page?.error ?? null }];
		})
		.sort((a, b) => (a.since < b.since ? -1 : 1));
}

/** Days that a report may be behind without a word. */
const PATIENCE = 3;

/** Destinations that a provider reports less of than of its others, by a whole period of theirs at least; the latest first. */
export function late(all: readonly Destination[]): LateDestination[] {
	const newest = new Map<string, string>();
	for (const { provider, last } of all) if (last > (newest.get(provider) ?? '')) newest.set(provider, last);
	const own = Map.groupBy(all, ({ provider, destination }) => JSON.stringify([provider, destination]));
	return [...own.values()]
		.flatMap((metrics): LateDestination[] => {
			const [latest, ...others] = metrics;
			if (!latest) return [];
			const { provider, destination } = latest;
			const last = others.reduce((day, one) => (one.last > day ? one.last : day), latest.last);
			const behind = daysBetween(last, newest.get(provider) ?? last) - 1;
			const span = Math.max(PATIENCE, ...metrics.flatMap(({ spans }) => spans));
			return behind < span ? [] : [{ provider, destination, last, behind }];
		})
		.sort((a, b) => b.behind - a.behind);
}
