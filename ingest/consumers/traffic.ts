/** traffic: what our door has checked goes to the store as bytes; other producers' records are checked one by one. */
import { logChecks } from '#lib/domain/events.ts';
import { events } from '#lib/server/log/block.ts';
import type { Batch, LogRecord } from '#lib/server/log/log.ts';
import { insertTraffic } from '#lib/server/store/traffic.ts';
import { letterOf, positionOf, readRow, requireReadable, storeAll, tokenOf } from './blocks.ts';
import type { Consumer, ConsumerDeps } from './consumer.ts';

interface Line {
	record: LogRecord;
	row: number;
	/** The event as JSON, without a newline. */
	json: Buffer;
}

export function trafficConsumer({ store, desk }: ConsumerDeps): Consumer {
	const setAside = ({ record, row, json }: Line, errors: { path: string; message: string }[]) =>
		desk.deadLetters.put([letterOf('traffic', record, row, json, errors)]);

	async function readLines(batch: Batch): Promise<Line[]> {
		const lines: Line[] = [];
		for (const record of batch.records) {
			requireReadable(batch.topic, record);
			if (record.header) {
				for (const [row, json] of events(record).entries()) lines.push({ record, row, json });
				continue;
			}
			const line = { record, row: 0, json: record.value };
			const read = readRow(record.value, logChecks.traffic);
			if ('event' in read) lines.push({ ...line, json: Buffer.from(JSON.stringify(read.event)) });
			else await setAside(line, read.errors);
		}
		return lines;
	}

	return async (batch) =>
		storeAll(
			await readLines(batch),
			tokenOf(batch),
			(lines, token) => insertTraffic(store, splice(lines), token),
			(line, message) => setAside(line, [{ path: '', message }])
		);
}

/** Puts what only the log knows in front of each event: `{"$accepted":…,"$position":…,"$origin":"…",` and the event's own fields. */
function splice(lines: readonly Line[]): Buffer {
	let size = 0;
	for (const { json } of lines) size += json.length + 96;
	const out = Buffer.allocUnsafe(size);
	let at = 0;
	for (const { record, row, json } of lines) {
		const origin = record.header?.origin ?? 'door';
		at += out.write(
			`{"$accepted":${record.accepted},"$position":${positionOf(record, row)},"$origin":"${origin}",`,
			at,
			'latin1'
		);
		at += json.copy(out, at, 1);
		out[at++] = 10;
	}
	return out.subarray(0, at);
}
