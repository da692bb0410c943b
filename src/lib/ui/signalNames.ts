/** Names of signals, apart from others: a page loads the words that it says. */
import { m } from '#lib/paraglide/messages.js';

const SIGNALS = {
	announcement: m.signal_announcement,
	talks: m.signal_talks,
	integration: m.signal_integration,
	executive_visit: m.signal_executive_visit,
	no_comment: m.signal_no_comment,
	denial: m.signal_denial,
	policy_clause: m.signal_policy_clause,
	equity: m.signal_equity,
	supply: m.signal_supply,
	dispute: m.signal_dispute,
	regulatory: m.signal_regulatory,
	referral_shift: m.signal_referral_shift
};
/** What a signal says. */
export const signalName = (type: keyof typeof SIGNALS): string => SIGNALS[type]();
