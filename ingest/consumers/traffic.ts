/** traffic: what our door has checked goes to the store as bytes; other producers' records are checked one by one. */
import { logChecks } from '#lib/domain/events.ts';
import { isProblem } from '#lib/server/errors.ts';
import { events } from '#lib/server/log/block.ts';
import type { Batch, LogRecord } from '#lib/server/log/log.ts';
import { insertTraffic } from '#lib/server/store/traffic.ts';
import { letterOf, positionOf, readRow, requireReadable, tokenOf } from './blocks.ts';
import type { Consumer, ConsumerDeps } from './consumer.ts';

interface Line {
	record: LogRecord;
	row: number;
	/** The event as JSON, without a newline. */
	json: Buffer;
}

export function trafficConsumer({ store, desk, logger }: ConsumerDeps): Consumer {
	return async (batch) => {
		const lines = await readLines(batch);
		await storeLines(lines, tokenOf(batch));
	};

	async function readLines(batch: Batch): Promise<Line[]> {
		const lines: Line[] = [];
		for (const record of batch.records) {
			requireReadable(batch.topic, record);
			if (record.header) {
				for (const [row, json] of events(record).entries()) lines.push({ record, row, json });
				continue;
			}
			const read = readRow(record.value, logChecks.traffic);
			if ('event' in read) lines.push({ record, row: 0, json: Buffer.from(JSON.stringify(read.event)) });
			else await desk.deadLetters.put([letterOf('traffic', record, 0, record.value, read.errors)]);
		}
		return lines;
	}

	/** Halves what the store refuses until the bad row stands alone. */
	async function storeLines(lines: Line[], token: string): Promise<void> {
		if (lines.length === 0) return;
		try {
			await insertTraffic(store, splice(lines), token);
		} catch (error) {
			if (!isProblem(error, 'store-refused')) throw error;
			const [only] = lines;
			if (lines.length === 1 && only) {
				logger.warn({ err: error, offset: only.record.offset, row: only.row }, 'the store refuses an event');
				const errors = [{ path: '', message: error.message }];
				return desk.deadLetters.put([letterOf('traffic', only.record, only.row, only.json, errors)]);
			}
			const middle = lines.length >> 1;
			await storeLines(lines.slice(0, middle), `${token}a`);
			await storeLines(lines.slice(middle), `${token}b`);
		}
	}
}

/** Puts what only the log knows in front of each event: `{"$accepted":…,"$position":…,"$origin":"…",` and the event's own fields. */
function splice(lines: Line[]): Buffer {
	let size = 0;
	for (const { json } of lines) size += json.length + 96;
	const out = Buffer.allocUnsafe(size);
	let at = 0;
	for (const { record, row, json } of lines) {
		const origin = record.header?.origin ?? 'door';
		at += out.write(`{"$accepted":${record.accepted},"$position":${positionOf(record, row)},"$origin":"${origin}",`, at, 'latin1');
		at += json.copy(out, at, 1);
		out[at++] = 10;
	}
	return out.subarray(0, at);
}
