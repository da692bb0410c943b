/** The part of Node's `node:ffi` (behind `--experimental-ffi`) that engine-child.ts uses; @types/node has none yet. */
declare module 'node:ffi' {
	type Type = 'i32' | 'pointer';
	interface Signature {
		arguments: Type[];
		return: Type;
	}
	const ffi: {
		dlopen<N extends string>(
			path: string,
			functions: Record<N, Signature>
		): { functions: Record<N, (...args: (number | bigint | Buffer)[]) => bigint> };
		getRawPointer(buffer: Buffer): bigint;
		toString(pointer: bigint): string;
	};
	export default ffi;
}
