/** Which addresses a fetcher may reach: public ones, and what TELLTALE_FETCH_ALLOW names. */
import ipaddr from 'ipaddr.js';
import { Problem } from '../errors.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** First address and length of the prefix. */
export type Network = [Address, number];

/** Networks from CIDR notation (a bare address is a network of one). Throws `configuration` for anything else. */
export function parseNetworks(list: readonly string[]): Network[] {
	return list.map((text) => {
		try {
			if (text.includes('/')) return ipaddr.parseCIDR(text);
			const address = plain(ipaddr.parse(text));
			return [address, address.kind() === 'ipv4' ? 32 : 128];
		} catch (cause) {
			throw new Problem('configuration', `TELLTALE_FETCH_ALLOW: ${text} is no network like 10.1.0.0/16`, {
				cause,
				path: 'TELLTALE_FETCH_ALLOW'
			});
		}
	});
}

/** An IPv4 address inside an IPv6 one (`::ffff:127.0.0.1`) is that IPv4 address. */
const plain = (address: Address): Address =>
	address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;

/** The only block of IPv6 that is handed out for public use. */
const GLOBAL = ipaddr.parseCIDR('2000::/3');

/**
 * Whether `text` (an IP address, no host name) may be connected to. Loopback, private, link-local, carrier-grade NAT, multicast,
 * documentation, reserved blocks and tunnels into IPv4 may not, unless `allow` has them.
 */
export function mayReach(text: string, allow: readonly Network[]): boolean {
	if (!ipaddr.isValid(text)) return false;
	const address = plain(ipaddr.parse(text));
	const within = ([first, bits]: Network) => first.kind() === address.kind() && address.match(first, bits);
	if (allow.some(within)) return true;
	return address.range() === 'unicast' && (address.kind() === 'ipv4' || within(GLOBAL));
}

/** The host of a URL if it is an IP address, without brackets; else null. */
export function literalHost(url: URL): string | null {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	return ipaddr.isValid(host) ? host : null;
}
