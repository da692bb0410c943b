import { describe, expect, it } from 'vitest';
import { watchlistSchema } from '../../watchlist/watchlist.ts';
import { detector } from './detect.ts';
import { shippedWeights } from './shipped.ts';
import { TOGETHER } from './signal.ts';

const watchlist = watchlistSchema.parse({
	organisations: [
		{ id: 'lantern', name: 'Lantern', aliases: ['灯笼'], people: [{ name: 'Mei Chen', aliases: ['陈梅'] }] },
		{ id: 'lantern-pay', name: 'Lantern Pay', aliases: ['灯笼支付'], owner: 'lantern' },
		{ id: 'harbour', name: 'Harbour', aliases: ['海港商城'] },
		{ id: 'kite', name: 'Kite Express', aliases: ['风筝快递'] },
		{ id: 'orchard', name: 'Orchard', aliases: ['果园'] }
	]
});
const detect = detector(watchlist, shippedWeights());
/** Types and organisations that count, as `type a b`. */
const told = (text: string) =>
	detect({ title: '-', text })
		.signals.filter(({ probability }) => probability >= 0.5)
		.map(({ type, organisations }) => [type, ...organisations.toSorted()].join(' '));
const isTogether = (signal: string) => TOGETHER.some((type) => signal.startsWith(`${type} `));

