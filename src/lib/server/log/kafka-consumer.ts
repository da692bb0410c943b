/** A subscription on Kafka: keeps a member of the group alive, whatever becomes of the one before. */
import type { Kafka } from 'kafkajs';
import type { Logger } from '../logger.ts';
import { startMember, type Member, type MemberOptions } from './kafka-member.ts';
import { unavailable } from './kafka-produce.ts';
import type { Subscription } from './log.ts';
import { backoff, createBell, createReport } from './wait.ts';

/** A broker that is back is noticed within this. */
const LONGEST_WAIT_MS = 3_000;

export function superviseConsumer(
	kafka: Kafka,
	options: Omit<MemberOptions, 'report' | 'joined'>,
	logger: Logger
): Subscription {
	const { topic, group } = options;
	const report = createReport(options.consume.onError);
	const bell = createBell();
	let member: Member | null = null;
	let closing = false;

	const run = async () => {
		let failures = 0;
		let lost = false;
		const joined = () => {
			failures = 0;
			if (lost) report.works();
			lost = false;
		};
		while (!closing) {
			member = startMember(kafka, { ...options, report, joined });
			const error = await member.ended;
			if (closing) return;
			lost = true;
			const problem = unavailable(error);
			report.failed(problem);
			logger.warn(
				{ reason: problem.message, topic, group },
				'the Kafka consumer ended; another one is started'
			);
			await member.close();
			if (!closing) await bell.wait(Math.min(LONGEST_WAIT_MS, backoff(++failures)));
		}
	};

	const running = run();
	return {
		active: () => (member?.assigned().size ?? 0) > 0,
		async close() {
			closing = true;
			bell.ring();
			await member?.close();
			await running;
		}
	};
}
