/** Work that needs a log or desk which may be away for a while. */
import { isProblem } from '../errors.ts';

/**
 * Repeats `work` for as long as it fails with what can pass, after 0.25 s to 10 s. `pause`: waits so many ms; `waiting` is told what for,
 * before each pause. Rejects with anything else.
 */
export async function patiently<T>(
	work: () => Promise<T>,
	pause: (ms: number) => Promise<unknown>,
	waiting: (reason: string) => void
): Promise<T> {
	for (let wait = 250; ; wait = Math.min(wait * 2, 10_000)) {
		try {
			return await work();
		} catch (error) {
			if (!isProblem(error) || !error.retryable) throw error;
			waiting(error.message);
			await pause(wait);
		}
	}
}
