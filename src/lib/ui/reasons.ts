/**
 * Why an event, a file or a page was refused, in the language of the reader. Doors and fetchers say it in English sentences, which the API
 * tells and the desk keeps; as in gettext, such a sentence is what its translation is found by. One that is not among these is shown as it is.
 */
import { m } from '#lib/paraglide/messages.js';
import { failureName } from './failureNames.ts';

type Values = Partial<Record<string, string>>;
type Message = (values: never, options?: { locale: 'en' | 'zh' }) => string;

/** The first that fits is said: those that hold another sentence come first, and those that fit more after those that fit less. */
const MESSAGES: readonly Message[] = [
	m.reason_articles, m.reason_robots_failed,
	m.reason_status, m.reason_status_nowhere, m.reason_circle, m.reason_redirects, m.reason_home, m.reason_no_address, m.reason_no_http,
	m.reason_user_name, m.reason_answer_empty, m.reason_type, m.reason_feed_empty, m.reason_feed_none, m.reason_feed_no_item,
	m.reason_page_empty, m.reason_robots, m.reason_pdf, m.reason_pdf_pages, m.reason_host_none, m.reason_host_private, m.reason_bytes,
	m.reason_packed_times, m.reason_packed_as, m.reason_elements, m.reason_nested, m.reason_page_nested, m.reason_page_html,
	m.reason_part_none, m.reason_part_selector, m.reason_says_blocked, m.reason_says_gone, m.reason_long, m.reason_late, m.reason_tls,
	m.reason_headers, m.reason_unpack, m.reason_http, m.reason_connection, m.reason_reading_long, m.reason_reading_memory,
	m.reason_reading_ended, m.reason_page_type, m.reason_scripts_lead, m.reason_scripts_bytes, m.reason_browser, m.reason_rest,
	m.reason_ours, m.reason_unasked, m.reason_empty, m.reason_characters, m.reason_unicode, m.reason_url, m.reason_instant,
	m.reason_before_from, m.reason_before, m.reason_ahead, m.reason_day, m.reason_begun, m.reason_language, m.reason_least, m.reason_whole,
	m.reason_field, m.reason_missing, m.reason_number, m.reason_string, m.reason_object, m.reason_event_bytes, m.reason_utf8, m.reason_json,
	m.reason_nothing, m.reason_letter_none, m.reason_letter_settled, m.reason_letter_meanwhile, m.reason_row, m.reason_row_none,
	m.reason_row_csv, m.reason_row_cells, m.reason_column_metric, m.reason_column, m.reason_sum, m.reason_json_byte, m.reason_ends,
	m.reason_list_bytes, m.reason_list_feeds, m.reason_list_entities, m.reason_list_nested, m.reason_list_opml, m.reason_watchlist_bytes,
	m.reason_file_megabytes, m.reason_store, m.reason_log
]; // prettier-ignore

/** A message's English sentence as a pattern with a group for each of its values, and the message; a value can be a reason itself. */
interface Sentence {
	pattern: RegExp;
	say(values: Values): string;
}

const NUMBERS = new Set(['n', 'most', 'got', 'line']);

function sentenceOf(message: Message): Sentence {
	// Whatever value a message asks for, it is given the name of it.
	const names = new Proxy<Values>({}, { get: (_, name) => `\0${String(name)}\0` });
	const parts = message(names as never, { locale: 'en' }).split('\0');
	const source = parts.map((part, i) =>
		i % 2 ? `(?<${part}>${NUMBERS.has(part) ? '\\d+' : '.+?'})` : RegExp.escape(part)
	);
	const say = ({ reason, kind, ...values }: Values) =>
		message({
			...values,
			...(reason !== undefined && { reason: reasonText(reason) }),
			...(kind !== undefined && { kind: failureName(kind) })
		} as never);
	return { pattern: new RegExp(`^${source.join('')}$`, 's'), say };
}

const SENTENCES: readonly Sentence[] = MESSAGES.map(sentenceOf);

/** One sentence; null where it is none of ours. */
function said(text: string): string | null {
	for (const { pattern, say } of SENTENCES) {
		const match = pattern.exec(text);
		if (match) return say({ ...match.groups });
	}
	return null;
}

/** A reason of one sentence, of one about a field (`value must be a number`), or of several after each other (`…; …`). */
export function reasonText(reason: string): string {
	const whole = said(reason);
	if (whole !== null) return whole;
	const [, field = '', about = ''] = /^([\w.]+) (.+)$/s.exec(reason) ?? [];
	const word = said(about);
	if (word !== null) return `${field} ${word}`;
	const [first = '', ...rest] = reason.split('; ');
	return rest.length ? m.reason_and({ first: reasonText(first), rest: reasonText(rest.join('; ')) }) : reason;
}
