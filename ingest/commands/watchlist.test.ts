import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { createLogger } from '#lib/server/logger.ts';
import { readWatchlist } from '#lib/server/watchlist.ts';
import { temporaryFolder } from '../../tests/support/product.ts';
import { exportFile, importFile } from './watchlist.ts';

const { folder, remove } = temporaryFolder();
const desks: Desk[] = [];
let desk: Desk;
const empty = async () => {
	const opened = await openDesk({ file: join(folder, `${desks.length}.sqlite`) }, { logger: createLogger('silent') }); // prettier-ignore
	desks.push(opened);
	return opened;
};
beforeEach(async () => {
	desk = await empty();
});
afterAll(async () => {
	for (const one of desks) await one.close();
	remove();
});

class Text extends Writable {
	text = '';
	override _write(chunk: Buffer, _encoding: string, done: () => void) {
		this.text += chunk.toString();
		done();
	}
}
async function exported(of = desk) {
	const out = new Text();
	expect(await exportFile({ file: '-', desk: of, out })).toBe(0);
	return out.text;
}
async function imported(text: string, { dryRun = false, of = desk } = {}) {
	const [out, err] = [new Text(), new Text()];
	const stdin = (async function* () {
		yield Buffer.from(text);
	})();
	const status = await importFile({ file: '-', dryRun, desk: of, who: 'ann', now: () => 5, stdin, out, err });
	return { status, out: out.text, err: err.text };
}

const OWN = `organisations:
  - { id: mine, name: Mine, stance: own, aliases: [我的], people: [{ name: Ann, role: president }] }
  - { id: wechat, name: WeChat, stance: rival, owner: mine, ambiguous: [WX] }
feeds: [{ url: https://paper.example/feed.xml, publisher: Paper, reliability: B, fullText: true }]
policies: [{ service: WeChat, document: Privacy Policy, url: https://example.com/privacy, select: main }]
`;

test('a fresh product gives out its starter, which is a watchlist', async () => {
	const list = watchlistSchema.parse(parse(await exported()));
	expect(list.organisations).toHaveLength(starter.organisations.length);
	expect(list.feeds).toEqual([]);
});

test('what goes out comes into an empty product as the same bytes', async () => {
	await imported(OWN);
	const first = await exported();
	const other = await empty();
	await imported(first, { of: other });
	expect(await exported(other)).toBe(first);
	expect(parse(first)).toMatchObject({
		organisations: [{ id: 'mine' }, { id: 'wechat', owner: 'mine' }],
		feeds: [{ reliability: 'B', every: '15m', fullText: true }],
		policies: [{ select: 'main', every: '6h' }]
	});
});

test('an import says what it changes, and a dry run changes nothing', async () => {
	const before = await exported();
	const dry = await imported(OWN, { dryRun: true });
	expect(dry.out).toContain(`organisations: 1 added, 1 changed, ${starter.organisations.length - 1} removed`);
	expect(dry.out).toContain('  + mine\n  ~ wechat\n  - ');
	expect(dry.out).toContain('feeds: 1 added, 0 changed, 0 removed\n  + https://paper.example/feed.xml');
	expect(await exported()).toBe(before);
	expect((await imported(OWN)).out).toBe(dry.out);
	expect((await imported(OWN)).out).toContain('organisations: 0 added, 0 changed, 0 removed');
});

test('a section that a file does not have stays as it is', async () => {
	await imported(OWN);
	await imported('feeds: []');
	const list = watchlistSchema.parse(parse(await exported()));
	expect([list.organisations.length, list.feeds.length, list.policies.length]).toEqual([2, 0, 1]);
});

test('a feed that left and came back is read again', async () => {
	await imported(OWN);
	await imported('feeds: []');
	expect((await desk.documents.list('source')).map(({ body }) => body)).toContain(null);
	await imported(OWN);
	expect(watchlistSchema.parse(parse(await exported())).feeds).toHaveLength(1);
});

test.each([
	['organisations: [{ id: a, name: A, aliases: [1] }]', 'organisations.0.aliases.0: '],
	['organisations: [{ id: a, name: A, owner: nobody }]', 'organisations.0.owner: nobody is no organisation'],
	['feeds: [{ url: "javascript:1", publisher: P }]', 'feeds.0.url: must be an http(s) address'],
	['feeds: [{ url: "https://a.example", publisher: P }, { url: "https://a.example", publisher: Q }]', 'feeds.1: is there twice'], // prettier-ignore
	['policies: [{ service: S, document: D, url: "https://a.example", every: soon }]', 'policies.0.every: '],
	['- a list', 'Invalid input'],
	['a: [', '-: '],
	[
		'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]',
		'-: '
	]
])('refuses %s by its path', async (text, message) => {
	const { status, out, err } = await imported(text);
	expect([status, out]).toEqual([1, '']);
	expect(err).toContain(message);
	expect((await readWatchlist(desk)).version).toBe('starter');
});

test('a file goes out and comes in by its name, and one that is not there is named', async () => {
	const file = join(folder, 'watchlist.yaml');
	await exportFile({ file, desk, out: new Text() });
	const command = { dryRun: false, desk, who: 'ann', now: () => 5, out: new Text(), err: new Text() };
	const stdin = (async function* () {})();
	expect(await importFile({ ...command, file, stdin })).toBe(0);
	writeFileSync(file, Buffer.alloc(17 * 1024 * 1024, ' '));
	await expect(importFile({ ...command, file, stdin })).rejects.toMatchObject({ code: 'too-large' });
	await expect(importFile({ ...command, file: `${file}.no`, stdin })).rejects.toThrow('watchlist.yaml.no');
});

test('feeds come in as OPML beside those that are read, and go out as OPML', async () => {
	const list =
		'<opml version="2.0"><body><outline text="All"><outline type="rss" text="Paper" xmlUrl="https://paper.example/feed.xml"/><outline type="rss" text="Wire" xmlUrl="https://wire.example/rss"/><outline type="rss" text="Bad" xmlUrl="ftp://bad.example"/></outline></body></opml>';
	await imported(OWN);
	const dry = await imported(list, { dryRun: true });
	expect(dry).toMatchObject({
		status: 0,
		out: 'feeds: 1 added, 1 read already, 1 refused\n  + https://wire.example/rss\n'
	});
	expect(dry.err).toContain('Bad: has no http(s) address');
	expect(watchlistSchema.parse(parse(await exported())).feeds).toHaveLength(1);
	expect((await imported(list)).out).toBe(dry.out);
	expect(watchlistSchema.parse(parse(await exported())).feeds).toMatchObject([
		{ reliability: 'B' },
		{ publisher: 'Wire' }
	]);
	const file = join(folder, 'feeds.opml');
	await exportFile({ file, desk, out: new Text() });
	expect(readFileSync(file, 'utf8')).toContain('xmlUrl="https://wire.example/rss"');
	await expect(imported('<opml version="2.0"><!ENTITY x "y"></opml>')).rejects.toThrow('declares entities');
});