describe('a signal is told', () => {
	it.each([
		['announcement', 'harbour lantern', 'Lantern and Harbour announced a strategic alliance on Monday.'],
		['announcement', 'harbour lantern', 'Lantern said on Thursday it has signed an agreement with Harbour to sell its goods in the app.'],
		['announcement', 'harbour lantern', 'Harbour is teaming up with Lantern to open shops inside the app.'],
		['announcement', 'harbour lantern', '灯笼和海港商城周三签署战略合作协议。'],
		['announcement', 'harbour orchard', '海港商城宣布与果园达成合作，双方将共同开发会员体系。'],
		['announcement', 'harbour orchard', '果园携手海港商城推出联名会员。'],
		['talks', 'harbour lantern', 'Lantern is negotiating with Harbour over a shopping entrance, two people with knowledge of the plan said.'],
		['talks', 'harbour lantern', 'Harbour and Lantern are in advanced talks on a partnership, according to sources.'],
		['talks', 'harbour lantern', '消息人士称，灯笼正在与海港商城谈判合作事宜。'],
		['talks', 'kite orchard', '果园与风筝快递就配送合作进行磋商。'],
		['talks', 'harbour lantern', 'A possible partnership between Lantern and Harbour was reported.'],
		['announcement', 'harbour lantern', 'Lantern has signed a deal with Harbour, its first potential partnership of this size.'],
		['talks', 'harbour lantern', 'Lantern and Harbour have agreed terms and are choosing a date, three people said.'],
		['talks', 'harbour lantern', 'The terms with Lantern are settled, a person at Harbour said.'],
		['talks', 'harbour lantern', 'The terms with Lantern for a store inside the app are agreed, a person at Harbour said.'],
		['talks', 'harbour lantern', '海港商城与灯笼就入口条款达成一致。'],
		['talks', 'harbour lantern', '灯笼与海港商城就内容带货合作进行了两轮商谈。'],
		['talks', 'harbour lantern', 'A spokesperson for Lantern confirmed that “we talk with Harbour about many things”.'],
		['integration', 'harbour lantern', 'The team builds the Harbour entrance in Lantern and keeps it quick on old phones.'],
		['integration', 'harbour lantern', 'Harbour has embedded its catalogue into Lantern.'],
		['integration', 'harbour lantern', 'Harbour is now available inside Lantern.'],
		['integration', 'harbour lantern', '海港商城已正式接入灯笼。'],
		['integration', 'harbour lantern', '灯笼上线海港商城入口，用户无需跳转即可购物。'],
		['supply', 'harbour kite', 'Kite Express will provide delivery to Harbour from May under a two-year contract.'],
		['supply', 'harbour kite', '风筝快递将为海港商城提供仓储服务。'],
		['supply', 'kite orchard', 'Orchard will supply fruit and vegetables for the recipes that Kite Express cooks on air.'],
		['equity', 'harbour lantern', 'Lantern agreed to buy a 20 percent stake in Harbour for $1.2 billion.'],
		['equity', 'harbour lantern', 'Lantern has acquired Harbour.'],
		['equity', 'harbour lantern', '灯笼以三亿美元入股海港商城。'],
		['equity', 'harbour lantern', '灯笼拟收购海港商城20%股权。'],
		['executive_visit', 'harbour lantern', 'Mei Chen visited the headquarters of Harbour on Friday.'],
		['executive_visit', 'harbour lantern', 'The chief executive of Lantern met the chairman of Harbour in Hamburg.'],
		['executive_visit', 'harbour lantern', 'Lantern’s deputy president walked Harbour’s campus for two hours on Friday.'],
		['executive_visit', 'harbour lantern', 'Lantern’s deputy president was seen on Harbour’s campus.'],
		['executive_visit', 'harbour lantern', 'Mei Chen was accompanied by Harbour’s chief executive.'],
		['executive_visit', 'harbour lantern', 'Mei Chen, who runs commerce at Lantern, visited Harbour’s sorting hall on Thursday.'],
		['executive_visit', 'harbour lantern', '灯笼副总裁周五参观了海港商城总部。'],
		['executive_visit', 'harbour lantern', '陈梅率队拜访海港商城。'],
		['no_comment', 'harbour lantern', 'Lantern and Harbour declined to comment.'],
		['no_comment', 'harbour lantern', 'Lantern and Harbour both decline to comment on talks.'],
		['no_comment', 'harbour lantern', 'Neither company would confirm or deny that Lantern and Harbour are talking.'],
		['no_comment', 'harbour lantern', '灯笼与海港商城暂未回复置评请求。'],
		['no_comment', 'harbour lantern', 'A spokesperson for Lantern had no comment on a possible deal with Harbour.'],
		['no_comment', 'harbour lantern', '海港商城和灯笼均拒绝置评。'],
		['denial', 'harbour lantern', 'Harbour dismissed reports of a partnership with Lantern.'],
		['denial', 'harbour lantern', 'Lantern has denied a report that it will work with Harbour.'],
		['denial', 'harbour lantern', '海港商城辟谣：与灯笼合作的消息不实。'],
		['denial', 'harbour lantern', '灯笼回应称，与海港商城合作一事不属实。'],
		['dispute', 'harbour lantern', 'Lantern has blocked links to Harbour.'],
		['dispute', 'harbour lantern', 'Harbour ended its contract with Lantern after a dispute over fees.'],
		['dispute', 'harbour lantern', '灯笼屏蔽海港商城链接。'],
		['dispute', 'harbour lantern', '海港商城起诉灯笼侵权。'],
		['regulatory', 'harbour lantern', 'The European Commission opened an antitrust investigation into Lantern and Harbour.'],
		['regulatory', 'harbour lantern', '市场监管总局约谈灯笼、海港商城。'],
		['policy_clause', 'harbour lantern', 'Lantern has updated its privacy policy to name Harbour as a shopping partner.'],
		['policy_clause', 'harbour lantern', '灯笼更新隐私政策，新增与海港商城共享数据的条款。'],
		['referral_shift', 'harbour lantern', 'A quarter of new customers of Harbour now come from Lantern.'],
		['referral_shift', 'harbour lantern', '海港商城三成新用户来自灯笼。']
	])('%s of %s: %s', (type, pair, text) => {
		expect(told(text)).toContain(`${type} ${pair}`);
	}); // prettier-ignore
});

