/**
 * The embedded engine's own process: `node --experimental-ffi engine-child.ts LIBRARY ARGUMENT…` calls ClickHouse's command line
 * inside the library and stays in there until its standard input closes, that is, until the parent is gone. Blocks by design; what
 * goes wrong is printed on standard error.
 */
import ffi from 'node:ffi';

const [library = '', ...args] = process.argv.slice(2);
const { functions } = ffi.dlopen(library, {
	chdb_query_cmdline: { arguments: ['i32', 'pointer'], return: 'pointer' },
	chdb_result_error: { arguments: ['pointer'], return: 'pointer' }
});
const strings = ['clickhouse', ...args].map((arg) => Buffer.from(`${arg}\0`));
const argv = Buffer.alloc(8 * strings.length);
strings.forEach((string, i) => argv.writeBigUInt64LE(ffi.getRawPointer(string), 8 * i));
const error = functions.chdb_result_error(functions.chdb_query_cmdline(strings.length, argv));
if (error) process.stderr.write(`${ffi.toString(error)}\n`);
process.exitCode = error ? 1 : 0;
