/** The watchlist: whom we watch, under which names, and where. A document of a workspace; moved as YAML in this very shape. */
import { z } from 'zod';
import type { Fault } from '../fault.ts';
import { RELIABILITIES } from '../news/reliability.ts';

const id = z.stringFormat(
	'slug',
	/^[a-z0-9]+(-[a-z0-9]+)*$/,
	'must be lower-case letters, digits and single hyphens'
);
const name = z.string().trim().min(1, 'must not be empty').max(300);
const names = z.array(name).max(500).default([]);
const every = z.stringFormat('span', /^[1-9]\d{0,3}(s|m|h|d)$/, 'must be a time span, like 15m or 6h');
const address = z.stringFormat(
	'url',
	(url) => /^https?:\/\//i.test(url) && URL.canParse(url),
	'must be an http(s) address'
);

const person = z.strictObject({ name, aliases: names, role: z.string().max(300).optional() });

export const organisationSchema = z.strictObject({
	id,
	name,
	stance: z.enum(['own', 'rival', 'ally', 'supplier', 'other']).default('other'),
	/** Another organisation's id: names of one group are one party. */
	owner: id.optional(),
	aliases: names,
	/** Longer names that contain an alias and are not it. */
	decoys: names,
	/** Names that count only beside another mention of the same organisation. */
	ambiguous: names,
	domains: names,
	people: z.array(person).max(200).default([])
});

const feed = z.strictObject({
	url: address,
	publisher: name,
	reliability: z.enum(RELIABILITIES).default('F'),
	every: every.default('15m'),
	/** Whether the text of an article is read from its page where the feed has only its beginning. */
	fullText: z.boolean().optional()
});

const policy = z.strictObject({
	service: name,
	document: name,
	url: address,
	/** CSS selector of the part that is the document. */
	select: z.string().max(500).optional(),
	/** CSS selector of what is left out. */
	remove: z.string().max(500).optional(),
	language: z.string().max(100).optional(),
	every: every.default('6h'),
	/** The page needs its scripts. */
	render: z.boolean().optional()
});

export const watchlistSchema = z
	.strictObject({
		organisations: z.array(organisationSchema).max(20_000).default([]),
		feeds: z.array(feed).max(5000).default([]),
		policies: z.array(policy).max(5000).default([])
	})
	.superRefine(({ organisations }, context) => {
		const known = new Set<string>();
		const refuse = (path: PropertyKey[], message: string, fault: Fault) =>
			context.addIssue({ code: 'custom', message, path: ['organisations', ...path], params: { fault } });
		for (const [i, { id }] of organisations.entries()) {
			if (known.has(id)) refuse([i, 'id'], `${id} is there twice`, { kind: 'twice', name: id });
			known.add(id);
		}
		for (const [i, { id, owner }] of organisations.entries()) {
			if (owner === undefined) continue;
			if (owner === id) refuse([i, 'owner'], `${id} cannot own itself`, { kind: 'own-owner' });
			else if (!known.has(owner))
				refuse([i, 'owner'], `${owner} is no organisation of this list`, { kind: 'unwatched', name: owner });
		}
	});

/** A document of the desk: what it has in the place of the lists beneath it, and whom of them it does not watch. */
export const listLayerSchema = z.object({
	organisations: z.array(organisationSchema).default([]),
	hidden: z.array(id).default([])
});
export type ListLayer = z.output<typeof listLayerSchema>;

export type Watchlist = z.output<typeof watchlistSchema>;
/** A watchlist as it is written: what has a default may be left out. */
export type WatchlistInput = z.input<typeof watchlistSchema>;
export type Organisation = z.output<typeof organisationSchema>;
