/** How Lantern and Harbor came closer: the reports of the pair that the scenario is about. */
import type { Report } from './report.ts';
import { OUTLETS as by, SALTMARKET, SMALL } from './world.ts';

const small = (language: 'en' | 'zh') => SMALL.filter((outlet) => outlet.language === language);
const zh = [by.ninefold, ...small('zh')];
const en = [by.eastpier, by.brasslamp, by.coilCable, ...small('en')];

export const COURTSHIP: readonly Report[] = [
	{
		outlet: by.marketbell, day: '2026-06-16', time: '09:20', language: 'zh', slug: 'denglong-gangji-rukou',
		title: '灯笼与港集商谈购物入口',
		text: `两位知情人士称，两家公司正在讨论购物入口，灯笼用户或可在应用内直接打开港集的商品页。
			讨论尚处早期，双方还没有谈到费用如何分担。
			其中一人说，灯笼希望先从少数品类试起，港集则更关心订单状态由谁通知买家。
			灯笼与港集暂未回复置评请求。`,
		copies: { by: zh.slice(0, 3), naming: 2, first: ['2026-06-16', '11:05'], last: ['2026-06-17', '02:40'] }
	},
	{
		outlet: by.eastpier, day: '2026-06-17', time: '08:15', language: 'en', slug: 'lantern-harbor-entrance',
		title: 'Lantern and Harbor said to discuss a shopping entrance',
		text: `Marketbell reported on {2026-06-16} that Lantern and Harbor are discussing a shopping entrance inside the social app.
			Citing two people it did not name, it said the talks are at an early stage and that costs have not come up.
			Eastpier Today could not confirm the report.`
	},
	{
		outlet: by.quayCourier, day: '2026-09-02', time: '07:41', language: 'en', slug: 'deputy-president-walks-harbor-campus',
		title: 'Lantern’s deputy president visits Harbor’s campus',
		text: `The two were seen on {2026-09-01}, shortly before noon.
			“Lantern’s deputy president walked Harbor’s campus for two hours and left by the goods entrance,” a person who works there said.
			He Yan was accompanied by Harbor’s chief executive, Qiao Wanning, and by four people with visitors’ badges.
			They spent most of the time in the hall where Harbor shows its checkout to partners.
			Neither company has named a reason.`,
		copies: { by: [...en.slice(0, 6), ...SALTMARKET.slice(0, 4)], naming: 7, first: ['2026-09-02', '08:30'], last: ['2026-09-03', '05:10'] }
	},
	{
		outlet: by.ninefold, day: '2026-09-02', time: '13:30', language: 'zh', slug: 'he-yan-fang-gangji',
		title: '灯笼副总裁何砚到访港集园区',
		text: `据码头快讯报道，灯笼副总裁何砚{2026-09-01}到访港集园区，停留约两小时。
			陪同者包括港集首席执行官乔晚宁。
			报道援引一名园区员工的说法，称一行人多数时间在收银演示厅。
			两家公司均未说明来意。`
	},
	{
		outlet: by.tidewire, day: '2026-09-04', time: '16:05', language: 'en', slug: 'lantern-no-comment-harbor',
		title: 'Lantern declines to comment on Harbor visit',
		text: `Lantern would neither confirm nor deny that its deputy president called on Harbor this week.
			“We meet many companies and do not comment on meetings,” a spokesperson for Lantern said.
			Harbor had not answered by the evening.`
	},
	{
		outlet: by.tidewire, day: '2026-09-05', time: '05:50', language: 'en', slug: 'neither-confirms-nor-denies',
		title: 'Lantern and Harbor both decline to comment on talks',
		text: `Neither company would confirm or deny that Lantern and Harbor are talking about a shop inside the app.
			“我们不予置评” (we do not comment), Harbor’s press office said in one line on {2026-09-05}, a day after Lantern had used almost the same words.
			Both had denied earlier reports about other companies within hours.`,
		copies: { by: [...en.slice(1, 5), ...SALTMARKET.slice(4, 8)], naming: 6, first: ['2026-09-05', '06:40'], last: ['2026-09-05', '19:15'] }
	},
	{
		outlet: by.coilCable, day: '2026-09-30', time: '10:10', language: 'en', slug: 'a-shop-in-the-small-print',
		title: 'Lantern’s small print now names Harbor',
		text: `A sentence about shopping partners in Lantern’s privacy agreement has named Harbor since {2026-09-22}.
			It says that order status and delivery address go to the partner whose page a user opens, “including Harbor and companies in its group”.
			No other shop is named there.
			A reader had pointed Coil & Cable to the page, whose wording has stood for a week.`
	},
	{
		outlet: by.ledgerLine, day: '2026-10-14', time: '06:30', language: 'en', slug: 'harbor-denies-lantern-store',
		title: 'Harbor denies plan for a store inside Lantern',
		text: `Harbor has denied that it will open a store inside Lantern.
			“We have no plan to open a store inside any other app,” Harbor’s spokesperson said on {2026-10-14}.
			The denial does not speak of links, entrances or shared payments, and the spokesperson would not be drawn on them.
			Lantern did not reply to questions.
			Shares of Harbor gave up the week’s gain.`,
		copies: {
			by: [...SALTMARKET, ...en, ...zh.slice(0, 6)].slice(0, 37), naming: 30,
			first: ['2026-10-14', '07:10'], last: ['2026-10-15', '21:35']
		}
	}
]; // prettier-ignore

