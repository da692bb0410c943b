/**
 * Which capability a changed clause opens or closes: what somebody outside may do, or is given, that a sentence grants or denies. Read by
 * rules in English and Chinese, stricter than topics: a heading, a reader's duty and a way to opt out grant nothing.
 */
import { stanceOf } from './stance.ts';
import type { Span } from './topics.ts';

export const CAPABILITIES = [
	'shopping', 'payments', 'account-linking', 'group-sharing', 'partner-sharing', 'ad-targeting', 'ai-training'
] as const; // prettier-ignore
export type Capability = (typeof CAPABILITIES)[number];

export interface CapabilityChange {
	capability: Capability;
	direction: 'opened' | 'closed';
}

/** A sentence of one side of a change; `changed` are slices that the other side has not. */
export interface ReadSentence {
	text: string;
	changed: readonly Span[];
}

const GIVE = String.raw`(?:shar(?:e[sd]?|ing)|disclos\w+|provid\w+|transfer\w*|transmit\w*|exchang\w+|send(?:s|ing)?|sent|sell(?:s|ing)?|sold|giv(?:es?|en|ing)|make available|releas\w+)`;
const DATA = String.raw`(?:data|information|details|address(?:es)?|numbers?|profiles?|orders?|content|histor(?:y|ies)|contacts?|identifiers?)`;
const GROUP = String.raw`(?:affiliat\w+|subsidiar\w+|group(?: of)? compan\w+|(?:our|its|the same|corporate) (?:\w+ )?(?:group|family)|parent compan\w+|sister compan\w+|related compan\w+)`;
const PARTNER = String.raw`(?:third[- ]part(?:y|ies)|(?<!affiliated )partners?|merchants?|sellers?|advertisers?|vendors?|publishers?|developers?|retailers?|carriers?|platforms?)`;
const ZH_GIVE = '(?:共享|分享|提供|披露|传输|发送|转让|出售|同步|交换)';
const ZH_GROUP = '(?:关联公司|关联方|关联企业|集团|子公司|母公司|兄弟公司)';
const ZH_PARTNER =
	'(?:第三方|合作伙伴|合作方|合作机构|合作商|商家|卖家|商户|广告主|服务商|开发者|物流公司|支付机构)';

