import type { InputTopic } from '#lib/domain/events.ts';

// Matchers are sent to every page, so this one brings no schemas along.
const TOPICS: ReadonlySet<string> = new Set<InputTopic>(['news', 'policies', 'traffic']);

export const match = (name: string): name is InputTopic => TOPICS.has(name);