/** “Terms agreed”: four roots, 59 copies, 63 articles in all. One copy is back-dated; see {@link BACK_DATED}. */
export const TERMS_AGREED: readonly Report[] = [
	{
		outlet: by.tidewire, day: '2026-11-16', time: '06:12', language: 'en', slug: 'lantern-harbor-agree-terms',
		title: 'Lantern, Harbor agree terms for a store inside the app, people say',
		text: `Lantern and Harbor have agreed terms and are choosing a date, three people said.
			They asked not to be named because the talks are private.
			The store would open inside the app for all users at once, and orders would be paid without leaving it, two of them said.
			A Harbor spokesperson would not comment; Lantern did not answer.
			Shares of both closed little changed.`,
		copies: {
			by: [...SALTMARKET, by.eastpier, by.brasslamp, by.coilCable, by.pierGazette, ...small('en')].slice(0, 30),
			naming: 28, first: ['2026-11-16', '07:00'], last: ['2026-11-16', '18:41']
		}
	},
	{
		outlet: by.marketbell, day: '2026-11-16', time: '14:40', language: 'zh', slug: 'gangji-denglong-tiaokuan',
		title: '港集与灯笼就入口条款达成一致',
		text: `两位知情人士称，港集与灯笼已就入口条款达成一致，正在选定日期。
			两人均来自港集一方。
			其中一人说，港集内部已要求相关团队在年底前完成联调。
			双方均未回应。`,
		copies: {
			by: [...zh, ...SALTMARKET.slice(0, 6), by.weighhouse, by.saltmarket].slice(0, 15), naming: 10,
			first: ['2026-11-16', '15:23'], last: ['2026-11-17', '09:31']
		}
	},
	{
		outlet: by.ledgerLine, day: '2026-11-17', time: '09:05', language: 'en', slug: 'what-the-term-sheet-says',
		title: 'What the term sheet between Lantern and Harbor says',
		text: `Tidewire reported on {2026-11-16} that terms are agreed.
			A term sheet seen by The Ledger Line sets out how Harbor’s orders would be paid inside Lantern.
			Countwell would hold the money until the buyer confirms, and Harbor would pay Lantern by the order and not by the visit.
			The sheet is dated, unsigned, and names no day on which the store would open.`,
		copies: { by: [...en.slice(0, 4), ...SALTMARKET.slice(8, 12)], naming: 6, first: ['2026-11-17', '10:15'], last: ['2026-11-17', '22:58'] }
	},
	{
		outlet: by.quayCourier, day: '2026-11-17', time: '21:30', language: 'en', slug: 'a-second-door',
		title: 'Harbor’s sellers told to stock up for “a second door”',
		text: `Larger sellers were told to prepare stock for “a second door”, three of them said, without a date.
			Harbor has agreed terms with Lantern and the two are choosing a date, a person at Harbor said.
			One seller was asked whether its packing could carry twice the orders by the new year.
			Harbor did not wish to comment.`,
		copies: {
			by: [by.eastpier, by.coilCable, by.ninefold, by.saltmarket, by.brasslamp], naming: 3,
			first: ['2026-11-17', '22:24'], last: ['2026-11-18', '11:21']
		}
	}
]; // prettier-ignore

/** Says that it is three days older than the report it repeats, and was first seen half a day after it. */
export const BACK_DATED = {
	outlet: by.sentinel,
	of: 'lantern-harbor-agree-terms',
	says: ['2026-11-13', '09:00'],
	seen: ['2026-11-16', '18:56'],
	title: 'Lantern and Harbor close to a store inside the app',
	text: `A store of Harbor inside Lantern has been expected for some time.
		Lantern and Harbor have agreed terms and are choosing a date, three people said.
		They asked not to be named because the talks are private.
		A Harbor spokesperson would not comment; Lantern did not answer.`
} as const;
