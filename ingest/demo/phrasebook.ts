/**
 * Ordinary business, for the months in which nothing happens. A piece is a title and sentences, one a line; in braces: `a` the company,
 * `b` another one, `town`, `goods`, `n` and `n2` numbers, `m` a number of millions (`y` in Chinese), `p` a percentage.
 */
export interface Piece {
	/** Which companies it can be about. */
	of: 'shop' | 'app' | 'any' | 'search' | 'carrier' | 'custodian';
	title: string;
	text: string;
}

export const TOWNS = [
	['Eastpier', '东埠'], ['Northquay', '北码头'], ['Brickfield', '砖田'], ['Oldferry', '老渡'], ['Whiteslip', '白坡'],
	['Threebridge', '三桥'], ['Millpond', '磨塘'], ['Ropewalk', '绳道'], ['Saltmarsh', '盐滩'], ['Highlock', '高闸']
] as const; // prettier-ignore
export const GOODS = [
	['kitchenware', '厨具'], ['running shoes', '跑鞋'], ['baby clothes', '婴儿服'], ['tea', '茶叶'], ['garden tools', '园艺工具'],
	['phone cases', '手机壳'], ['bicycles', '自行车'], ['stationery', '文具'], ['citrus', '柑橘'], ['winter coats', '冬衣']
] as const; // prettier-ignore

