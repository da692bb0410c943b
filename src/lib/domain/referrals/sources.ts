/**
 * Who a traffic source is. A source is kept as it came (host, app id, an export's own name); its name and channel are looked up here
 * when reading, so the table can be mended without touching history.
 */
import { BRANDS } from './source-table.ts';

export const CHANNELS = [
	'search', 'social', 'ai-assistant', 'email', 'paid', 'shopping', 'news', 'referral', '(unattributed)'
] as const; // prettier-ignore
export type Channel = (typeof CHANNELS)[number];

/** The slice of what cannot be told apart. */
export const UNATTRIBUTED = '(unattributed)';
const NAMELESS: ReadonlySet<string> = new Set([
	'', '(direct)', '(none)', '(not set)', '(not provided)', '(other)', 'Unassigned'
]); // prettier-ignore

/** The series that a source belongs to: its own, or the unattributed slice. */
export const slice = (source: string): string => (NAMELESS.has(source) ? UNATTRIBUTED : source);

export interface Source {
	name: string;
	channel: Channel;
}

const PAID = /\b(cpc|ppc|paid|display|affiliate|banner|retargeting|cpm)\b/;
const EMAIL =
	/^(e-?mail|newsletter|edm|web-?mail)\b|^(mail|webmail|outlook|newsletter)\.|\b(mailchimp|klaviyo|sendgrid|mailjet)\b/;
const AD_HOST =
	/^(ads?|adservice|adclick|track|clk|click)\.|(^|\.)(doubleclick|googlesyndication|googleadservices|criteo|taboola|outbrain|adroll)\./;
/** Second-level labels that registries keep for themselves: `co.uk`, `com.cn`. */
const REGISTRY = /^(co|com|net|org|gov|edu|ac|ne|or)$/;

/** Name and channel of a source; an unknown one is a referral by its own host. */
export function sourceOf(source: string): Source {
	if (NAMELESS.has(source)) return { name: UNATTRIBUTED, channel: UNATTRIBUTED };
	const text = source.trim().toLowerCase();
	const host = text.replace(/^[a-z-]+:\/\//, '').replace(/[/?#:].*$/, '').trim(); // prettier-ignore
	const name = host.replace(/^(www\d?|m|amp|mobile|l|lm|out)\./, '');
	const known = lookUp(host);
	if (PAID.test(text) || AD_HOST.test(host))
		return { name: known?.name ?? (name || source), channel: 'paid' };
	if (known) return known;
	if (EMAIL.test(host)) return { name: name || source, channel: 'email' };
	return { name: name || source, channel: 'referral' };
}

/** The channel of a source, as a series' label. */
export const channelOf = (source: string): Channel => sourceOf(source).channel;

/** The longest known ending of a host or beginning of an app id, then the brand in front of the registry's part. */
function lookUp(host: string): Source | null {
	const labels = host.split('.');
	for (let i = 0; i < labels.length - 1; i++) {
		const known = BRANDS.get(labels.slice(i).join('.'));
		if (known) return known;
	}
	const last = labels.length - 1;
	const registry = last >= 2 && labels[last]?.length === 2 && REGISTRY.test(labels[last - 1] ?? '') ? 2 : 1;
	const brand = labels.length === 1 ? labels[0] : labels[labels.length - 1 - registry];
	return BRANDS.get(brand ?? '') ?? null;
}
