import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');
const SECRETS = {
	CLICKHOUSE_WRITER_PASSWORD: 'writersecret',
	CLICKHOUSE_READER_PASSWORD: 'readersecret',
	POSTGRES_PASSWORD: 'postgressecret',
	KAFKA_CLUSTER_ID: 'AAAAAAAAAAAAAAAAAAAAAA'
};

/** `docker compose` where there is one, else Debian's docker-compose; null where there is none. */
const command = [['docker', 'compose'], ['docker-compose']].find(
	([program = '', ...args]) => spawnSync(program, [...args, 'version']).status === 0
); // prettier-ignore
if (!command) {
	if (process.env.CI === 'true') throw new Error('compose tests cannot run: no docker-compose');
	console.log('compose tests skipped: no docker-compose');
}
function compose(env: Record<string, string>) {
	const [program = '', ...args] = command ?? [];
	return spawnSync(program, [...args, '-f', 'docker-compose.yml', 'config'], {
		cwd: root,
		encoding: 'utf8',
		env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env }
	});
}

const published = z.union([z.string(), z.object({ host_ip: z.string().optional() })]);
const service = z.object({
	image: z.string(),
	user: z.string(),
	read_only: z.boolean(),
	cap_drop: z.array(z.string()),
	healthcheck: z.object({ test: z.array(z.string()) }),
	ports: z.array(published).default([]),
	environment: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({}),
	volumes: z.array(z.unknown()).default([])
});
const file = z.object({
	services: z.record(z.string(), service),
	volumes: z.record(z.string(), z.unknown())
});

describe.skipIf(!command)('docker-compose.yml', () => {
	const config = () => file.parse(parse(compose(SECRETS).stdout));
	const services = () => Object.entries(config().services);

	it('has the parts of the form at scale, each as a user of its own on a read-only system, with a health check', () => {
		expect(services().map(([name]) => name).sort()).toEqual(['clickhouse', 'ingest', 'kafka', 'postgres', 'web']); // prettier-ignore
		for (const [name, { user, read_only, cap_drop, healthcheck }] of services()) {
			expect.soft(user, name).not.toMatch(/^(root|0)(:|$)/);
			expect.soft({ read_only, cap_drop }, name).toEqual({ read_only: true, cap_drop: ['ALL'] });
			expect.soft(healthcheck.test.length, name).toBeGreaterThan(1);
		}
	});

	it('pins every image', () => {
		for (const [name, { image }] of services()) expect.soft(image, name).toMatch(/:\d+\.\d+[\w.-]*$/);
	});

	it('publishes on loopback alone, and only the pages', () => {
		const ports = services().flatMap(([name, { ports }]) => ports.map((port) => ({ name, port })));
		expect(ports.map(({ name }) => name)).toEqual(['web']);
		for (const { port } of ports)
			expect(typeof port === 'string' ? port.split(':')[0] : port.host_ip).toBe('127.0.0.1');
	});

	it('keeps what must outlive a container in named volumes', () => {
		expect(Object.keys(config().volumes).sort()).toEqual(['clickhouse', 'kafka', 'postgres']);
	});

	it.each(Object.keys(SECRETS))('does not start without %s: no secret has a default', (name) => {
		const { status, stderr } = compose({ ...SECRETS, [name]: '' });
		expect(status).not.toBe(0);
		expect(stderr).toContain('.env.example');
	});
});
