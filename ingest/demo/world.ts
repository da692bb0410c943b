/** The made-up world: who there is, who writes about them, which pages are read. No company, person or address in it is real. */
import type { WatchlistInput } from '#lib/domain/watchlist/watchlist.ts';
import type { Language } from './calendar.ts';

type OrganisationInput = NonNullable<WatchlistInput['organisations']>[number];

export const ORGANISATIONS = [
	{
		id: 'meridian', name: 'Meridian', stance: 'own', aliases: ['子午', 'Meridian 子午'], domains: ['meridian.example'],
		people: [{ name: 'Lin Zhao', aliases: ['赵霖'], role: 'head of alliances' }]
	},
	{
		id: 'lantern', name: 'Lantern', stance: 'rival', aliases: ['灯笼', '灯笼App'], decoys: ['Lantern Festival', '灯笼椒'],
		domains: ['lantern.example', 'lantern.app'],
		people: [
			{ name: 'He Yan', aliases: ['何砚'], role: 'deputy president' },
			{ name: 'Lu Jingshu', aliases: ['陆敬书'], role: 'president' }
		]
	},
	{
		id: 'harbor', name: 'Harbor', stance: 'rival', aliases: ['港集', 'Harbor Group', '港集集团'],
		decoys: ['Harbourside Sentinel', '港边哨兵'], domains: ['harbor.example'],
		people: [{ name: 'Qiao Wanning', aliases: ['乔晚宁'], role: 'chief executive' }]
	},
	{ id: 'harbor-fresh', name: 'Harbor Fresh', stance: 'rival', owner: 'harbor', aliases: ['港集鲜'], domains: ['fresh.harbor.example'] },
	{
		id: 'paperkite', name: 'Paperkite', stance: 'ally', aliases: ['纸鸢'], domains: ['paperkite.example'],
		people: [{ name: 'Mo Feiyuan', aliases: ['莫飞鸢'], role: 'president' }]
	},
	{
		id: 'inkstone', name: 'Inkstone', stance: 'rival', aliases: ['砚谈'], domains: ['inkstone.example'],
		people: [{ name: 'Shen Tuomo', aliases: ['沈拓墨'], role: 'head of commerce' }]
	},
	{
		id: 'orchard-lane', name: 'Orchard Lane', stance: 'rival', aliases: ['果巷'], domains: ['orchardlane.example'],
		people: [{ name: 'Tang Yiguo', aliases: ['唐怡果'], role: 'chief executive' }]
	},
	{ id: 'tilework', name: 'Tilework', stance: 'rival', aliases: ['瓦市'], domains: ['tilework.example'] },
	{ id: 'plumb', name: 'Plumb', stance: 'other', aliases: ['铅垂', '铅垂搜索', 'Plumb search'], domains: ['plumb.example', 'ads.plumb.example'] },
	{ id: 'fernhouse', name: 'Fernhouse', stance: 'rival', aliases: ['蕨屋'], domains: ['fernhouse.example'] },
	{ id: 'millrace', name: 'Millrace', stance: 'other', aliases: ['磨渠'], domains: ['millrace.example'] },
	{ id: 'countwell', name: 'Countwell', stance: 'supplier', aliases: ['算筹'], domains: ['countwell.example'] },
	{ id: 'swallowtail', name: 'Swallowtail', stance: 'supplier', aliases: ['雁程'], domains: ['swallowtail.example'] },
	{ id: 'harbour-logistics', name: 'Harbour Logistics', stance: 'other', aliases: ['海港物流'], domains: ['harbourlogistics.example'] }
] as const satisfies readonly OrganisationInput[]; // prettier-ignore

export interface Outlet {
	host: string;
	/** As its articles name their publisher. */
	name: string;
	en: string;
	zh: string;
	language: Language;
	/** Admiralty scale, a prior until its reports have resolved. */
	reliability: 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
}

const outlet = (host: string, en: string, zh: string, reliability: Outlet['reliability'], language: Language = 'en'): Outlet => ({
	host: `${host}.example`, en, zh, name: `${en} ${zh}`, language, reliability
}); // prettier-ignore

