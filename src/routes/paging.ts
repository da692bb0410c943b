/** A page of a list: the one that `said` counts from 1, or the nearest that there is. */
export function pageOf<T>(
	list: readonly T[],
	said: string,
	size: number
): { page: number; pages: number; shown: T[] } {
	const pages = Math.max(1, Math.ceil(list.length / size));
	const page = Math.min(pages, Math.max(1, Math.trunc(Number(said)) || 1));
	return { page, pages, shown: list.slice((page - 1) * size, page * size) };
}
