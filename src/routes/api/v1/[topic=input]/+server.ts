import { doorChecks } from '#lib/domain/events.ts';
import { answer } from '#lib/server/api/problem.ts';
import { queries, readQuery } from '#lib/server/api/operations.ts';
import { BODY_BYTES, readBody } from '#lib/server/doors/body.ts';
import { sortBody } from '#lib/server/doors/door.ts';
import type { RequestHandler } from './$types';

const checks = doorChecks(Date.now);

/** Takes events; 202 once the log has every accepted one durably. */
export const POST: RequestHandler = ({ request, params, url, locals: { services } }) =>
	answer(async () => {
		readQuery(url, queries.none);
		const { topic } = params;
		const size = Number(request.headers.get('content-length')) || BODY_BYTES;
		return services.pushes.hold(Math.min(size, BODY_BYTES), async () => {
			const body = await readBody(request);
			const { entries, rejected } = await sortBody(
				topic,
				request.headers.get('content-type'),
				body,
				checks[topic]
			);
			if (entries.length) await services.log.append(topic, entries, { origin: 'door' });
			services.health.note(`push/${topic}`, 'door', null);
			return Response.json({ accepted: entries.length, rejected }, { status: 202 });
		});
	});
