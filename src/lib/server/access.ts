/** Who may speak to us: only requests by our own name and from our own pages (design.md, "Safe by default"). */
import { isIP } from 'node:net';
import { isLoopback, type Config } from './config.ts';

const withoutPort = (host: string): string => host.replace(/:\d+$/, '');

/** Whether the `Host` of a request is one of our names. A page elsewhere whose name was rebound to this address has another one. */
export function isOurHost(
	host: string | null,
	{ origin, host: bound }: Pick<Config, 'origin' | 'host'>
): boolean {
	if (!host) return false;
	const name = withoutPort(host.toLowerCase());
	if (isLoopback(name)) return true;
	if (origin && new URL(origin).host === host.toLowerCase()) return true;
	if (isLoopback(bound)) return false;
	// Bound to the outside without a name of its own: an address cannot be rebound, a name could.
	return !origin && (isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name === bound.toLowerCase());
}

/** Whether the `Origin` of a request, where it has one, is the page that this host serves. */
export function isOurOrigin(origin: string | null, host: string | null, own: string | undefined): boolean {
	if (origin === null) return true;
	const url = URL.parse(origin);
	return url !== null && (url.host === host?.toLowerCase() || origin === own);
}
