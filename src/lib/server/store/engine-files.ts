/** What the embedded engine keeps in its folder: its configuration, its users, and where others of the same account find it. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The database that holds our tables, and the only one that the reader may read. */
export const DATABASE = 'telltale';

const addressSchema = z.object({
	/** Without path and credentials. */
	url: z.string(),
	writer: z.string(),
	reader: z.string(),
	/** Process that supervises the engine. */
	owner: z.int(),
	/** The engine's own process. */
	pid: z.int()
});
/** The file is written whole: anything else in it was not written by us. */
const fileSchema = z
	.string()
	.transform((text, context): unknown => {
		try {
			return JSON.parse(text);
		} catch {
			context.addIssue({ code: 'custom', message: 'is no JSON' });
			return z.NEVER;
		}
	})
	.pipe(addressSchema);
/** Where a running engine answers, and its two users' passwords. */
export type EngineAddress = z.output<typeof addressSchema>;
export type Passwords = Pick<EngineAddress, 'writer' | 'reader'>;

/** ClickHouse's own files; it locks them while it runs. */
export const dataOf = (folder: string): string => join(folder, 'data');
const addressFile = (folder: string) => join(folder, 'engine.json');

/** What one start of the engine needs, apart from those before it: a second start on a folder in use touches nothing of the first. */
export interface RunFiles {
	root: string;
	config: string;
	port: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const xml = (text: string) => text.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * Users live in this file alone. The session that keeps the engine alive is `default`, which can have no password: it may do just
 * what that session does, and no second session gets in beside it (`max_sessions_for_user`); it looks for progress, of which it has none,
 * every ten seconds and not ten times a second. The reader's grants bind it, since
 * `readonly` alone still reads files and addresses.
 */
const users = ({ writer, reader }: Passwords) => `<clickhouse>
	<profiles>
		<default/>
		<keeper><max_sessions_for_user>1</max_sessions_for_user><interactive_delay>10000000</interactive_delay></keeper>
		<reader><readonly>2</readonly><max_execution_time>20</max_execution_time><max_memory_usage>800000000</max_memory_usage></reader>
	</profiles>
	<quotas><default/></quotas>
	<users>
		<default>
			<password/><networks><ip>127.0.0.1</ip></networks><profile>keeper</profile><quota>default</quota>
			<grants>
				<query>GRANT SYSTEM LISTEN ON *.*</query><query>GRANT READ, WRITE ON FILE</query>
				<query>GRANT CREATE TEMPORARY TABLE ON *.*</query>
			</grants>
		</default>
		<writer>
			<password_sha256_hex>${sha256(writer)}</password_sha256_hex>
			<networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
		</writer>
		<reader>
			<password_sha256_hex>${sha256(reader)}</password_sha256_hex>
			<networks><ip>127.0.0.1</ip></networks><profile>reader</profile><quota>default</quota>
			<grants><query>GRANT SELECT ON ${DATABASE}.*</query></grants>
		</reader>
	</users>
</clickhouse>
`;

/** Sized for a laptop: a bounded memory, few threads at rest that seldom wake, no metric logs. */
const config = (usersFile: string) => `<clickhouse>
	<users_config>${xml(usersFile)}</users_config>
	<user_directories><users_xml><path>${xml(usersFile)}</path></users_xml></user_directories>
	<access_control_improvements>
		<select_from_system_db_requires_grant>true</select_from_system_db_requires_grant>
	</access_control_improvements>
	<logger><level>none</level></logger>
	<timezone>UTC</timezone>
	<keep_alive_timeout>5</keep_alive_timeout>
	<max_server_memory_usage>1600000000</max_server_memory_usage>
	<mark_cache_size>67108864</mark_cache_size>
	<asynchronous_metrics_update_period_s>60</asynchronous_metrics_update_period_s>
	<memory_worker_period_ms>1000</memory_worker_period_ms>
	<background_pool_size>2</background_pool_size>
	<background_schedule_pool_size>4</background_schedule_pool_size>
	<background_common_pool_size>2</background_common_pool_size>
	<background_move_pool_size>1</background_move_pool_size>
	<background_fetches_pool_size>1</background_fetches_pool_size>
	<background_buffer_flush_schedule_pool_size>1</background_buffer_flush_schedule_pool_size>
	<background_message_broker_schedule_pool_size>1</background_message_broker_schedule_pool_size>
	<background_distributed_schedule_pool_size>1</background_distributed_schedule_pool_size>
	<merge_tree>
		<number_of_free_entries_in_pool_to_lower_max_size_of_merge>1</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
		<number_of_free_entries_in_pool_to_execute_mutation>1</number_of_free_entries_in_pool_to_execute_mutation>
		<number_of_free_entries_in_pool_to_execute_optimize_entire_partition>1</number_of_free_entries_in_pool_to_execute_optimize_entire_partition>
	</merge_tree>
</clickhouse>
`;

const secret = { mode: 0o600 } as const;

/** Writes configuration and users. The folder is ours alone (0700), the files too (0600). */
export async function writeRunFiles(folder: string, passwords: Passwords): Promise<RunFiles> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const root = await mkdtemp(join(folder, RUN));
	const files = { root, config: join(root, 'config.xml'), port: join(root, 'port') };
	const usersFile = join(root, 'users.xml');
	await writeFile(usersFile, users(passwords), secret);
	await writeFile(files.config, config(usersFile), secret);
	return files;
}
const RUN = 'run-';

/** Removes what earlier owners left behind. */
export async function removeOtherRuns(folder: string, { root }: RunFiles): Promise<void> {
	const runs = (await readdir(folder))
		.filter((name) => name.startsWith(RUN))
		.map((name) => join(folder, name));
	for (const run of runs) if (run !== root) await rm(run, { recursive: true, force: true });
}

/** Lets processes of the same account find the engine. Whole or not at all, whenever it is read. */
export async function writeAddress(folder: string, address: EngineAddress): Promise<void> {
	const file = addressFile(folder);
	await writeFile(`${file}.new`, JSON.stringify(address), secret);
	await rename(`${file}.new`, file);
}

/** The engine was stopped: nobody finds it any more. */
export async function removeRun(folder: string, { root }: RunFiles): Promise<void> {
	await rm(addressFile(folder), { force: true });
	await rm(root, { recursive: true, force: true });
}

/** The address that was last written in `folder`, whether or not the engine still runs; null where there is none. */
export async function readAddress(folder: string): Promise<EngineAddress | null> {
	const text = await readFile(addressFile(folder), 'utf8').catch(() => null);
	if (text === null) return null;
	const { success, data } = fileSchema.safeParse(text);
	return success ? data : null;
}
