import { describe, expect, it } from 'vitest';
import { isOurHost, isOurOrigin } from './access.ts';

const loopback = { origin: undefined, host: '127.0.0.1' };

describe('a loopback product', () => {
	it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])('answers to %s', (host) => {
		expect(isOurHost(host, loopback)).toBe(true);
	});
	it.each(['evil.example', 'localhost.evil.example', '10.0.0.1:3000', '127.0.0.1.evil.example', null])(
		'does not answer to %s, so that no rebound name reaches it',
		(host) => {
			expect(isOurHost(host, loopback)).toBe(false);
		}
	);
});

describe('a product bound to the outside', () => {
	it('answers to its ORIGIN and to loopback only, where it has one', () => {
		const own = { origin: 'https://telltale.example', host: '0.0.0.0' };
		expect(isOurHost('telltale.example', own)).toBe(true);
		expect(isOurHost('localhost:3000', own)).toBe(true);
		expect(isOurHost('10.1.2.3:3000', own)).toBe(false);
	});
	it('answers to addresses, which cannot be rebound, where it has none', () => {
		const own = { origin: undefined, host: '0.0.0.0' };
		expect(isOurHost('10.1.2.3:3000', own)).toBe(true);
		expect(isOurHost('evil.example', own)).toBe(false);
	});
});

describe('a request from a page', () => {
	it('is taken from our own pages, and without a page', () => {
		expect(isOurOrigin('http://localhost:3000', 'localhost:3000', undefined)).toBe(true);
		expect(isOurOrigin(null, 'localhost:3000', undefined)).toBe(true);
	});
	it.each(['https://evil.example', 'null', 'http://localhost:4000'])('is refused from %s', (origin) => {
		expect(isOurOrigin(origin, 'localhost:3000', undefined)).toBe(false);
	});
});
