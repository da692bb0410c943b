/** Configuration: environment variables, all optional, checked at start (README.md has the table). */
import { resolve } from 'node:path';
import { z } from 'zod';
import { Problem } from './errors.ts';
import { parseNetworks } from './fetch/addresses.ts';
import { LEVELS } from './logger.ts';

const address = (protocols: string[]) =>
	z.string().refine(
		(value) => {
			const url = URL.parse(value);
			return url !== null && protocols.includes(url.protocol);
		},
		`must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`
	);

const port = z
	.string()
	.regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
	.transform(Number)
	.refine((number) => number <= 65_535, 'must be a port number from 0 to 65535');

const schema = z.object({
	HOST: z.string().default('127.0.0.1'),
	PORT: port.default(3000),
	PROBE_PORT: port.optional(),
	ORIGIN: address(['http:', 'https:'])
		.refine(
			(value) => new URL(value).pathname === '/' && !value.endsWith('/'),
			'must be scheme, host and port alone, like https://telltale.example'
		)
		.optional(),
	TELLTALE_DATA: z.string().default('./data'),
	KAFKA_BROKERS: z
		.string()
		.regex(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/, 'must be host:port, several apart by commas')
		.transform((list) => list.split(','))
		.optional(),
	KAFKA_PREFIX: z
		.string()
		.regex(/^[\w.-]{0,64}$/, 'must be at most 64 letters, digits, dots, dashes and underscores')
		.default(''),
	CLICKHOUSE_URL: address(['http:', 'https:']).optional(),
	CLICKHOUSE_READER_URL: address(['http:', 'https:']).optional(),
	DATABASE_URL: address(['postgres:', 'postgresql:']).optional(),
	TELLTALE_DEMO: z.enum(['0', '1'], 'must be 0 or 1').default('1'),
	TELLTALE_ACCESS: z.literal('open', 'must be open, or left out').optional(),
	TELLTALE_FETCH_ALLOW: z
		.string()
		.transform((list) =>
			list
				.split(',')
				.map((network) => network.trim())
				.filter(Boolean)
		)
		.default([]),
	LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info')
});

export interface Config {
	host: string;
	port: number;
	/** Where `ingest` answers `/healthz`, `/readyz` and `/metrics`; nowhere by default. */
	probePort: number | undefined;
	origin: string | undefined;
	/** Absolute path of the folder of the embedded default. */
	data: string;
	kafka: { brokers: string[]; prefix: string } | undefined;
	clickhouse: { url: string; readerUrl: string | undefined } | undefined;
	database: string | undefined;
	demo: boolean;
	/** Nobody has to log in, although others can reach the address. */
	open: boolean;
	fetchAllow: string[];
	logLevel: (typeof LEVELS)[number];
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** Reads the configuration; throws a `configuration` problem that names the variable and what was expected. */
export function readConfig(env: Record<string, string | undefined>): Config {
	const given = Object.fromEntries(
		Object.entries(env).filter(([, value]) => value !== undefined && value !== '')
	);
	const result = schema.safeParse(given);
	if (!result.success) {
		const [issue] = result.error.issues;
		const name = String(issue?.path[0] ?? 'environment');
		throw new Problem(
			'configuration',
			`${name} ${issue?.message ?? 'is wrong'}; it is "${env[name] ?? ''}"`,
			{ path: name }
		);
	}
	const c = result.data;
	parseNetworks(c.TELLTALE_FETCH_ALLOW);
	return {
		host: c.HOST,
		port: c.PORT,
		probePort: c.PROBE_PORT,
		origin: c.ORIGIN,
		data: resolve(c.TELLTALE_DATA),
		kafka: c.KAFKA_BROKERS ? { brokers: c.KAFKA_BROKERS, prefix: c.KAFKA_PREFIX } : undefined,
		clickhouse: c.CLICKHOUSE_URL ? { url: c.CLICKHOUSE_URL, readerUrl: c.CLICKHOUSE_READER_URL } : undefined,
		database: c.DATABASE_URL,
		demo: c.TELLTALE_DEMO === '1',
		open: c.TELLTALE_ACCESS === 'open',
		fetchAllow: c.TELLTALE_FETCH_ALLOW,
		logLevel: c.LOG_LEVEL
	};
}
