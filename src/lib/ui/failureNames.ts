/** Names of what keeps a page from being read. */
import { m } from '#lib/paraglide/messages.js';

const FAILURES: Record<string, () => string> = {
	blocked: m.failure_blocked,
	gone: m.failure_gone,
	moved: m.failure_moved,
	empty: m.failure_empty,
	timeout: m.failure_timeout,
	tls: m.failure_tls,
	'too-large': m.failure_too_large,
	type: m.failure_type,
	'refused-address': m.failure_refused_address,
	dns: m.failure_dns,
	unreachable: m.failure_unreachable,
	'server-error': m.failure_server_error,
	selector: m.failure_selector
};
/** What keeps a page from being read, by the kind of the failed fetch. */
export const failureName = (kind: string): string => FAILURES[kind]?.() ?? kind;
