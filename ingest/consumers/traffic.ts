/**
 * traffic: what our door has checked goes to the store as bytes, while it is being read; other producers' records are checked one by one.
 */
import { Readable } from 'node:stream';
import { logChecks } from '#lib/domain/events.ts';
import { events } from '#lib/server/log/block.ts';
import type { Batch, LogRecord } from '#lib/server/log/log.ts';
import { insertTraffic } from '#lib/server/store/traffic.ts';
import { letterOf, positionOf, readRow, requireReadable, storeAll, tokenOf } from './blocks.ts';
import type { Consumer, ConsumerDeps } from './consumer.ts';

/** Neighbouring events of a record. */
interface Run {
	record: LogRecord;
	/** Row of the first. */
	row: number;
	/** NDJSON, the last line without a newline. */
	lines: Buffer;
}

export function trafficConsumer({ store, desk }: ConsumerDeps): Consumer {
	const setAside = ({ record, row, lines }: Run, errors: { path: string; message: string }[]) =>
		desk.deadLetters.put([letterOf('traffic', record, row, lines, errors)]);

	const insert = (runs: readonly Run[], token: string) =>
		insertTraffic(store, Readable.from(runs.values().map(withPlaces), { objectMode: false }), token);

	async function readRuns(batch: Batch): Promise<Run[]> {
		const runs: Run[] = [];
		for (const record of batch.records) {
			requireReadable(batch.topic, record);
			const run = { record, row: 0, lines: record.value };
			if (record.header) {
				runs.push(run);
				continue;
			}
			const read = readRow(record.value, logChecks.traffic);
			if ('event' in read) runs.push({ ...run, lines: Buffer.from(JSON.stringify(read.event)) });
			else await setAside(run, read.errors);
		}
		return runs;
	}

	/** Finds the bad events of a record that the store refuses. */
	const storeEach = (run: Run, token: string) =>
		storeAll(eventsOf(run), token, insert, (event, message) => setAside(event, [{ path: '', message }]));

	return async (batch) => {
		const token = tokenOf(batch);
		await storeAll(await readRuns(batch), token, insert, (run) =>
			storeEach(run, `${token}:${run.record.offset}`)
		);
	};
}

const eventsOf = ({ record, lines }: Run): Run[] =>
	events({ header: record.header, value: lines }).map((line, row) => ({ record, row, lines: line }));

const NEWLINE = 10;

/** Puts what only the log knows in front of each event: `{"$accepted":…,"$origin":"…","$position":…,` and the event's own fields. */
function withPlaces({ record, row, lines }: Run): Buffer {
	const ends: number[] = [];
	for (let end = lines.indexOf(NEWLINE); end !== -1; end = lines.indexOf(NEWLINE, end + 1)) ends.push(end);
	ends.push(lines.length);
	const head = Buffer.from(
		`{"$accepted":${record.accepted},"$origin":"${record.header?.origin ?? 'door'}","$position":`
	);
	let position = positionOf(record, row);
	const digits = String(position + ends.length).length;
	const out = Buffer.allocUnsafe(lines.length + ends.length * (head.length + digits + 1));
	let at = 0;
	let start = 0;
	for (const end of ends) {
		at += head.copy(out, at);
		at += out.write(`${position++},`, at, 'latin1');
		at += lines.copy(out, at, start + 1, end);
		out[at++] = NEWLINE;
		start = end + 1;
	}
	return out.subarray(0, at);
}
