import { queries, readQuery } from '#lib/server/api/operations.ts';
import { answer } from '#lib/server/api/problem.ts';
import { judgedSignals } from '#lib/server/signal-verdicts.ts';
import { signals } from '#lib/server/store/signals.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url, request, locals: { services } }) =>
	answer(async () => {
		const { type, ...query } = readQuery(url, queries.signals);
		const { store, desk } = services;
		const [page, judged] = await Promise.all([
			signals(store, { ...query, ...(type && { types: type }) }, request.signal),
			judgedSignals(store, desk, query.asOf)
		]);
		const last = page.at(-1);
		const headers: Record<string, string> = {};
		if (last && page.length === query.limit) {
			const next = new URL(url);
			next.searchParams.set('before', `${last.at}~${last.id}`);
			headers['link'] = `<${next.pathname}${next.search}>; rel="next"`;
		}
		const told = page.map((row) => {
			const { a, b, happened, copyOf, live: _, position: __, articles: ___, ...signal } = row;
			return {
				...signal,
				happenedAt: happened,
				organisations: b === '' ? [a] : [a, b],
				copyOf: copyOf === '0' ? null : copyOf,
				field: signal.field || null,
				agent: signal.agent || null,
				person: signal.person || null,
				verdict: judged.of(row)?.body.verdict ?? null
			};
		});
		return Response.json(told, { headers });
	});
