/** Where a store's ClickHouse is: our own child process, one that another process runs, or a server. */
import { Problem } from '../errors.ts';
import { DATABASE, readAddress, type EngineAddress } from './engine-files.ts';
import { startEngine } from './engine.ts';
import type { StoreOptions, StoreStatus } from './store.ts';

export interface Login {
	url: string;
	username: string;
	password: string;
	database: string;
}
export interface Address {
	writer: Login;
	/** Null: there is no user of its own, so the writer reads with `readonly=2`. */
	reader: Login | null;
}

export interface Place {
	form: StoreStatus['form'];
	/** The address as of now; the object changes when the address does. */
	address(): Address;
	/** Null when nothing is known to be wrong. */
	down(): string | null;
	since(): number;
	restarts(): number;
	/** Resolves when requests can be sent; rejects with `store-unavailable` when they cannot within `ms`. */
	ready(ms: number): Promise<void>;
	/** Told of every request: null when it reached the server, else why it did not. */
	reached(error: string | null): Promise<void>;
	close(): Promise<void>;
}

export async function findPlace({ at, logger }: StoreOptions): Promise<Place> {
	if ('url' in at) return server(at.url, at.readerUrl);
	return at.attach ? attached(at.folder) : embedded(await startEngine(at.folder, logger));
}

const engineLogins = ({ url, writer, reader }: EngineAddress): Address => ({
	writer: { url, username: 'writer', password: writer, database: DATABASE },
	reader: { url, username: 'reader', password: reader, database: DATABASE }
});

function embedded(engine: Awaited<ReturnType<typeof startEngine>>): Place {
	let address = engineLogins(engine.address());
	return {
		form: 'embedded',
		address() {
			const now = engine.address();
			if (now.url !== address.writer.url) address = engineLogins(now);
			return address;
		},
		down: engine.down,
		since: engine.since,
		restarts: engine.restarts,
		ready: engine.ready,
		reached: async () => {},
		close: engine.stop
	};
}

/** Up or down as the last request found it. */
function observed() {
	let [error, since]: [string | null, number] = [null, Date.now()];
	return {
		down: () => error,
		since: () => since,
		restarts: () => 0,
		ready: async () => {},
		async reached(now: string | null) {
			if ((now === null) !== (error === null)) since = Date.now();
			error = now;
		},
		close: async () => {}
	};
}

/** The engine that another process runs on the folder; its address is read again whenever it cannot be reached. */
async function attached(folder: string): Promise<Place> {
	const first = await readAddress(folder);
	if (!first) throw new Problem('store-unavailable', `no Telltale runs on ${folder}`);
	let [found, address] = [first, engineLogins(first)];
	const state = observed();
	return {
		...state,
		form: 'embedded',
		address: () => address,
		async reached(error) {
			await state.reached(error);
			const now = error === null ? found : await readAddress(folder);
			if (now && (now.url !== found.url || now.writer !== found.writer))
				[found, address] = [now, engineLogins(now)];
		}
	};
}

function server(url: string, readerUrl: string | undefined): Place {
	const writer = login(url, DATABASE);
	const address = { writer, reader: readerUrl ? login(readerUrl, writer.database) : null };
	return { ...observed(), form: 'server', address: () => address };
}

/** `http(s)://user:password@host:port/database`; without them ClickHouse's own defaults and our database. */
function login(address: string, database: string): Login {
	const url = new URL(address);
	const part = (text: string, otherwise: string) => (text ? decodeURIComponent(text) : otherwise);
	return {
		username: part(url.username, 'default'),
		password: part(url.password, ''),
		database: part(url.pathname.slice(1), database),
		url: `${url.protocol}//${url.host}`
	};
}