export const ENGLISH: readonly Piece[] = [
	{ of: 'shop', title: '{a} opens a warehouse in {town}', text: `{a} has opened a warehouse in {town} that holds {n} thousand parcels.
		It is the company’s third opening this year and employs {n2} people.
		Orders from the region now arrive a day earlier, {a} said.
		The building was rented and not bought.` },
	{ of: 'shop', title: '{a} posts quarterly sales up {p}%', text: `{a}’s sales rose by {p}% in the quarter, to {m} million orders.
		Margins narrowed because delivery cost more.
		The company kept its outlook for the year.
		Analysts had expected slightly less.` },
	{ of: 'shop', title: '{a} cuts the fee for small sellers', text: `Sellers with fewer than {n} orders a month pay {a} {p} basis points less from next month.
		The company said that {n2} thousand sellers fall under the rule.
		Larger sellers see no change.` },
	{ of: 'shop', title: 'Sale at {a} led by {goods}', text: `{a} sold more {goods} on the first day of its sale than in the whole of last month.
		Returns are due within seven days.
		The sale ends on Sunday.` },
	{ of: 'shop', title: '{a} recalls {goods} after complaints', text: `{a} is recalling {goods} of one maker after {n2} complaints.
		Buyers get their money back without sending anything in.
		The maker has stopped its line in {town}.` },
	{ of: 'shop', title: '{a} names a new head of logistics', text: `{a} has filled the post of head of logistics from within.
		The new head ran the depots around {town} for six years.
		The predecessor retires at the end of the month.` },
	{ of: 'shop', title: '{a} tests lockers in {town}', text: `Shoppers in {town} can fetch {a} parcels from {n2} lockers.
		The test runs for eight weeks.
		A locker keeps a parcel for three days, then sends it back.` },
	{ of: 'shop', title: 'How {a} packs {goods} with less paper', text: `{a} has changed how it packs {goods} and saves {p}% of the paper.
		The boxes are folded by a machine that was built in {town}.
		Breakage has not gone up, the company said.` },
	{ of: 'app', title: '{a} gives groups a calendar', text: `Groups in {a} have a shared calendar since this week.
		Up to {n} members can add an event, and reminders come as messages.
		The company said that it had been asked for it more than for anything else.` },
	{ of: 'app', title: '{a} reports {m} million daily users', text: `{a} counted {m} million daily users in the quarter, {p}% more than a year ago.
		Time spent was flat.
		Growth came mostly from towns like {town}.` },
	{ of: 'app', title: '{a} was down for {n2} minutes', text: `Messages in {a} were delayed for {n2} minutes in the evening.
		A certificate had expired, the company said, and nothing was lost.
		It will publish a longer account.` },
	{ of: 'app', title: '{a} tightens rules for short videos', text: `Short videos in {a} must carry a label when they were staged.
		Accounts that leave it out three times are paused for a week.
		Around {n} creators were consulted.` },
	{ of: 'app', title: '{a} adds captions in {n2} dialects', text: `Voice messages in {a} can be read as text in {n2} dialects.
		Captions are made on the phone and are not sent anywhere.
		Older phones need an update first.` },
	{ of: 'app', title: '{a} pauses a game for {n2} days', text: `{a} has paused a game of chance in its corner for {n2} days after complaints of parents.
		Purchases of the last week are refunded.
		The maker, from {town}, is to change how prizes are drawn.` },
	{ of: 'any', title: '{a} hires {n2} engineers in {town}', text: `{a} is looking for {n2} engineers for its office in {town}.
		The office opened two years ago with a dozen people.
		Pay is said to be at the level of the capital.` },
	{ of: 'any', title: 'Regulator asks {a} and {b} for data on complaints', text: `The consumer office has asked {a}, {b} and four others how they handle complaints.
		Answers are due within {n2} days.
		The office stressed that it suspects nobody.` },
	{ of: 'any', title: 'Survey: {a} ahead of {b} in service', text: `{a} answers customers faster than {b}, a survey of {n} people found.
		The median answer took {n2} minutes.
		Both did better than a year ago.` },
	{ of: 'any', title: '{a} sponsors the {town} regatta', text: `{a} will sponsor the regatta in {town} for three years.
		The sum was not disclosed.
		Last year {n} people watched from the pier.` },
	{ of: 'any', title: '{a} shares slip on a dull day', text: `Shares of {a} slipped by {p} tenths of a percent in thin trade.
		{b} closed unchanged.
		Traders spoke of holidays.` },
	{ of: 'any', title: '{a} moves its head office within {town}', text: `{a} moves its head office to a former mill in {town}.
		{n} desks stand on four floors.
		The old building goes back to its owner in spring.` },
	{ of: 'search', title: '{a} marks advertisements more clearly', text: `Advertisements in {a}’s results carry a frame and the buyer’s name.
		In a test {p}% fewer people clicked on them by mistake.
		The change reaches everybody within {n2} days.` },
	{ of: 'search', title: '{a} answers questions about opening hours', text: `{a} now says when a shop in {town} closes, without a click.
		Owners can correct the hours themselves.
		{n} thousand entries were checked by hand.` },
	{ of: 'carrier', title: '{a} orders {n2} electric vans', text: `{a} has ordered {n2} electric vans for its routes around {town}.
		They carry {goods} as well as post.
		The first arrive in autumn.` },
	{ of: 'carrier', title: '{a} raises prices for heavy parcels', text: `Parcels above twenty kilograms cost {p}% more with {a} from next month.
		Light parcels stay as they are.
		The company pointed to fuel and wages.` },
	{ of: 'custodian', title: '{a} is licensed to hold money for {n2} more banks', text: `{a} may hold money for {n2} further banks.
		It releases a payment when the buyer confirms the goods.
		The licence runs for five years.` }
]; // prettier-ignore

