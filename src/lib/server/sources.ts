/** Health of all sources as pages and the API show it. */
import { TOPICS } from '#lib/domain/events.ts';
import type { Progress, Silence, SourceHealth } from './desk/desk.ts';
import { LOG_TOPICS, STAGES } from './log/log.ts';
import type { Services } from './services.ts';

export interface SourceState extends SourceHealth {
	/** Events accepted but not yet readable; null when it cannot be told; absent where nothing can wait. */
	lag?: number | null;
	/** What it has not been read for, while that lasts. */
	silence: Silence | null;
}

/** Progress older than this says nothing about now: whoever consumes writes it several times a second. */
const TELLS_MS = 1_500;
/** Most silences that are looked at. */
const SILENCES = 5_000;
/** An event that waits longer than this makes its topic late. */
const LATE_MS = 10_000;

/** The lag of a topic in events, from the progress of its partitions and of those that its events go through next. `now`: ms. */
export function lagOf(rows: readonly Progress[], now: number): number | null {
	if (rows.length === 0 || rows.some((row) => now - row.at > TELLS_MS)) return null;
	let lag = 0;
	for (const row of rows) lag += row.waiting ?? Math.max(0, row.end - row.stored);
	return lag;
}

function topicState(
	health: SourceHealth | undefined,
	rows: readonly Progress[],
	now: number
): SourceState['state'] {
	if (health?.state === 'failing') return 'failing';
	const lag = lagOf(rows, now);
	if (lag === null) return 'blind';
	const oldest = Math.min(...rows.map((row) => row.oldest ?? Infinity));
	if (lag > 0 && now - oldest > LATE_MS) return 'late';
	return rows.every((row) => row.end === 0) ? 'idle' : 'fresh';
}

/** Topics first, then everything else that reports. */
export async function readSources({ desk }: Pick<Services, 'desk'>, now: number): Promise<SourceState[]> {
	const [health, progress, silences] = await Promise.all([
		desk.health.all(),
		desk.progress.all(),
		desk.silences.list({ open: true, limit: SILENCES })
	]);
	const silent = new Map(silences.map((silence) => [silence.source, silence]));
	const known = new Map(health.map((source) => [source.id, source]));
	const topics = TOPICS.map((topic): SourceState => {
		const stages: readonly string[] = STAGES[topic];
		const rows = progress.filter((row) => stages.includes(row.topic));
		const healths = stages.flatMap((stage) => known.get(stage) ?? []);
		const own = healths.find(({ state }) => state === 'failing') ?? healths[0];
		return {
			id: topic,
			kind: 'topic',
			lastSuccess: own?.lastSuccess ?? null,
			lastAttempt: own?.lastAttempt ?? null,
			state: topicState(own, rows, now),
			error: own?.error ?? null,
			failure: null,
			next: null,
			silence: null,
			lag: lagOf(rows, now)
		};
	});
	const ids = new Set<string>(LOG_TOPICS);
	const others = health
		.filter(({ id }) => !ids.has(id))
		.map((source) => ({ ...source, silence: silent.get(source.id) ?? null }));
	return [...topics, ...others.sort((a, b) => (a.id < b.id ? -1 : 1))];
}
