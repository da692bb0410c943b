/** A verdict as the value of a button, so that one form serves a whole table and works without script. */
import { SIGNAL_TYPES, type SignalType } from '#lib/domain/partnerships/signals/signal.ts';

/** What the words say rather: another type, nothing, or something of other organisations. */
export type Rather = SignalType | 'none' | 'others';
export interface Said {
	/** Of the signal. */
	id: string;
	/** The version of the verdict that was read, 0 for none. */
	version: number;
	/** Null takes it back. */
	verdict: 'right' | 'wrong' | null;
	rather: Rather | null;
}

export const sayValue = ({ id, version, verdict, rather }: Said): string =>
	[id, version, verdict ?? '', rather ?? ''].join('~');

const RATHER: readonly Rather[] = [...SIGNAL_TYPES, 'none', 'others'];

/** Null where it cannot be read. */
export function readSaid(value: string): Said | null {
	const [, id = '', version = '', said = '', other = ''] =
		/^(\d{1,39})~(\d{1,9})~(right|wrong|)~([a-z_]*)$/.exec(value) ?? [];
	const rather = RATHER.find((one) => one === other) ?? null;
	if (id === '' || (other !== '' && rather === null)) return null;
	return {
		id,
		version: Number(version),
		verdict: said === 'right' || said === 'wrong' ? said : null,
		rather
	};
}
