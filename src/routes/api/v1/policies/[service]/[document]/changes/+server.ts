import { formatInstant } from '#lib/domain/time.ts';
import { queries, readQuery } from '#lib/server/api/operations.ts';
import { answer } from '#lib/server/api/problem.ts';
import { Problem } from '#lib/server/errors.ts';
import { readChanges } from '#lib/server/policy-changes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params, url, locals: { services } }) =>
	answer(async () => {
		const { from = '', to = '~', asOf } = readQuery(url, queries.changes);
		const now = asOf === undefined ? Date.now() : Date.parse(asOf);
		const changes = await readChanges(services.store, params, {
			now,
			asOf,
			reading: await services.reading()
		});
		if (changes === null)
			throw new Problem('not-found', `there is no document ${params.document} of ${params.service}`);
		const told = changes.map(({ version, diff }) => ({
			at: formatInstant(version.at),
			verdict: version.verdict,
			decidedAt: version.decidedAt === null ? null : formatInstant(version.decidedAt),
			collector: version.collector,
			changes: diff.changes,
			mentions: version.mentions
		}));
		return Response.json(told.filter(({ at }) => at >= from && at <= to));
	});
