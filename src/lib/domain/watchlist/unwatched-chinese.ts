/** Chinese names at the other end of what is said: between the word that joins and the verb, or by what companies' names end with. */
import type { Span } from '../news/sentences.ts';
import { WATCHED } from './unwatched-english.ts';

const ORG = `${WATCHED}+`;
const JOINS = '与|和|同|跟|及|以及|、|携手|联手|牵手|联合';
const DOES =
	'合作|达成|签署|签订|签约|签下|联手|携手|牵手|结盟|共建|共同|联合|战略|展开|开展|洽谈|谈判|磋商|接洽|成立|合资|推出|打造|宣布|正式|正在|已|将|拟|双方|之间|打通|互通|对接|分手|停止|终止|解约|就';
/** What stands in names; particles and pronouns do not. */
const CHARACTER =
	'[\\p{sc=Han}A-Za-z0-9·&](?<![的了在是有被把从对等或也都不这那其各该此我你他她们个多家些该与和同跟及将已拟就以称说后前由向给让因为并但而所])';
const NAME = `(?<name>(?:${CHARACTER}){2,12}?)`;
const SUFFIX =
	'集团|公司|科技|银行|股份|控股|物流|支付|电商|证券|保险|汽车|传媒|网络|通信|能源|医药|生物|电子|软件|半导体|航空|地产|商城|外卖|出行|快递|智能|数码|云|钱包|药业|实业|影业|商行|卫视|酒厂|医院';
const BEFORE = '(?<=^|[与和同跟及、，,。：:；“"《（(\\s]|携手|联手|牵手|联合)';
const AFTER = `(?=(?:${DOES})|[，,。、；”"》）)\\s]|$|的(?:合作|谈判|交易|协议|股权))`;
const NEAR = '[^，,。；;]';

const PATTERNS = [
	`${ORG}${NEAR}{0,8}?(?:${JOINS})${NAME}(?=(?:${DOES}))`,
	`${BEFORE}${NAME}(?:${JOINS})${ORG}(?=${NEAR}{0,6}(?:${DOES}))`,
	`${ORG}${NEAR}{0,12}?(?:收购|入股|投资|并购|起诉)了?(?<name>(?:${CHARACTER}){2,10}?(?:(?:${SUFFIX})|(?<=[A-Za-z]{3})))(?=\\d|股权|全资|部分|[，,。、；”"）)\\s]|$|的)`,
	`${ORG}(?:${NEAR}|[，,]){0,30}?${BEFORE}(?<name>(?:${CHARACTER}){1,8}?(?:${SUFFIX}))${AFTER}`,
	`${BEFORE}(?<name>(?:${CHARACTER}){1,8}?(?:${SUFFIX}))${AFTER}(?=(?:${NEAR}|[，,]){0,30}${ORG})`
].map((pattern) => new RegExp(pattern, 'dgu'));

/** Something is said of two: without it a list of companies is a list of prices. */
const SAID =
	/合作|签署|签约|签订|达成|携手|联手|牵手|收购|入股|投资|战略|谈判|洽谈|磋商|接洽|接入|入驻|互通|打通|对接|起诉|合资|供应|供货|采购/u;

/** Where a name has ended. */
const ENDED =
	/宣布|停止|取消|要求|终止|放弃|正式|再次|首次|同意|确认|否认|回应|计划|官宣|被曝|多次|讨论|侵权|抄袭|获赔|涉嫌|签约|签署|建立|合作|发布|展开|达成|联合|共同|分别|双方|成立|获得|续签|拒绝|无任何|直接|进行|参股|全资|全球|进一步|继续|正在|正$|一事|旗下|全部|部分|较|受挫|过去|昨日|今日|昨天|今天|全面|还|最终|决定|三方|高调|出人意料|撤回|举行|曾$|等/u;
/** What a name is, before it: 大股东软银. */
const DESCRIBED =
	/^.*(?:厂商|股东|品牌商|平台|运营商|供应商|开发商|巨头|制造商|初创公司|创业公司|作者|根据|此前|此次|此外|近日|日前|目前|随后|同时|包括|其中|诸如|民营企业|由于|对于|关于|通过|继|今年年初|年初|今年|去年|本月|近期|昨日|今日|控股(?=..)|收购|入股|公司(?=[A-Za-z])|当时|另外|曾投资|要求|期待|相当于|帮助)/u;
