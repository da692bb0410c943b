/** Names for a page that somebody wants to watch: whose it is, and what it is called there. */
import type { Organisation } from '#lib/domain/watchlist/watchlist.ts';

/** By the watchlist's domains, else by the page's host; the document by the title without the site's own name. */
export function proposed(
	{ url, title }: { url: string; title: string },
	organisations: readonly Pick<Organisation, 'name' | 'domains'>[]
): { service: string; document: string } {
	const host = (URL.parse(url)?.hostname ?? '').replace(/^www\./, '');
	const owner = organisations.find(({ domains }) =>
		domains.some((own) => host === own || host.endsWith(`.${own}`))
	);
	const service = owner?.name ?? host;
	const parts = title.split(/\s+[|–—·-]\s+|[|｜_]/).map((part) => part.trim()).filter(Boolean); // prettier-ignore
	const own = parts.find((part) =>
		/polic|privacy|terms|agreement|notice|rules|condition|条款|隐私|协议|政策|规则/i.test(part)
	);
	return { service, document: (own ?? parts[0] ?? 'Policy').slice(0, 120) };
}
