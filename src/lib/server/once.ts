/** `compute` for things that do not change: once for each, for as long as somebody holds it. */
export function once<K extends object, T>(compute: (key: K) => T): (key: K) => T {
	const known = new WeakMap<K, { value: T }>();
	return (key) => {
		const found = known.get(key) ?? { value: compute(key) };
		known.set(key, found);
		return found.value;
	};
}