/** What names of companies do not have. */
const NO_NAME =
	/^公司|^建立|政府|国资委|委员会|办公室|法院|工信部|监管|业务|传言|传闻|消息|协议|备忘录|诉讼|垄断|细节|收益|股份$(?<=存托股份)|虚假|恶意|短视频|用户|消费者|商家|上市|知情|人士|媒体|行业|市场|项目|技术$|服务$|产品$|方案|视频$|明星|艺人|UP主|要约|变动|交易|建设|最大|情况|表示|互联$|秘密|形象|网红|首度|一事|强化|执行|子公司|品牌|事宜|计划|资产$|资金|实体|基金$|大部分|地皮|网络$(?<=服务网络)|经理|董事|总裁|主席|马云|马化腾|刘强东|雷军|李彦宏|任正非|张一鸣|王兴$|丁磊|库克|贝索斯|扎克伯格|特朗普|拜登|奥特曼|巴菲特|盖茨|纳德拉|皮查伊|贝克汉姆|梅西$|C罗|霉霉|演员|歌手|导演|主播|偶像|作家|画家|运动员|球星|球员|教练|冠军|影帝|影后|巨星|顶流|先生|女士|夫妇|创始人|男团|女团|乐队|深度$|自然人|出资|管理层|债务|纠纷|如何|[\d<>]/u;
/** Words that stand where a name would and are none. */
const COMMON =
	/^(?:(?:中国|美国|日本|韩国|欧洲|印度|国内|海外|国际|全球|本地|地方|大型|知名|国有|互联网|上市|相关|其他|第三方|新能源|人工智能|航空|经纪|资产管理|证券|石油|电影院|集团|合资|房地产|保险|广告|游戏|电商|物流|投资|VR|AR|AI)*(?:公司|集团|企业|品牌|手机支付|移动支付|小贷公司|客户|对方|伙伴|合作伙伴|股东|投资者|银行|网络|科技|汽车|物流|支付|电商|能源|保险|证券|智能|电子|软件|云|同行|对手|竞争对手|高校|自己|依靠|正好|车企|快递|外卖|出行|股份|控股|航空|通信|地产|商城)?)$|^(?:乌干达|俄罗斯|加拿大|澳大利亚|马来西亚|新加坡|菲律宾|阿联酋|沙特|以色列|土耳其|肯尼亚|尼日利亚|意大利|西班牙|墨西哥|\p{sc=Han}国)$|市$|省$|区$|县$|部$|局$|大学$|方$/u;
/** Three characters that begin with a surname, four that begin with one of two, and a foreign name with its dot are a person, unless they end as companies do. */
const PERSON =
	/·|^(?:欧阳|司徒|上官|诸葛|皇甫|慕容|司马|端木|夏侯|尉迟)\p{sc=Han}{1,2}$|^[张王李赵刘陈杨黄吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏付方邹熊孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严赖覃洪武莫孔凌肖庄詹甄祝喻俞翁骆伍辛邢屈阮靳裴焦阎柴聂游尤冼蒲涂]\p{sc=Han}{2}$/u;
const COMPANY = new RegExp(`(?:${SUFFIX})$`, 'u');

/** Names in a sentence whose watched names are masked by {@link WATCHED}; spans count from its start. */
export function chineseNames(masked: string): Span[] {
	if (!SAID.test(masked)) return [];
	const found = new Map<number, Span>();
	for (const pattern of PATTERNS)
		for (const match of masked.matchAll(pattern)) {
			const [start, end] = match.indices?.groups?.['name'] ?? [0, 0];
			const name = cut(masked.slice(start, end));
			if (name && masked[start + name.start - 1] !== WATCHED && masked[start + name.end] !== WATCHED)
				found.set(start + name.start, { start: start + name.start, end: start + name.end });
		}
	return [...found.values()].sort((a, b) => a.start - b.start);
}

/** What of a run of characters is a name; null where nothing is. */
function cut(run: string): Span | null {
	const ended = ENDED.exec(run.slice(1));
	const end = ended ? ended.index + 1 : run.length;
	const start = DESCRIBED.exec(run.slice(0, end))?.[0].length ?? 0;
	const name = run.slice(start, end);
	const long = /\p{sc=Han}/u.test(name) ? name.length > 1 : name.length > 2;
	if (!long || NO_NAME.test(name) || COMMON.test(name)) return null;
	const ending = COMPANY.exec(name)?.[0];
	const company = ending !== undefined && name.length - ending.length > 1;
	// 黄红云 ends as a company may, and is called as persons are.
	if ((ending && !company) || (PERSON.test(name) && (!company || ending === '云'))) return null;
	return { start, end };
}