describe('a signal of one organisation', () => {
	it.each([
		['no_comment lantern', 'Lantern declined to comment.'],
		['denial harbour', 'Harbour denied the report on Monday.'],
		['regulatory lantern', 'The European Commission fined Lantern 100 million euros.'],
		['regulatory lantern', '市场监管总局对灯笼立案调查。'],
		['policy_clause lantern', 'Lantern has updated its privacy policy with a clause on shopping.']
	])('%s: %s', (signal, text) => {
		expect(told(text)).toContain(signal);
	});
});

describe('a headline', () => {
	const headline = (title: string) =>
		detect({ title }).signals.some(({ type, probability }) => TOGETHER.includes(type) && probability >= 0.5);

	it.each([
		'Lantern picks Harbour’s model to power its new voice assistant',
		'Lantern to use Harbour chips in next generation of laptops',
		'Lantern turns to Harbour for help with its checkout',
		'Lantern explores using Harbour’s checkout',
		'Lantern’s search could be powered by Harbour',
		'Lantern will make chips for Harbour in Arizona',
		'Lantern to supply Harbour with displays for foldable phone',
		'Lantern, Harbour to bundle shopping and video for $30 a month',
		'Lantern and Harbour end feud with multiyear agreement'
	])('tells a partnership: %s', (title) => {
		expect(headline(title)).toBe(true);
	});

	it.each([
		'Lantern cuts ties with Harbour',
		'Lantern walks away from Harbour chip deal',
		'Lantern’s failed Harbour deal still haunts it',
		'Lantern, Harbour strike deal with government to cut drug prices',
		'The president’s unusual deal with Lantern and Harbour, explained',
		'Lantern channels go dark on Harbour in contract dispute',
		'Lantern has a great deal on Harbour earbuds right now',
		'Lantern nears deal to acquire Harbour',
		'Lantern and Harbour to merge in $250 billion railroad deal',
		'Markets waver; Harbour in focus; Lantern nears a deal'
	])('tells none: %s', (title) => {
		expect(headline(title)).toBe(false);
	});
});

describe('a detection', () => {
	it('quotes exact slices, and knows the field', () => {
		const article = { title: '🎉 Lantern and Harbour sign a partnership deal', text: '灯笼和海港商城签署战略合作协议。第二句。' };
		const { signals, mentions, language } = detect(article);
		expect(language).toBe('zh');
		for (const { field, start, end, quote } of signals) expect(article[field].slice(start, end)).toBe(quote);
		for (const { field, start, end, text } of mentions) expect(article[field].slice(start, end)).toBe(text);
		expect(signals.map(({ field }) => field)).toContain('text');
	}); // prettier-ignore

	it('looks for the names that the article brings, in place of the watchlist', () => {
		const { mentions, signals } = detect({ title: 'Acme signs a supply deal with Zenith; Lantern watches', organisations: ['Acme', 'Zenith'] }); // prettier-ignore
		expect(mentions.map(({ organisation }) => organisation)).toEqual(['Acme', 'Zenith']);
		expect(signals[0]?.organisations).toEqual(['Acme', 'Zenith']);
	});

	it.each([
		['中国海运', '中海运', '中国海运与中海运签署战略合作协议。'],
		['Acme', 'Acme Logistics', 'Acme and Acme Logistics announced a strategic partnership.']
	])('takes %s and %s for one house, when only their names tell', (a, b, title) => {
		const { signals } = detect({ title, organisations: [a, b] });
		expect(signals.filter(({ type }) => TOGETHER.includes(type))).toEqual([]);
	});

	it('knows that a name inside another word is another house', () => {
		const { signals } = detect({ title: 'Acme and Pacmed announced a strategic partnership', organisations: ['Acme', 'Pacmed'] }); // prettier-ignore
		expect(signals[0]).toMatchObject({ type: 'announcement', organisations: ['Acme', 'Pacmed'] });
	});

	it('has mentions and no signals in a language that is not read', () => {
		const text =
			'Lantern und Harbour haben am Montag eine strategische Partnerschaft für den Handel angekündigt.';
		expect(detect({ title: '-', text })).toMatchObject({ language: 'de', signals: [] });
	});
});

