/** `telltale export news|policies|traffic`: every accepted event, as NDJSON; `verdicts`: what people said of signals. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { InputEvent, InputTopic } from '#lib/domain/events.ts';
import { dayOf, formatInstant, isDay } from '#lib/domain/time.ts';
import { Problem } from '#lib/server/errors.ts';
import { signalVerdicts } from '#lib/server/signal-verdicts.ts';
import { acceptedNews } from '#lib/server/store/news.ts';
import { acceptedPolicies } from '#lib/server/store/policies.ts';
import type { Store } from '#lib/server/store/store.ts';
import { exportTraffic } from '#lib/server/store/traffic.ts';

export interface ExportCommand {
	topic: InputTopic;
	/** Days, both included: of publication, of fetching; of traffic the whole period must lie within. */
	from?: string | undefined;
	to?: string | undefined;
	store: Store;
	out: Writable;
}

const BLOCK = 64 * 1024;

/** Resolves to the exit status. Rejects with `configuration` for days that are none, and as the store does. */
export async function exportTopic({ topic, from, to, store, out }: ExportCommand): Promise<number> {
	checkDays({ from, to });
	const reading = new AbortController();
	try {
		return await exportEvents(within(eventsOf[topic](store, reading.signal), from, to), out);
	} finally {
		// Ends the query on the server as well when the reader went away.
		reading.abort();
	}
}

/** The newest verdict on each signal, the first one given first; those taken back and those on the demo are none. Days, both included, are those of the verdict. */
export async function exportVerdicts({
	from = '',
	to = '9999-12-31',
	desk,
	out
}: Pick<ExportCommand, 'from' | 'to' | 'out'> & {
	desk: Parameters<typeof signalVerdicts>[0];
}): Promise<number> {
	checkDays({ from: from || undefined, to });
	const lines = (await signalVerdicts(desk)).toReversed().flatMap(({ id, version, who, at, body }) => {
		const day = dayOf(at);
		return body.verdict === null || body.signal.demo || day < from || day > to
			? []
			: [{ id, version, who, at: formatInstant(at), ...body }];
	});
	return exportEvents(each(lines), out);
}

async function* each<T>(list: readonly T[]): AsyncGenerator<T> {
	yield* list;
}

function checkDays(days: Record<string, string | undefined>): void {
	for (const [name, day] of Object.entries(days))
		if (day !== undefined && !isDay(day))
			throw new Problem('configuration', `--${name} must be a day, like 2026-11-20`, { path: name });
}

const eventsOf: Record<InputTopic, (store: Store, signal: AbortSignal) => AsyncIterable<InputEvent>> = {
	news: (store, signal) => inner(acceptedNews(store, signal)),
	policies: (store, signal) => inner(acceptedPolicies(store, signal)),
	traffic: exportTraffic
};

async function* inner<T>(rows: AsyncIterable<{ event: T }>): AsyncGenerator<T> {
	for await (const { event } of rows) yield event;
}

async function* within(
	events: AsyncIterable<InputEvent>,
	from = '',
	to = '9999-12-31'
): AsyncGenerator<InputEvent> {
	for await (const event of events) {
		const [first, last] = daysOf(event);
		if (first >= from && last <= to) yield event;
	}
}

function daysOf(event: InputEvent): [first: string, last: string] {
	if ('from' in event) return [event.from, event.to];
	const at = 'publishedAt' in event ? event.publishedAt : event.fetchedAt;
	return [at.slice(0, 10), at.slice(0, 10)];
}

/**
 * Writes events a line each, no faster than they are taken. Resolves to the exit status: 0 also when the reader has had enough
 * (`| head`) and closed the pipe.
 */
export async function exportEvents(events: AsyncIterable<unknown>, out: Writable): Promise<number> {
	const closed = new AbortController();
	const close = () => closed.abort();
	let failure: Error | null = null;
	const fail = (error: Error) => {
		failure = error;
		close();
	};
	out.on('error', fail).on('close', close);
	let block = '';
	const flush = async () => {
		if (block !== '' && !out.write(block)) await once(out, 'drain', { signal: closed.signal });
		block = '';
	};
	try {
		for await (const event of events) {
			block += `${JSON.stringify(event)}\n`;
			if (block.length >= BLOCK) await flush();
			if (closed.signal.aborted) break;
		}
		await flush();
	} catch (error) {
		if (!closed.signal.aborted) throw error;
	} finally {
		out.off('error', fail).off('close', close);
	}
	if (failure !== null && !isEndOfPipe(failure)) throw failure;
	return 0;
}

const isEndOfPipe = (error: Error) => 'code' in error && error.code === 'EPIPE';