/** Alternatives of each capability, of text in lower case; gaps are bounded, so that reading stays linear. */
const WORDS: Record<Capability, readonly string[]> = {
	shopping: [
		String.raw`\b(?:buy(?:s|ing)?|purchas(?:e[sd]?|ing)|order(?:s|ed|ing)?|shop(?:s|ping)?|browse|check(?:ing)? ?out|sell)\b[^.;]{0,60}\b(?:products?|goods|items?|merchandise|within|inside|without leaving|in[- ](?:the )?app|from (?:a |our |shopping )*(?:merchants?|sellers?|shops?|stores?|partners?|retailers?))`,
		String.raw`\b(?:plac(?:e[sd]?|ing)|fulfil\w*|complet\w+|settl\w+)\b[^.;]{0,30}\b(?:orders?|purchases?)\b|\bin-app (?:shopping|checkout|purchases?)\b|\bshopping (?:features?|services?|access)\b`,
		'(?:购买|选购|下单|订购|购物|浏览)[^。；]{0,20}(?:商品|商城|商家|店铺|小店|平台)|(?:商城|商家|店铺|电商|卖家|小店)[^。；]{0,16}(?:购买|下单|选购|交易)|购物(?:功能|服务)|(?:完成|提交)订单'
	],
	payments: [
		String.raw`\b(?:pay(?:s|ing)?|paid|check(?:ing)? ?out|settl\w+)\b[^.;]{0,30}\b(?:with|by|using|via|through|in|inside|for|without leaving)\b|\bpayments?\b[^.;]{0,50}\b(?:processed|handled|accepted|made|held|through|via|by)\b`,
		String.raw`\b(?:accept\w*|process\w*|handl\w+|offer\w*|support\w*|mak(?:e|ing)|hold\w*|settl\w+)\b[^.;]{0,30}\b(?:payments?|instal?lments?)\b|\b(?:use|using|link|add|top up)\b[^.;]{0,30}\b(?:e-?wallets?|wallets?|payment (?:methods?|services?|accounts?))\b`,
		'(?:使用|通过|提供|开通|支持|接入|选择|用)[^。；]{0,20}(?:支付|付款|钱包|收款|转账|结算)|(?:支付|付款|款项|结算)[^。；]{0,14}(?:处理|完成|保管|托管|办理)|(?:支付|付款)(?:服务|功能)'
	],
	'account-linking': [
		String.raw`\b(?:link|connect|associat|integrat|pair)\w*\b[^.;]{0,40}\baccounts?\b|\baccounts?\b[^.;]{0,20}\b(?:link(?:ed|ing|s)?|connect(?:ed|ing|s)?)\b`,
		String.raw`\b(?:sign|log)(?:s|ning|ging|ned|ged|ing|ed)?[ -]?(?:in|up|on)\b[^.;]{0,30}\b(?:with|using|via|through)\b|\b(?:single sign-on|social log-?in)\b`,
		'绑定|(?:关联|连接|打通|授权)[^。；]{0,10}(?:账号|账户|帐号|帐户)|(?:账号|账户|帐号|帐户)[^。；]{0,16}(?:登录|登陆|关联|互联|互通|打通|授权)|第三方登[录陆]|授权登[录陆]'
	],
	'group-sharing': [
		String.raw`\b${GIVE}\b[^.;]{0,100}\b${GROUP}|\b${GROUP}[^.;]{0,60}\b(?:receiv\w*|obtain\w*|access\w*|use[sd]?|shar\w+)\b[^.;]{0,40}\b${DATA}\b`,
		`${ZH_GIVE}[^。；]{0,30}${ZH_GROUP}|${ZH_GROUP}[^。；]{0,30}(?:${ZH_GIVE}|获取|使用)`
	],
	'partner-sharing': [
		String.raw`\b${GIVE}\b[^.;]{0,100}\b${PARTNER}\b|\b${PARTNER}\b[^.;]{0,40}\b(?:receiv\w*|obtain\w*|access\w*|get|gets|collect\w*)\b[^.;]{0,60}\b${DATA}\b`,
		String.raw`\bshar(?:e[sd]?|ing)\b[^.;]{0,60}\bwith (?!you\b|your\b|us\b|others\b|friends\b|people\b|other users\b|any(?:body|one)\b|(?:our |its |other |the )*(?:affiliat|subsidiar|group|famil))`,
		`${ZH_GIVE}[^。；]{0,30}${ZH_PARTNER}|${ZH_PARTNER}[^。；]{0,24}(?:${ZH_GIVE}|获取|接收)|(?:与|向|给)(?![您你]|用户|好友|${ZH_GROUP})[^。；，]{1,20}${ZH_GIVE}`
	],
	'ad-targeting': [
		String.raw`\b(?:ads?|advert\w+)\b[^.;]{0,80}\b(?:based on|selected|target\w*|personali[sz]\w+|tailor\w+|relevant to|measur\w+)\b|\b(?:personali[sz]ed|targeted|tailored|interest-based) (?:ads?|advert\w+)`,
		'(?:个性化|定向|精准)[^。；]{0,8}(?:广告|推送|营销)|广告[^。；]{0,24}(?:根据|投放|推荐)|(?:根据|基于)[^。；]{0,24}(?:投放|推送|展示)[^。；]{0,8}广告'
	],
	'ai-training': [
		String.raw`\btrain(?:s|ed|ing)?\b[^.;]{0,60}\b(?:models?|ai|a\.i\.|algorithms?|machine learning)\b|\b(?:models?|ai|algorithms?)\b[^.;]{0,30}\btrain(?:ed|ing)\b`,
		'训练[^。；]{0,16}(?:模型|算法|系统|ai)|(?:模型|算法|ai)[^。；]{0,8}训练'
	]
};
const READERS = CAPABILITIES.map(
	(capability) => [capability, new RegExp(WORDS[capability].join('|'), 'g')] as const
);
/** Without one of these no reader can find anything. */
const HINT =
	/shar|disclos|provid|trans|exchang|send|sent|sell|sold|giv|releas|avail|receiv|obtain|access|collect|buy|purchas|order|shop|brows|check|pa(?:y|id)|wallet|settl|link|connect|associat|integrat|pair|sign|log|\bads?\b|advert|train|[\u4e00-\u9fff]/u;