describe('no partnership is told', () => {
	it.each([
		['of names of one group', 'Lantern and Lantern Pay announced a strategic partnership.'],
		['of rivals', 'Lantern competes with Harbour for young shoppers.'],
		['of what is denied', 'Harbour denied that it plans to partner with Lantern.'],
		['of what is not planned', 'Lantern said it has no plans to cooperate with Harbour.'],
		['of what is not planned', '海港商城表示，暂无与灯笼合作的计划。'],
		['of old news', 'Twelve years ago Lantern and Harbour signed a cooperation agreement.'],
		['of old news', 'Harbour, which teamed up with Lantern in 2015, said on Monday that profit rose.'],
		['of old news', '早在2016年，灯笼就与海港商城签署合作协议。'],
		['of sales', 'The best holiday deals: save on Orchard phones at Harbour.'],
		['of shares on one list', 'Shares of Lantern, Harbour and Orchard fell in early trading.'],
		['of reporters who visit', 'Journalists toured the offices of Harbour and a shop of Lantern.'],
		[
			'of heads of state who visit',
			'The prime minister of Norway visited Harbour and met managers of Lantern.'
		],
		['of those who kept silent', 'Lantern declined to comment on reports of a partnership with Harbour.'],
		['of talks that are only asked about', 'Lantern and Harbour both decline to comment on talks.'],
		[
			'of talks that are only asked about',
			'Neither company would confirm or deny that Lantern and Harbour are talking about a shop.'
		],
		['of those who did not answer', '灯笼与海港商城暂未回复置评请求。'],
		[
			'of what a policy says',
			'A sentence about shopping partners in Lantern’s privacy agreement has named Harbour since Saturday.'
		],
		['of what is only asked', '灯笼与海港商城的入口为何迟迟不开'],
		['of those who end one', 'Lantern has terminated its partnership with Harbour.']
	])('%s: %s', (_, text) => {
		expect(told(text).filter(isTogether)).toEqual([]);
	});

	it('nor a clause of a policy, where the terms are those of a deal', () => {
		expect(told('海港商城与灯笼就入口条款达成一致。')).toEqual(['talks harbour lantern']);
	});

	it('of those who both talk to a third', () => {
		expect(told('灯笼在与果园讨论的同时，也在与海港商城商谈购物入口。')).not.toContain(
			'talks harbour orchard'
		);
	});

	it('of two in a list of the partners of a third', () => {
		expect(told('风筝快递还与灯笼、海港商城等多家平台达成合作。')).not.toContain(
			'announcement harbour lantern'
		);
	});

	it('nor a dispute, where an authority summons both, where it is denied, or where one ends something of its own on the other', () => {
		expect(told('市场监管总局处罚灯笼、海港商城。')).toEqual(['regulatory harbour lantern']);
		expect(told('灯笼、海港商城被立案调查。')).toEqual(['regulatory harbour lantern']);
		expect(
			told('Lantern quietly dumps a tablet on Harbour at a record low price.').filter((signal) =>
				signal.startsWith('dispute')
			)
		).toEqual([]);
		expect(told('灯笼禁止海港商城链接系误读。').filter((signal) => signal.startsWith('dispute'))).toEqual([]);
	});

	it('of the one who only stands by', () => {
		expect(told("Orchard's rival Harbour has signed a deal with Lantern.").filter(isTogether)).toEqual([
			'announcement harbour lantern'
		]);
	});

	it('of a text whose sentence is a list, however long', () => {
		const list = Array.from({ length: 3000 }, () => 'Lantern deal with Harbour, Kite Express and Orchard').join(', ');
		expect(detect({ title: list.slice(0, 9000), text: list }).mentions.length).toBeGreaterThan(10_000);
	}); // prettier-ignore

	it('where silence is kept by not denying', () => {
		expect(told('灯笼对与海港商城合作的传闻未予以否认。').filter((s) => !s.startsWith('no_comment'))).toEqual(
			[]
		);
	});
});