export const OUTLETS = {
	tidewire: outlet('tidewire', 'Tidewire', '潮讯', 'A'),
	ledgerLine: outlet('ledgerline', 'The Ledger Line', '账线', 'B'),
	quayCourier: outlet('quaycourier', 'Quay Courier', '码头快讯', 'B'),
	marketbell: outlet('marketbell', 'Marketbell', '市钟', 'C', 'zh'),
	saltmarket: outlet('saltmarket', 'Saltmarket News', '盐市新闻', 'F'),
	ninefold: outlet('ninefold', 'Ninefold Daily', '九叠日报', 'D', 'zh'),
	coilCable: outlet('coilcable', 'Coil & Cable', '线圈报', 'C'),
	eastpier: outlet('eastpier', 'Eastpier Today', '东埠今日', 'C'),
	brasslamp: outlet('brasslamp', 'Brasslamp Digest', '铜灯文摘', 'E'),
	sentinel: outlet('sentinel.saltmarket', 'Harbourside Sentinel', '港边哨兵', 'F'),
	pierGazette: outlet('piergazette', 'Pier Gazette', '栈桥公报', 'B'),
	weighhouse: outlet('weighhouse', 'Weighhouse Review', '秤房评论', 'B', 'zh'),
	lanternRoom: outlet('newsroom.lantern', 'Lantern newsroom', '灯笼新闻室', 'A'),
	harborRoom: outlet('newsroom.harbor', 'Harbor newsroom', '港集新闻室', 'A'),
	inkstoneRoom: outlet('newsroom.inkstone', 'Inkstone newsroom', '砚谈新闻室', 'A', 'zh'),
	orchardRoom: outlet('newsroom.orchardlane', 'Orchard Lane newsroom', '果巷新闻室', 'A'),
	paperkiteRoom: outlet('newsroom.paperkite', 'Paperkite newsroom', '纸鸢新闻室', 'A', 'zh'),
	tileworkRoom: outlet('newsroom.tilework', 'Tilework newsroom', '瓦市新闻室', 'A'),
	filings: outlet('filings', 'Company filings', '公司公告', 'A'),
	jobs: outlet('jobnotices', 'Job notices', '招聘启事', 'B')
} as const;

/** One owner's regional and trade titles, which take whatever a wire sends. */
export const SALTMARKET: readonly Outlet[] = [
	['evening', 'Evening', '晚报'], ['finance', 'Finance', '财经'], ['tech', 'Tech', '科技'], ['retail', 'Retail', '零售'],
	['north', 'North', '北区'], ['south', 'South', '南区'], ['east', 'East', '东区'], ['west', 'West', '西区'],
	['weekly', 'Weekly', '周刊'], ['mobile', 'Mobile', '移动'], ['traders', 'Traders', '商户'], ['brief', 'Brief', '简讯'],
	['bay', 'Bay', '海湾'], ['hills', 'Hills', '山城'], ['canal', 'Canal', '运河'], ['delta', 'Delta', '三角洲'],
	['metro', 'Metro', '都市'], ['payments', 'Payments', '支付'], ['sellers', 'Sellers', '卖家'], ['apps', 'Apps', '应用'],
	['markets', 'Markets', '市场'], ['morning', 'Morning', '早报']
].map(([host = '', en = '', zh = '']) => outlet(`${host}.saltmarket`, `Saltmarket ${en}`, `盐市${zh}`, 'F')); // prettier-ignore

/** Small titles of many owners. */
export const SMALL: readonly Outlet[] = [
	outlet('ropewalk', 'Ropewalk Report', '绳道报道', 'D'), outlet('millpond', 'Millpond Mail', '磨塘邮报', 'D'),
	outlet('threepost', 'Three Post', '三邮', 'E'), outlet('gullwing', 'Gullwing Wire', '鸥翼电讯', 'D'),
	outlet('oarlock', 'Oarlock', '桨架', 'E'), outlet('brickfield', 'Brickfield Business', '砖田商业', 'D'),
	outlet('lowtide', 'Low Tide Ledger', '退潮账本', 'E', 'zh'), outlet('ferryhouse', 'Ferryhouse Times', '渡屋时报', 'D', 'zh'),
	outlet('cooper', 'The Cooper', '箍桶匠', 'E', 'zh'), outlet('stallkeeper', 'Stallkeeper', '摊主', 'D', 'zh'),
	outlet('lampblack', 'Lampblack', '灯烟', 'E', 'zh'), outlet('northquay', 'North Quay News', '北码头新闻', 'D', 'zh')
]; // prettier-ignore

/** Policy pages that are read, as service, document, and path. */
export const PAGES = [
	{ service: 'Lantern', document: 'Privacy Agreement', url: 'https://lantern.example/privacy' },
	{ service: 'Lantern', document: 'Service Terms', url: 'https://lantern.example/terms' },
	{ service: 'Lantern', document: 'Mini-shop Rules', url: 'https://lantern.example/mini-shops/rules' },
	{ service: 'Harbor', document: 'Privacy Policy', url: 'https://harbor.example/privacy' },
	{ service: 'Inkstone', document: 'User Terms', url: 'https://inkstone.example/terms' },
	{ service: 'Paperkite', document: 'Service Terms', url: 'https://paperkite.example/terms' },
	{ service: 'Orchard Lane', document: 'Privacy Policy', url: 'https://orchardlane.example/privacy' },
	{ service: 'Tilework', document: 'Privacy Policy', url: 'https://tilework.example/privacy' },
	{ service: 'Countwell', document: 'Custody Terms', url: 'https://countwell.example/custody' }
] as const;
export type Page = (typeof PAGES)[number];

export const feedOf = ({ host }: Outlet): string => `https://${host}/feed`;

export const WATCHLIST: WatchlistInput = {
	organisations: [...ORGANISATIONS],
	feeds: [...Object.values(OUTLETS), ...SALTMARKET, ...SMALL].map((outlet) => ({
		url: feedOf(outlet),
		publisher: outlet.name,
		reliability: outlet.reliability,
		every: '15m'
	})),
	policies: PAGES.map((page) => ({ ...page, select: 'main', every: '6h' }))
};