/** How a sentence ends, or who speaks in it; a heading promises what its clauses may not say. */
const SENTENCE = /[.!?;。！？；]["”’)]?\s*$|\b(?:we|you|they|can|may|will)\b|我们|您|可以/iu;
/** What is asked of the reader, and ways out: neither grants nor takes a capability. */
const DUTY =
	/\b(?:you|users?|members?|children|minors|nobody|no one|sellers?|merchants?)\b[^.;]{0,30}\b(?:(?:may|must|shall|should) not|agree(?:s)? not|are not (?:allowed|permitted)|must|shall)\b|(?:您|你|用户|儿童|未成年人)[^。；，]{0,10}(?:不得|不应|应当|须|必须|请勿)|请勿|切勿|不得利用/iu;
const WAY_OUT =
	/\b(?:opt(?:ed|ing)?[- ]?out|unsubscrib\w+|object to|withdraw\w*|turn(?:ing)? off|choose not to|ask us (?:to stop|not to)|right to)\b|(?:您|你)(?:可以?|有权|能够?)[^。；，]{0,14}(?:退出|拒绝|撤回|关闭|取消|解除|停止)/iu;

type Held = 'open' | 'denied';
interface Found {
	held: Held;
	/** Words that only this side has are among those that say so. */
	touched: boolean;
	sentence: string;
}

/** What opens or closes between two sides, each once. `before` and `after`: the sentences that the change touches. */
export function capabilitiesBetween(
	before: readonly ReadSentence[],
	after: readonly ReadSentence[]
): (CapabilityChange & { sentence: string })[] {
	const [was, is] = [heldIn(before), heldIn(after)];
	return CAPABILITIES.flatMap((capability) => {
		const [old, now] = [was.get(capability), is.get(capability)];
		const told = (direction: CapabilityChange['direction'], { sentence }: Found) => [
			{ capability, direction, sentence }
		];
		if (old && now) return old.held === now.held ? [] : told(now.held === 'open' ? 'opened' : 'closed', now);
		if (now?.touched) return told(now.held === 'open' ? 'opened' : 'closed', now);
		return old?.touched && old.held === 'open' ? told('closed', old) : [];
	});
}

/** What one side grants or denies; what it grants in one sentence counts before what it denies in another. */
function heldIn(sentences: readonly ReadSentence[]): Map<Capability, Found> {
	const held = new Map<Capability, Found>();
	for (const { text, changed } of sentences) {
		const folded = text.toLowerCase();
		if (!HINT.test(folded)) continue;
		let grants: boolean | null = null; // whether the sentence can grant or deny anything, once that is asked
		for (const [capability, reader] of READERS)
			for (const { index, 0: words } of folded.matchAll(reader)) {
				if (!(grants ??= SENTENCE.test(text) && !WAY_OUT.test(text) && !DUTY.test(text))) break;
				const end = index + words.length;
				const stance = stanceOf(text, index, end);
				if (stance === 'neutral') continue;
				const known = held.get(capability);
				if (known && (known.held === 'open' || stance === 'denied')) continue;
				const touched = changed.some((span) => span.start < end && index < span.end);
				held.set(capability, { held: stance, touched, sentence: text });
			}
	}
	return held;
}
