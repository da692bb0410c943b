import { queries, readQuery } from '#lib/server/api/operations.ts';
import { answer } from '#lib/server/api/problem.ts';
import { readSources } from '#lib/server/sources.ts';
import { formatInstant } from '#lib/domain/time.ts';
import type { RequestHandler } from './$types';

const time = (at: number | null) => (at === null ? null : formatInstant(at));

export const GET: RequestHandler = ({ url, locals: { services } }) =>
	answer(async () => {
		readQuery(url, queries.none);
		const sources = await readSources(services, Date.now());
		return Response.json(
			sources.map((source) => ({
				...source,
				lastSuccess: time(source.lastSuccess),
				lastAttempt: time(source.lastAttempt),
				next: time(source.next),
				silence: source.silence && {
					since: time(source.silence.since),
					noticed: time(source.silence.noticed),
					failure: source.silence.failure,
					reason: source.silence.reason
				}
			}))
		);
	});