export const CHINESE: readonly Piece[] = [
	{ of: 'shop', title: '{a}{town}仓启用', text: `{a}位于{town}的新仓日前启用，可存放{n}千件包裹。
		这是公司今年启用的第三座仓库。
		当地订单平均可提前一天送达。` },
	{ of: 'shop', title: '{a}季度订单增长{p}%', text: `{a}公布季度数据，订单量为{y}单，同比增长{p}%。
		由于配送成本上升，毛利率略有下降。
		公司维持全年预期不变。` },
	{ of: 'shop', title: '{a}下调小商家费率', text: `{a}宣布下月起下调小商家费率，约{n}千家商家受益。
		大商家费率不变。
		公司称此举将持续一年。` },
	{ of: 'shop', title: '{a}大促首日{goods}热销', text: `{a}大促首日，{goods}销量超过上月全月。
		平台提醒买家在七天内申请退货。` },
	{ of: 'shop', title: '{a}在{town}试点自提柜', text: `{town}居民可在{n2}个自提柜领取{a}包裹。
		试点为期八周，包裹保留三天。` },
	{ of: 'app', title: '{a}上线群日历', text: `{a}本周上线群日历功能，群成员可共同添加日程。
		公司称，这是用户呼声最高的功能。` },
	{ of: 'app', title: '{a}日活达{y}', text: `{a}季度日活跃用户达{y}，同比增长{p}%。
		新增用户主要来自{town}等城市。
		用户时长与上季度持平。` },
	{ of: 'app', title: '{a}昨晚短暂故障，{n2}分钟后恢复', text: `{a}昨晚出现消息延迟，{n2}分钟后恢复。
		公司解释为证书过期，数据未丢失。` },
	{ of: 'app', title: '{a}语音转文字支持{n2}种方言', text: `{a}的语音消息可转写为文字，支持{n2}种方言。
		转写在手机上完成，不会上传。` },
	{ of: 'any', title: '{a}在{town}招聘{n2}名工程师', text: `{a}将在{town}招聘{n2}名工程师。
		当地办公室两年前启用，当时仅十余人。` },
	{ of: 'any', title: '消费者机构要求{a}、{b}说明投诉处理', text: `消费者机构向{a}、{b}等六家公司发函，要求在{n2}天内说明投诉处理方式。
		机构强调，这并非针对任何一家公司。` },
	{ of: 'any', title: '调查：{a}客服快于{b}', text: `一项覆盖{n}人的调查显示，{a}的客服响应快于{b}。
		两家公司均较去年有所改善。` },
	{ of: 'any', title: '{a}总部迁入{town}旧厂房', text: `{a}总部将迁入{town}一座旧厂房，共四层、{n}个工位。
		原办公楼将于春季归还业主。` },
	{ of: 'search', title: '{a}为广告加注买家名称', text: `{a}搜索结果中的广告将加框并注明投放方。
		测试显示误点减少{p}%。` },
	{ of: 'carrier', title: '{a}订购{n2}辆电动货车', text: `{a}订购{n2}辆电动货车，用于{town}周边线路。
		首批车辆将于秋季交付。` }
]; // prettier-ignore

/** What is added to a piece, so that two of a kind are no copies of each other. */
export const ENGLISH_ASIDES: readonly string[] = [
	'A year ago such a step was still ruled out.', '{b} does much the same, at a smaller scale.', 'The mayor of {town} welcomed the news.',
	'It comes {n2} days after a similar step by {b}.', 'Neighbours in {town} had hoped for more.', 'The idea came from a clerk in {town}.',
	'Nothing changes for customers abroad.', 'Staff were told on the same morning.', 'The company would not say what it costs.',
	'An earlier attempt, in {town}, was given up after a winter.', 'Trade unions want to look at the details first.',
	'Researchers in {town} will follow it for {n2} weeks.', 'Half of it was paid for out of last year’s profit.',
	'{a} had spoken of it at its meeting of shareholders.', '{b} is expected to follow.',
	'Some {n} letters arrived within a day, most of them friendly.', 'A decision about {town} follows next year.',
	'Older customers were asked first, then the young.', 'The first weeks will show whether it lasts.',
	'Makers of {goods} are said to be pleased.', 'It is not the first change of this kind this year.',
	'One of the founders came from {town} and likes to say so.', 'Nobody had expected it before the summer.',
	'Critics call it late; the company calls it careful.', 'The weather had delayed everything by a fortnight.',
	'Consultants had put the saving at {p}%.', 'At {b} nobody wanted to add anything.', 'A hotline answers questions for the first {n2} days.'
]; // prettier-ignore
export const CHINESE_ASIDES: readonly string[] = [
	'一年前，公司尚无此计划。', '{b}也有类似做法，但规模较小。', '{town}当地对此表示欢迎。', '此前{n2}天，{b}刚刚作出类似调整。',
	'公司未透露具体费用。', '员工于同日上午收到通知。', '境外用户不受影响。', '项目最初由{town}的一名员工提出。',
	'相关评估将持续{n2}周。', '公司在股东会上曾提及此事。', '据介绍，先后有{n}人参与试用。', '{goods}厂家对此反应积极。',
	'业内人士认为效果仍待观察。', '{town}的方案将于明年决定。', '顾问测算可节省约{p}%。', '受天气影响，进度推迟了两周。'
]; // prettier-ignore
