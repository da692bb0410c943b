/** Dates of feeds: RFC 3339 and ISO 8601 in their forms, RFC 822 and what is written like it. */
import { formatInstant } from '#lib/domain/time.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** Hours east of Greenwich. */
const ZONES: Readonly<Record<string, number>> = {
	'': 0, z: 0, ut: 0, utc: 0, gmt: 0, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7, bst: 1, cet: 1, cest: 2, jst: 9, kst: 9
}; // prettier-ignore

const ISO =
	/^(\d{4})-?(\d\d)(?:-?(\d\d))?(?:[t\s]+(\d\d?)(?::?(\d\d))?(?::?(\d\d))?(?:[.,]\d+)?\s*(z|ut|utc|gmt|[+-]\d\d:?\d\d)?)?$/;
const MAIL =
	/^(?:[a-z]+\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4}|\d\d)(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([a-z]{1,5}|(?:gmt|utc)?[+-]\d\d:?\d\d)?)?(?:\s*\([^)]*\))?$/;
/** As C's `asctime` and Americans write it. */
const MONTH_FIRST =
	/^(?:[a-z]+,?\s+)?([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(?:(\d{1,2}):(\d\d)(?::(\d\d))?\s+([a-z]{3,4}\s+)?)?(\d{4})$/;

/** RFC 3339 UTC of a date in a feed, or null for what cannot be told. A day alone is its first instant; no zone is UTC. */
export function instantOf(written: string): string | null {
	const text = written.trim().toLowerCase().replace(/\s+/g, ' ');
	if (text.length > 80) return null;
	const iso = ISO.exec(text);
	if (iso) {
		const [, year, month, day = '1', hour, minute, second, zone] = iso;
		return build(Number(year), Number(month), day, hour, minute, second, zone);
	}
	const mail = MAIL.exec(text);
	if (mail) {
		const [, day = '', month = '', year = '', hour, minute, second, zone] = mail;
		return build(fourDigits(year), MONTHS.indexOf(month) + 1, day, hour, minute, second, zone);
	}
	const american = MONTH_FIRST.exec(text);
	if (!american) return null;
	const [, month = '', day = '', hour, minute, second, zone = '', year] = american;
	return build(Number(year), MONTHS.indexOf(month) + 1, day, hour, minute, second, zone.trim());
}

/** Two digits are the years 1970 to 2069. */
const fourDigits = (year: string): number =>
	year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);

function build(
	year: number,
	month: number,
	day: string,
	hour = '0',
	minute = '0',
	second = '0',
	zone = ''
): string | null {
	const east = minutesEast(zone);
	if (month < 1 || month > 12 || +day < 1 || +hour > 24 || +minute > 59 || +second > 60 || east === null)
		return null;
	if (+day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
	const at = Date.UTC(year, month - 1, +day, +hour, +minute - east, +second);
	return year < 1900 ? null : formatInstant(at);
}

/** Minutes east of Greenwich; an unknown name is read as Greenwich, as RFC 2822 asks. */
function minutesEast(zone: string): number | null {
	const offset = /([+-])(\d\d):?(\d\d)$/.exec(zone);
	if (!offset) return (ZONES[zone] ?? 0) * 60;
	const minutes = Number(offset[2]) * 60 + Number(offset[3]);
	return minutes > 14 * 60 ? null : offset[1] === '-' ? -minutes : minutes;
}
