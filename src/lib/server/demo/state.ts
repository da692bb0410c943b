/** What the desk keeps of the demo: one document, whose body says how far it was loaded and whether it was cleared. */
import { z } from 'zod';
import type { Documents } from '../desk/desk.ts';

export const DEMO = { kind: 'demo', id: 'state' } as const;
export const DEMO_WATCHLIST = { kind: 'watchlist', id: 'demo' } as const;

const schema = z.object({
	/** The log has all of it. */
	loaded: z.boolean(),
	/** Somebody does not want it any more; for good. */
	cleared: z.boolean(),
	/** Day on which the scenario ends. */
	today: z.string(),
	/** Events by topic. */
	counts: z.object({ news: z.int(), policies: z.int(), traffic: z.int() }),
	/** Events that the log has, in the order of loading. */
	appended: z.int()
});
export type DemoState = z.output<typeof schema>;

/** Version 0 and no body where the demo was never begun. */
export async function demoState(desk: {
	documents: Pick<Documents, 'get'>;
}): Promise<{ version: number; body: DemoState | null }> {
	const document = await desk.documents.get(DEMO.kind, DEMO.id);
	return document === null
		? { version: 0, body: null }
		: { version: document.version, body: schema.parse(document.body) };
}

/**
 * Whether the demo was cleared: consumers then skip records of the origin `demo`. Only a yes is remembered, since it is for good; ask
 * for those records alone. Make one for each consumer.
 */
export function demoIsCleared(desk: { documents: Pick<Documents, 'get'> }): () => Promise<boolean> {
	let cleared = false;
	return async () => (cleared ||= (await demoState(desk)).body?.cleared ?? false);
}
