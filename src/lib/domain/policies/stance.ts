/**
 * What a sentence says of somebody it names: a tie, a flow of data or a capability (*open*), the denial or the end of one (*denied*), or
 * neither (*neutral*). Read by rules, in English and Chinese: a name to say that it is not used is no door to it.
 */

export type Stance = 'open' | 'denied' | 'neutral';

/** What makes a tie. */
const TIE = new RegExp(
	[
		String.raw`\b(?:shar|disclos|provid|suppl(?:y|ies)|send|sent|transfer|transmit|receiv|obtain|collect|sell|sold|buy|bought|purchas|order|brows|shop|pay|paid|wallet|check ?out|link|connect|sign|log(?:s|ged|ging)? ?in|login|integrat|partner|co-?operat|collaborat|affiliat|us(?:e[sd]?|ing)\b|access|import|export|sync|select|power|operat|host|process|combin|match|measur|enabl|allow|offer|join|acquir|support|accept|deliver|display|show|advertis|embed|plug-?in|sdk\b|pixel|cookie|through\b|via\b|reserv|book|account|stream|upload|post|train|licen[sc]|appear|handl|fulfil|ship|invit|message|call|contact|serv|work|available|possible|rel(?:y|ies)|refer)`,
		'共享|分享|提供|披露|传输|发送|转让|保管|托管|训练|获取|收集|接收|取得|使用|购买|下单|浏览|订单|支付|付款|钱包|登[录陆]|绑定|关联|接入|合作|授权|连接|打通|互通|互联|同步|投放|推送|跳转|嵌入|集成|委托|处理|配送|结算|支持|通过|开通|上线|展示|推荐|调用|出售|交换|读取|导入|访问|sdk'
	].join('|'),
	'iu'
);

/** What names somebody and ties nobody. */
const NEUTRAL =
	/\b(?:trade ?marks?|service marks?|copyrights?|all rights reserved|formerly|previously (?:known|called)|renamed|(?:changed|changing) (?:its|our|their) name|now (?:called|known as)|headquartered|registered office|incorporated in)\b|商标|著作权|版权|更名|改名|原名|曾用名|前身|总部|注册地|以下简称/iu;

const DENIAL = new RegExp(
	[
		String.raw`\b(?:not|cannot|never|no longer|nor|neither|none|no (?:personal|data|information|user|part|such)|stop(?:s|ped|ping)?|ceas(?:e[sd]?|ing)|discontinu\w+|(?:end|ends|ended|ending) (?:our|the|its|all|support|sharing|integration)|terminat\w+|remov\w+|prohibit\w*|forbid\w*|suspend\w*|refus\w+|revok\w+|disabl\w+|unlink\w*|disconnect\w*|phas\w+ out|unavailable|withdr[ae]w\w*)\b|n['’]t\b`,
		'不|未|无法|没有|停止|终止|取消|禁止|下线|关闭|移除|解除|拒绝|从未|暂停'
	].join('|'),
	'iu'
);

/** Words of denial that deny nothing: what may be done by the reader, conditions, and figures of speech. */
const NO_DENIAL = new RegExp(
	[
		String.raw`\b(?:not only|(?:but )?(?:is |are )?not limited to|do not hesitate|whether or not|not (?:later|less|more) than|no later than|not just|not necessarily)\b`,
		String.raw`\b(?:if|when|where|unless|who|whether)\b[^,;.]{0,30}?(?:\bnot\b|n['’]t\b|\bcannot\b|\bnever\b)`,
		String.raw`\byou (?:can|may|could|are able to|have the right to)(?: also| always| at any time)? (?:\w+ ){0,2}?(?:remov|revok|disconnect|unlink|disabl|withdraw|stop|refus|terminat)\w*`,
		'不仅|不只|不但|不限于|不论|不时|不同|不离开|不跳转|不少于|不超过|不必|不断|不可抗力|不管|未成年|未满|未来|未必',
		'未经[^，。；]{0,14}(?:同意|授权|许可)|(?:如果?|若|倘若)[^，。；]{0,14}[不未][^，。；]*',
		'您(?:可以?|有权|能够?)[^。；，]{0,14}(?:解除|取消|关闭|停止|撤回|移除|拒绝)'
	].join('|'),
	'giu'
);

/** Whom an exception names is not denied: `with nobody except X`, `除X外`. */
const EXCEPT_BEFORE =
	/\b(?:except(?: for| with)?|other than|apart from|with the exception of)\s[^,;.]{0,60}$/iu;
const EXCEPT_AROUND = /除[^，。；]{0,40}(?:以外|之外|外)/gu;

/** Ends of a proposition, within which a denial holds; and commas after which a new one may begin. */
const PROPOSITION =
	/[;；。！？\n]|(?:[,，]\s*)?\b(?:but|however|although|even though|though|whereas|while)\b|[，,]?(?:但是|但|然而|不过|而是|尽管|虽然)/giu;
const COMMA = /，|,\s+(?=(?:(?:and|so|then) )?(?:we|you|they|it|your|our|the|these|this|he|she)\b)/giu;

/** The stance of `sentence` to whom it names at `start` to `end` (UTF-16 units). */
export function stanceOf(sentence: string, start: number, end: number): Stance {
	const [from, to] = around(sentence, PROPOSITION, start, end);
	const proposition = sentence.slice(from, to);
	if (NEUTRAL.test(proposition)) return 'neutral';
	const [low, high] = governing(proposition, start - from, end - from);
	const said = proposition.slice(low, high);
	if (!TIE.test(said)) return 'neutral';
	if (!denies(said)) return 'open';
	const excepted =
		EXCEPT_BEFORE.test(proposition.slice(0, start - from)) ||
		[...proposition.matchAll(EXCEPT_AROUND)].some(
			({ index, 0: words }) => index <= start - from && end - from <= index + words.length
		);
	return excepted ? 'open' : 'denied';
}

const denies = (text: string): boolean => DENIAL.test(text.replace(NO_DENIAL, ' '));

/**
 * The part of a proposition that governs a name: from the comma before it to the one after; more where that says nothing of a tie, and
 * what comes before where that denies and leaves open what.
 */
function governing(text: string, start: number, end: number): [number, number] {
	const ends = [...text.matchAll(COMMA)].map(({ index, 0: comma }) => index + comma.length);
	const bounds = [0, ...ends, text.length];
	let first = bounds.findLastIndex((at) => at <= start);
	let last = bounds.findIndex((at) => at >= end);
	const piece = (i: number) => text.slice(bounds[i] ?? 0, bounds[i + 1] ?? text.length);
	const said = () => text.slice(bounds[first] ?? 0, bounds[last] ?? text.length);
	while (first > 0 && !TIE.test(said())) first--;
	while (last < bounds.length - 1 && !TIE.test(said())) last++;
	while (first > 0 && denies(piece(first - 1)) && !TIE.test(piece(first - 1))) first--;
	return [bounds[first] ?? 0, bounds[last] ?? text.length];
}

/** The stretch between the ends of `boundary` that holds `start` to `end`. */
function around(text: string, boundary: RegExp, start: number, end: number): [number, number] {
	let [from, to] = [0, text.length];
	for (const { index, 0: mark } of text.matchAll(boundary)) {
		if (index + mark.length <= start) from = index + mark.length;
		else if (index >= end) {
			to = index;
			break;
		}
	}
	return [from, to];
}
