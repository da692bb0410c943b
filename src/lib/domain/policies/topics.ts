/**
 * What a passage of a policy is about: a lexicon in English and Chinese, with stems that other European languages share. Labels from
 * headings failed (F1 below .5), so the words themselves are read, and of a change only those that changed.
 */

export const TOPICS = [
	'shopping', 'payments', 'advertising', 'location', 'biometrics', 'minors', 'cross-border', 'retention', 'security', 'ai-training',
	'account-linking', 'third-party-sharing'
] as const; // prettier-ignore
export type Topic = (typeof TOPICS)[number];

/** Most topics of one passage: what is about everything is about nothing. */
export const MOST_TOPICS = 3;

/** Alternatives of each topic, of text in lower case; gaps are bounded, so that reading stays linear. */
const WORDS: Record<Topic, readonly string[]> = {
	shopping: [
		String.raw`\b(?:shop(?:s|ping|pers?)?|buy(?:s|ing|ers?)?|purchas(?:e[sd]?|ing)|(?<!\bin )orders?(?! to\b)|ordered|shopping cart|checkout|merchants?|sellers?|marketplaces?|e-?commerce|storefronts?|online stores?|retailers?|product listings?)\b`,
		'购物|购买|下单|订单|商品|商城|商家|店铺|电商|卖家|买家|收货|选购'
	],
	payments: [
		String.raw`\b(?:pay(?:s|ing|ments?|able|ees?|ers?)?|paid|e?-?wallets?|(?:bank|credit|debit|payment) cards?|bank accounts?|refund(?:s|ed)?|billing|invoices?|instal?lments?|checkout|zahl\w+|paiements?|pagos?)\b`,
		'支付|付款|钱包|银行卡|信用卡|转账|收款|账单|退款|分期|扣款|结算|充值'
	],
	advertising: [
		String.raw`\b(?:ads?|adverts?|advertis\w+|marketing|promotion(?:s|al)|sponsor(?:ed|s|ship)?|retarget\w+|werb(?:ung|e)\w*|publicit\w+|publicidad)\b`,
		'广告|营销|推广|投放|商业推送|赞助'
	],
	location: [
		String.raw`\b(?:(?:geo-?)?locations?|geo-?locat\w+|gps|whereabouts|latitude|standort\w*|localisation|ubicaci\w+)\b`,
		'位置|定位|地理|经纬度|行踪|所在地|gps'
	],
	biometrics: [
		String.raw`\b(?:biom[eé]tri\w+|face ?prints?|fac(?:e|ial) (?:recognition|scans?|id|data|features?|geometry|templates?)|facial|fingerprints?|voice ?prints?|palm ?prints?|iris(?:es)?|retinas?)\b`,
		'生物识别|生物特征|人脸|面部|刷脸|指纹|声纹|虹膜|掌纹|掌静脉'
	],
	minors: [
		String.raw`\b(?:child(?:ren)?(?:'s)?|minors?|teens?|teenagers?|kids|parent(?:s|al)?|guardians?|under (?:the age of )?(?:1\d|thirteen|fourteen|sixteen|eighteen)|kinder|mineurs?|menores)\b`,
		'儿童|未成年|青少年|监护人|父母|家长|未满(?:十|1)'
	],
	'cross-border': [
		String.raw`\b(?:cross-border|abroad|overseas|(?:other|another|third|foreign|different) countr(?:y|ies)|international(?:ly)? transfer\w*|transfer\w* internationally|outside (?:of )?(?:the |your )?(?:e\.?u\.?|eea|european|u\.?k\.?|u\.?s\.?|united|country|china)\w*|standard contractual clauses|adequacy decisions?|drittl[aä]nd\w*|pays tiers)\b`,
		String.raw`\b(?:stor(?:e[sd]?|ing)|transfer\w*|process\w*)\b[^.;]{0,40}\bcountr(?:y|ies)\b`,
		'境外|出境|跨境|海外|其他国家|国家或地区|标准合同|(?:存储|储存|保存)[^。；]{0,6}境内|境内'
	],
	retention: [
		String.raw`\b(?:retain\w*|retention|kept|delet(?:e[sd]?|ion|ing)|eras(?:e[sd]?|ure|ing)|storage periods?|aufbewahr\w+|conserv(?:ation|ons|er|ées?)|conservaci\w+)\b`,
		String.raw`\b(?:keep(?:s|ing)?|stor(?:e[sd]?|age|ing)|hold)\b[^.;]{0,60}\b(?:days?|months?|years?|as long as|until)\b`,
		'保存期|存储期|保留|留存|删除|销毁|期限|(?:保存|存储|储存)[^。；]{0,12}(?:天|日|个月|年)'
	],
	security: [
		String.raw`\b(?:secur(?:e[sd]?|ity|ely|ing)|encrypt\w*|safeguards?|breach(?:es)?|access controls?|unauthori[sz]ed|vulnerabilit\w+|firewalls?|two-factor|protect\w* (?:your|against|from|it|personal|data|information|them)|sicherheit\w*|sécurité|seguridad)\b`,
		'安全|加密|访问控制|泄露|泄漏|防护|漏洞|脱敏|防止数据|毁损'
	],
	'ai-training': [
		String.raw`\b(?:artificial intelligence|generative|machine[- ]learning|(?:large )?language models?|(?:ai|ml|deep learning|foundation) models?|ai|llms?)\b`,
		String.raw`\btrain(?:s|ed|ing)?\b[^.;]{0,50}\b(?:models?|ai|algorithms?|systems?)\b`,
		'人工智能|机器学习|大模型|生成式|模型训练|训练[^。；]{0,12}(?:模型|算法|系统|ai)|ai模型'
	],
	'account-linking': [
		String.raw`\b(?:link|connect|associat|integrat|pair)\w*\b[^.;]{0,40}\baccounts?\b`,
		String.raw`\baccounts?\b[^.;]{0,20}\b(?:link(?:ed|ing|s)?|connect(?:ed|ions?|ing|s)?)\b`,
		String.raw`\b(?:sign|log)(?:s|ning|ging|ned|ged|ing|ed)?[ -]?(?:in|up|on)\b[^.;]{0,30}\b(?:with|using|via|through|by)\b`,
		String.raw`\b(?:single sign-on|sso|oauth|social log-?in|(?:connected|linked) accounts?)\b`,
		'绑定|解绑|(?:关联|连接|打通|授权)[^。；]{0,10}(?:账号|账户|帐号|帐户)|(?:账号|账户|帐号|帐户)[^。；]{0,6}(?:登录|登陆|关联|互通|打通|授权)|第三方登录|授权登录|使用[^。，；]{1,12}登[录陆]'
	],
	'third-party-sharing': [
		String.raw`\b(?:third[- ]part(?:y|ies)|partners?|affiliates?|affiliated compan\w+|sub-?processors?|service providers?|vendors?|group companies|disclos\w+|dritte[nr]?|tiers|terceros)\b`,
		String.raw`\bshar(?:e[sd]?|ing)\b[^.;]{0,80}\b(?:with|between|among)\b`,
		String.raw`\b(?:sell(?:s|ing)?|sold)\b[^.;]{0,25}\b(?:data|information|details|it)\b`,
		String.raw`\b(?:provid|giv|send|transmit|pass)\w*\b[^.;]{0,50}\b(?:data|information|details|address|number|profile|content)\b[^.;]{0,40}\bto\b`,
		String.raw`\b(?:receiv|obtain|get)\w*\b[^.;]{0,50}\b(?:data|information|details|profile|name)\b[^.;]{0,40}\bfrom\b`,
		'共享|分享给|分享至|提供给|披露|第三方|合作伙伴|合作方|合作机构|关联公司|关联方|集团成员|委托处理|转让|向(?!境外|海外)[^。，；]{1,20}(?:提供|传输|发送)|sdk'
	]
};

const READERS = TOPICS.map((topic) => [topic, new RegExp(WORDS[topic].join('|'), 'g')] as const);

/** A slice, in UTF-16 units. */
export interface Span {
	start: number;
	end: number;
}

/**
 * Topics of `text`, the likeliest first, three at most. `changed`: slices of it that changed; words that touch none of them count only
 * where no topic has any that do, because what a changed number means stands beside it.
 */
export function topicsOf(text: string, changed: readonly Span[]): Topic[] {
	const folded = text.toLowerCase();
	const counts = READERS.map(([topic, reader]) => {
		let [inside, all] = [0, 0];
		for (const { index, 0: words } of folded.matchAll(reader)) {
			all++;
			if (changed.some(({ start, end }) => start < index + words.length && index < end)) inside++;
		}
		return { topic, inside, all };
	});
	const touched = counts.some(({ inside }) => inside > 0);
	const weight = (one: { inside: number; all: number }) => (touched ? one.inside : one.all);
	return counts
		.filter((one) => weight(one) > 0)
		.sort((a, b) => weight(b) - weight(a))
		.slice(0, MOST_TOPICS)
		.map(({ topic }) => topic);
}
