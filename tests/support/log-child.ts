/**
 * A process that works on an event log and dies suddenly, or stays until it is killed: `log-child.ts WHERE DEED`, both JSON. What it
 * has done is a line each on standard output, written before anything else can happen.
 */
import { writeSync } from 'node:fs';
import { openEmbeddedLog } from '#lib/server/log/embedded.ts';
import { openKafkaLog } from '#lib/server/log/kafka.ts';
import { createLogger } from '#lib/server/logger.ts';
import { z } from 'zod';

const topic = z.enum(['news', 'policies', 'traffic']);
const where = z.union([
	z.object({ file: z.string(), leaseMs: z.number() }),
	z.object({ brokers: z.array(z.string()), prefix: z.string() })
]);
const deed = z.discriminatedUnion('do', [
	/** Appends so many events one by one, and is killed with the last acknowledgement when `die`. */
	z.object({ do: z.literal('append'), topic, key: z.string(), count: z.number(), die: z.boolean() }),
	/** Consumes; is killed inside the handler when `die`, else says what came and goes on. */
	z.object({ do: z.literal('consume'), topic, group: z.string(), die: z.boolean() })
]);
export type LogPlace = z.infer<typeof where>;
export type LogDeed = z.infer<typeof deed>;

const say = (line: string) => writeSync(1, `${line}\n`);
const dieNow = () => process.kill(process.pid, 'SIGKILL');

const place = where.parse(JSON.parse(process.argv[2] ?? ''));
const task = deed.parse(JSON.parse(process.argv[3] ?? ''));
const options = { writer: 'child', logger: createLogger('silent') };
const log =
	'file' in place
		? await openEmbeddedLog(place.file, { ...options, leaseMs: place.leaseMs })
		: await openKafkaLog(place, options);

if (task.do === 'append') {
	for (let i = 0; i < task.count; i++) {
		await log.append(task.topic, [{ key: task.key, json: JSON.stringify(`${task.key}-${i}`) }], {
			origin: 'import'
		});
		say(`acknowledged ${i}`);
	}
	if (task.die) dieNow();
	await log.close();
} else {
	await log.consume({
		group: task.group,
		topic: task.topic,
		lingerMs: 0,
		async handler({ records }) {
			for (const { offset, accepted } of records) say(`handling ${offset} ${accepted}`);
			if (task.die) dieNow();
		}
	});
}
