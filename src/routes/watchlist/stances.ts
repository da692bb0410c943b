/** What an organisation is to us, in words. */
import { m } from '#lib/paraglide/messages.js';

const NAMES = {
	own: m.stance_own, rival: m.stance_rival, ally: m.stance_ally, supplier: m.stance_supplier, other: m.stance_other
}; // prettier-ignore
export type Stance = keyof typeof NAMES;
export const STANCES = Object.keys(NAMES) as Stance[];
export const stanceName = (stance: Stance): string => NAMES[stance]();
