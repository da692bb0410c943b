import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtHandler, removeOld, serve } from './build.ts';

const MINUTE = 60_000;

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'telltale-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const built = (name: string) => mkdirSync(join(folder, name));

describe('the builds of the pages', () => {
	test('are none where nothing was built', () => {
		expect(builtHandler(folder)).toBeNull();
		expect(builtHandler(join(folder, 'none'))).toBeNull();
	});

	test('are served from the last one, by number, that is whole', () => {
		built('999');
		built('1000');
		built('.1001');
		built('by-hand');
		expect(builtHandler(folder)).toBe(join(folder, '1000', 'handler.js'));
	});

	test('are kept while a product says that it serves them; else the last one is, and what is no build of ours', () => {
		const now = Date.now();
		for (const name of ['998', '999', '1000', '.1001', 'by-hand']) built(name);
		removeOld(folder, now + 30 * MINUTE);
		expect(readdirSync(folder).sort()).toEqual(['.1001', '1000', '998', '999', 'by-hand']);
		serve(join(folder, '998', 'handler.js'), now + 60 * MINUTE);
		removeOld(folder, now + 90 * MINUTE);
		expect(readdirSync(folder).sort()).toEqual(['1000', '998', 'by-hand']);
		removeOld(folder, now + 180 * MINUTE);
		expect(readdirSync(folder).sort()).toEqual(['1000', 'by-hand']);
	});

	test('can be served where their folder may not be written, or is gone', () => {
		expect(() => serve(join(folder, '1', 'handler.js'))).not.toThrow();
	});
});
