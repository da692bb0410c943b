/** The thread behind reader.ts: reads pages one after the other. */
import { parentPort } from 'node:worker_threads';
import type { Fetched } from '#lib/server/fetch/document.ts';
import { extract, type Extracted, type Rules } from '#lib/server/fetch/extract.ts';
import { isFetchProblem, type FetchKind } from '#lib/server/fetch/problem.ts';

export interface Question {
	id: number;
	fetched: Fetched;
	rules: Rules;
}
/** Errors lose their kind between threads, so they are told as data. */
export type Reply = { id: number } & (
	{ extracted: Extracted } | { kind: FetchKind; message: string } | { mistake: string }
);

parentPort?.on('message', ({ id, fetched, rules }: Question) => {
	const reply = (answer: Reply) => parentPort?.postMessage(answer);
	extract({ ...fetched, bytes: Buffer.from(fetched.bytes) }, rules).then(
		(extracted) => reply({ id, extracted }),
		(error: unknown) => {
			if (isFetchProblem(error)) reply({ id, kind: error.kind, message: error.message });
			else reply({ id, mistake: error instanceof Error ? (error.stack ?? error.message) : String(error) });
		}
	);
});
