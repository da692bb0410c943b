/** What was said of other pairs: talks that led nowhere yet, denials, a mistaken report, and our own alliance, which is slower. */
import type { Report } from './report.ts';
import { OUTLETS as by, SALTMARKET, SMALL } from './world.ts';

const small = (language: 'en' | 'zh') => SMALL.filter((outlet) => outlet.language === language);

export const RIVALS: readonly Report[] = [
	// Meridian and Paperkite
	{
		outlet: by.marketbell, day: '2026-01-12', time: '08:30', language: 'zh', slug: 'ziwu-zhiyuan-jiechu',
		title: '子午与纸鸢接触，或为购物入口',
		text: `一位知情人士称，子午与纸鸢正在接触，话题包括在纸鸢里为子午开一个购物入口。
			目前只是初步沟通，没有时间表。
			纸鸢方面表示不评论传闻。`
	},
	{
		outlet: by.tidewire, day: '2026-04-02', time: '07:10', language: 'en', slug: 'meridian-paperkite-talks',
		title: 'Meridian in talks with Paperkite about a door for shoppers',
		text: `Meridian and Paperkite are in talks about a shopping door inside the messaging app, two people familiar with them said.
			The companies have yet to agree who answers for returns.
			A spokesperson for Meridian confirmed that “we talk with Paperkite about many things”.`,
		copies: { by: SALTMARKET.slice(0, 5), naming: 4, first: ['2026-04-02', '08:05'], last: ['2026-04-02', '20:30'] }
	},
	{
		outlet: by.weighhouse, day: '2026-08-20', time: '06:40', language: 'zh', slug: 'zhiyuan-rukou-tuichi',
		title: '纸鸢与子午的入口为何迟迟不开',
		text: `纸鸢与子午的谈判已进行四个多月，仍未就退货责任达成一致。
			一位接近谈判的人士说，双方技术团队每周碰头，但没有上线日期。
			子午联盟负责人赵霖表示，“我们宁可慢一点”。`
	},
	// Inkstone and Orchard Lane
	{
		outlet: by.marketbell, day: '2026-03-04', time: '10:25', language: 'zh', slug: 'yantan-guoxiang-shangtan',
		title: '砚谈与果巷商谈内容带货合作',
		text: `知情人士称，砚谈与果巷就内容带货合作进行了两轮商谈。
			果巷希望先在生鲜品类试点。
			双方未予置评。`
	},
	{
		outlet: by.orchardRoom, day: '2026-05-19', time: '02:00', language: 'en', slug: 'orchard-lane-supplies-inkstone-kitchen',
		title: 'Orchard Lane to supply Inkstone’s kitchen channel',
		text: `Orchard Lane will supply fruit and vegetables for the recipes that Inkstone’s kitchen channel cooks on air.
			The supply agreement runs for a year.
			Viewers cannot order from the programme.`,
		copies: { by: [by.eastpier, by.brasslamp], naming: 2, first: ['2026-05-19', '03:30'], last: ['2026-05-19', '09:10'] }
	},
	{
		outlet: by.quayCourier, day: '2026-09-21', time: '11:45', language: 'en', slug: 'shen-tuomo-at-orchard-lane',
		title: 'Inkstone’s head of commerce visits Orchard Lane’s sorting hall',
		text: `Shen Tuomo, who runs commerce at Inkstone, visited Orchard Lane’s sorting hall on {2026-09-20}, two drivers said.
			Tang Yiguo, Orchard Lane’s chief executive, showed the visitors round for an hour.
			Neither company would say what it was about.`
	},
	{
		outlet: by.ledgerLine, day: '2026-10-13', time: '08:20', language: 'en', slug: 'inkstone-orchard-lane-in-contact',
		title: 'Inkstone and Orchard Lane are in contact over a shop entrance',
		text: `“砚谈与果巷正在接触” (they are in contact), a person close to Inkstone told The Ledger Line.
			The two are discussing an entrance for Orchard Lane beside Inkstone’s recipes, the person said.
			Talks could still fail over who owns the customer.`,
		copies: { by: [...small('en'), ...SALTMARKET.slice(3)].slice(0, 6), naming: 5, first: ['2026-10-13', '09:15'], last: ['2026-10-14', '01:50'] }
	},
	{
		outlet: by.jobs, day: '2026-11-11', time: '04:00', language: 'en', slug: 'inkstone-engineer-orchard-lane-entrance',
		title: 'Inkstone: engineer, shop entrances',
		text: `The team builds the Orchard Lane entrance in Inkstone and keeps it quick on old phones.
			You write interfaces for partners, answer for their uptime, and sit in the commerce group.
			Start: as soon as you can.`
	},
	// Paperkite and Tilework
	{
		outlet: by.eastpier, day: '2026-02-11', time: '09:05', language: 'en', slug: 'paperkite-tilework-no-comment',
		title: 'Paperkite will not comment on Tilework',
		text: `Paperkite would not comment on a report in a trade letter that Tilework asked it for a place in its menu.
			“No comment” was also all that Tilework’s press office had to say on {2026-02-11}.`
	},
	{
		outlet: by.filings, day: '2026-06-28', time: '10:00', language: 'en', slug: 'paperkite-ventures-tilework-stake',
		title: 'Tilework: change in shareholding',
		text: `An investment vehicle of Paperkite acquired 2.1% of Tilework’s shares from an existing holder.
			The purchase gives it no seat on the board.
			The price was not disclosed.`,
		copies: { by: SALTMARKET.slice(1, 4), naming: 1, first: ['2026-06-28', '11:20'], last: ['2026-06-29', '03:00'] }
	},
	{
		outlet: by.marketbell, day: '2026-08-15', time: '07:35', language: 'zh', slug: 'zhiyuan-washi-qiatan',
		title: '纸鸢、瓦市洽谈入口',
		text: `一位知情人士称，纸鸢与瓦市正在洽谈在纸鸢菜单里增加瓦市的位置。
			入股之后，双方往来增多。
			瓦市未予置评。`
	},
	{
		outlet: by.marketbell, day: '2026-10-11', time: '13:00', language: 'en', slug: 'tilework-would-like-a-door',
		title: 'Tilework would like a door in Paperkite',
		text: `Tilework would like a door in Paperkite, a person said.
			It has put the question more than once since the summer and has no answer, according to the person, who asked not to be named.
			Paperkite’s first door, if there is one, is widely thought to be for Meridian.`,
		copies: { by: [by.brasslamp, by.eastpier], naming: 1, first: ['2026-10-11', '15:30'], last: ['2026-10-12', '02:20'] }
	},
	// Lantern and others
	{
		outlet: by.pierGazette, day: '2025-12-03', time: '08:50', language: 'en', slug: 'lantern-orchard-lane-no-comment',
		title: 'Lantern will not comment on Orchard Lane',
		text: `Lantern declined to comment on whether it is speaking with Orchard Lane about deliveries ordered from a chat.
			Orchard Lane said it does not comment on speculation.`
	},
	{
		outlet: by.marketbell, day: '2026-07-01', time: '09:40', language: 'zh', slug: 'denglong-washi-jiechu',
		title: '灯笼也在接触瓦市',
		text: `一位知情人士称，灯笼也在与瓦市商谈购物入口，更早的另一场讨论并未中断。
			瓦市规模较小，灯笼或以其作为备选。
			双方未回应。`,
		copies: { by: [by.ninefold, by.saltmarket], naming: 2, first: ['2026-07-01', '10:50'], last: ['2026-07-02', '01:15'] }
	},
	{
		outlet: by.eastpier, day: '2026-09-08', time: '07:00', language: 'en', slug: 'tilework-denies-lantern',
		title: 'Tilework denies talks with Lantern',
		text: `Tilework is not in talks with Lantern, a spokesperson said on {2026-09-08}.
			“There is no such plan, and there has been no such meeting.”
			The denial follows reports in the summer that Lantern had sounded out several shops.`
	},
	{
		outlet: by.marketbell, day: '2026-10-09', time: '12:10', language: 'en', slug: 'lantern-sounded-out-orchard-lane',
		title: 'Lantern sounded out Orchard Lane too',
		text: `Lantern sounded out Orchard Lane too, a person who was told of the conversation said.
			The two talked about groceries ordered from a chat and left it there, the person said.`,
		copies: { by: [by.ninefold, by.brasslamp], naming: 1, first: ['2026-10-09', '14:00'], last: ['2026-10-10', '03:30'] }
	},
	{
		outlet: by.ledgerLine, day: '2026-10-30', time: '06:55', language: 'en', slug: 'lantern-orchard-lane-deny',
		title: 'Lantern and Orchard Lane deny plan for a shop',
		text: `Lantern and Orchard Lane have both denied that they plan a shop together.
			“Neither of us is planning it,” Orchard Lane’s spokesperson said on {2026-10-30}; Lantern’s wrote “双方均无此计划” (neither side has such a plan).
			Reports of a conversation between them had gone round since early October.`,
		copies: { by: [...SALTMARKET.slice(0, 12), ...small('en')].slice(0, 18), naming: 15, first: ['2026-10-30', '07:45'], last: ['2026-10-31', '10:05'] }
	},
	// A company of a like name
	{
		outlet: by.brasslamp, day: '2026-06-18', time: '09:30', language: 'en', slug: 'inkstone-harbour-logistics',
		title: 'Inkstone in talks with Harbour Logistics',
		text: `Inkstone is in talks with Harbour Logistics about moving its printed yearbooks, a carrier said.
			Harbour Logistics runs nine depots on the coast and has nothing to do with the shop of a similar name.`,
		copies: { by: [by.saltmarket], naming: 1, first: ['2026-06-18', '12:45'], last: ['2026-06-18', '12:45'] }
	}
]; // prettier-ignore
