/**
 * Word classes, English and Chinese: what a word says about two companies. Rules and features read classes instead of words, so that what
 * was learned from one event holds for others.
 *
 * Notation: entries are split by `;`. `deal+` adds the plural; `sign~` adds -s, -ed, -ing to the first word (`~~` doubles its last letter).
 */
const CLASSES = {
	/** Longer words that contain others and mean none of it: 未来 denies nothing. They stay words. */
	PLAIN: `未来;是否;能否;非公开;非常;非洲;不仅;不断;不过;不久;不少;不但;不良;不锈钢;不动产;不超过;不低于;不高于;不少于;不足;不到;不等;不含;
		无线;无锡;无人机;无论;无数;无偿;无疑;传统;宣传;传媒;传播;传感器;战争;争取;或者;节省;省级;诉求;哭诉;倾诉;投诉`,
	/** A deal, as a noun. */
	DEAL: `deal;agreement+;partnership+;pact+;alliance+;collaboration+;collab+;cooperation;co-operation;contract+;tie-up+;tieup+;link-up+;
		joint venture+;joint project+;joint effort+;accord+;memorandum;mou;partner+;strategic partner+;licensing;sponsorship;team-up;consortium;affiliation+;partner company;strategic relationship;relationship+;licensee+;teamwork;
		integration+;megadeal+;mega-deal;multiyear deal;multi-year deal;joint development;syndication;co-production;
		合作;战略合作;协议;合同;联盟;框架协议;合作协议;战略联盟;合作伙伴;伙伴关系;战略伙伴;伙伴;同盟;备忘录;联名;协作;合作关系;合作方;合约;订单;
		互联互通;授权;avtal;avtalet;samarbete;samarbetar;halvledaravtal;partnerskap;jätteaffär;jätteprojekt`,
	/** To become partners. */
	ALLY: `partnering;partnered;team~ up;team~ with;teams;teaming;collaborate~;cooperate~;co-operate~;join~ forces;join~ hands;ally with;allies with;allied;
		link~ up;work~ with;worked with;work~ together;work~ closely;pair~ up;co-develop~;codevelop~;co-brand~;jointly;together with;in partnership;
		hook~ up;tie~ up;buddy up;buddies up;tap~~;enlist~;band~ together;combine forces;ties with;ties;with the help of;together;partner with;partners with;in conjunction with;in association with;in collaboration with;alongside;affiliated with;
		co-produce~;coproduce~;contracted;commission~;working with;works with;in cooperation with;partnering with;collaborator+;sponsored by;joint;
		携手;联手;牵手;联姻;结盟;合资;合力;强强联合;共建;联合;共同;合作伙伴关系;结成;达成合作;战略协同;结缘;合营;对接;加盟;共同开发;共同推出;
		共同打造;绯闻;姻缘;喜结连理;婚姻;恋爱;盟友;联合推出;联合打造;联合开发;双方;深度合作;全面合作;samarbeta;ihop`,
	/** To bring a deal about. */
	SIGN: `sign~;ink~;strike;strikes;struck;striking;reach~;seal~;forge~;clinch~;secure~;land~;enter~ into;form~;announce~;unveil~;expand~;extend~;
		deepen~;renew~;strengthen~;agree~;agree;ink;establish~;award~;win a;wins;won a;finalize~;finalise~;complete~;confirm~;
		签署;签订;签约;达成;订立;签下;续签;宣布;缔结;建立;签;签定;签字;启动;推进;深化;举行;正式;ingår;tecknar`,
	/** To supply, make, carry for another. */
	SUPPLY: `suppl~;supply;supplies;supplied;supplying;supplier+;provide~;deliver~;manufacture~;produce~;make;makes;making;build~;building;
		built;distribute~;distributor+;distribution;license~;licence~;fulfil~;fulfill~;fulfilment;fulfillment;ship;ships;design~;stream~;carry;carries;
		carried;sell~;sold;sells;retailer+;sponsor~;host~;customer+;client+;vendor+;outsource~;
		提供;供应;供货;配送;承运;代工;生产;供应商;采购;中标;承建;代理;经销;销售;订购;订货;装配;配套;服务;制造;运营;托管;推广;levererar;leverera`,
	/** To use, or build in, what is another's. */
	USE: `use;uses;using;used;adopt~;power;powers;powered;rely on;relies on;rely;run on;runs on;tap into;lean on;leans on;lean;leans;pay;pays;paying;turn~ to;
		choose;chooses;chose;select~;pick~;hire~;hired;buy~ chips;rent;rents;switch~ to;borrow~;
		使用;采用;选用;借助;引入;引进;借;依托;合用;använda;använder`,
	/** To open one's own to another. */
	INTEGRATE: `integrate~;integrat~;incorporate~;embed~~;bundle~;connect~;bring~;brought;put;puts;add~;enable~;allow~;let;lets;letting;launch~ on;
		available on;inside;built into;plug~~ into;come to;comes to;coming to;arrive~ on;support~;roll~ out;interoperate~;within;shop inside;into;
		接入;打通;上线;入驻;支持;嵌入;内置;整合;融合;互通;进驻;接通;开放;一级入口;入口;可打开;绑定;开通;登陆;适配;联通;搭载`,
	/** Talks before a deal. */
	TALKS: `talks;in talks;agree terms;agrees terms;agreed terms;agree on terms;agreed on terms;terms are settled;terms were settled;terms are agreed;talk;talked;talking;
		negotiat~;negotiation+;discuss~;discussion+;explore~;weigh~;mull~;consider~;near;nears;close to;eye~;seek~;court~;woo~;
		discussing;approach~;hold~ talks;advanced talks;early talks;could rely;
		洽谈;谈判;达成一致;商谈;商讨;磋商;接洽;协商;洽购;拟与;正与;接触;有意;意向;沟通;谈;计划与;förhandlar`,
	/** Said, but not for sure. */
	HEDGE: `reportedly;rumor+;rumour+;rumored;rumoured;may;might;could;would;possible;possibly;potential;potentially;report;reports;sources;
		people familiar;person familiar;familiar with the matter;said to be;leak+;expected;set to;likely;plan;plans;planning;hint~;tease~;considering;
		intend~;speculation;whisper+;
		传闻;消息人士;知情人士;据传;传;或将;或;有望;可能;将;拟;计划;据悉;欲;爆料;曝;预计;uppges;kan`,
	RIVAL: `rival+;rivals;rivalry;compete~;competitor+;competition;competitive;vs;vs.;versus;challenge~;challenger;beat~;beats;beating;overtake~;surpass~;
		alternative+;against;outpace~;outperform~;dethrone~;supplant~;like;than;compared;better;copycat;clone;dominance;dominate~;catch up;
		battle~;battleground;war;race;fight;fights;lead over;lags;trail~;jab~;mock~;poach~;raid~;raids;talent;threat;threatens;
		similar to;similarly;identical;showdown;comparing;
		竞争;对手;竞品;抗衡;争夺;争;超越;赶超;超过;领先;落后;市占率;市场份额;份额;第一;第二;同行;相比;不同;挑战;争抢;对标;类似;媲美;对抗;龙头;
		逼近;截胡;差距;量级;口水仗;博弈;竞争激烈;逊于;争夺战;位居;排名;高于;低于;分别;等公司;等企业;同业竞争;巨头`,
	STOCK: `stock+;share;shares;dow;nasdaq;s&p;futures;rally;rallies;earnings;market+;investor+;analyst+;wall street;etf+;index;revenue+;profit+;quarter;
		quarterly;results;forecast+;guidance;valuation;outlook;bull;bullish;bear;bearish;selloff;sell-off;slump~;surge~;jump~;soar~;slip~~;tumble~;
		climb~;rise;rises;rose;fall;falls;fell;drop~~;gain~;dip~~;plunge~;sink~;movers;record high;price target;trading;traders;portfolio;
		magnificent seven;big tech;spending;capex;shed~~;bubble;fed;inflation;tariff+;premarket;focus;
		股价;股票;证券;分析师;券商;涨;跌;涨停;跌停;收盘;市值;业绩;净利润;营收;年报;季报;评级;目标价;基金经理;投资者;上涨;下跌;研报;个股;板块;概念股;
		A股;港股;增长;同比;利润;行情;买入;增持评级;成交额;财报;报告;aktien;börsen;kursen;aktier`,
	SALE: `prime day;how the deal works;give you;gives you;for free;get a free;black friday;cyber monday;% off;sale+;save;saves;discount+;best;deals;bargain+;cheap~;cheaper;cheapest;price;prices;priced;off;gift;
		gift card;coupon+;review+;reviewed;hands-on;shop;shoppers;how to;things;tips;compared;specs;lowest;great deal;great deals;holiday;big deal days;shopping guide;
		双十一;双11;618;优惠;特价;降价;打折;促销;红包;抢券;免单;rea`,
	LEGAL: `sue;sues;sued;suing;lawsuit+;court+;antitrust;judge+;ruling;rule;rules;settle;settles;settled;settling;settlement+;fine;fines;fined;
		probe+;probing;investigat~;investigate;investigates;investigation+;trial;jury;legal;appeal+;accuse~;allege~;alleg~;infringe~;infringement;monopoly;complaint+;complain~;
		patent suit;copyright;class action;damages;verdict;remedies;regulator+;violat~;violation;penalty;subpoena+;law;crackdown;
		起诉;诉讼;法院;诉;判决;被告;原告;赔偿;罚款;处罚;反垄断;立案;调查;约谈;仲裁;侵权;侵犯;违规;监管;一审;二审;撤诉;索赔;纠纷;欠款;被判;垄断;行政处罚;判赔;
		追讨;查封;冻结;官司;被执行;违约;整改;禁止;工信部;证监会;银监会;发改委;市场监管总局`,
	EQUITY: `stake+;acquire~;acquisition+;buy;buys;buying;bought;purchase~;invest;invests;invested;investing;investment+;merger+;merge~;merged;bid+;bidding;
		takeover;ipo;shareholder+;own;owns;owned;owner;owned by;subsidiary;subsidiaries;parent;funding;fund;backed;offer;offers;spin-off;spinoff;spun off;divest~;
		valuation of;raise~;venture capital;bet;holdings;take-private;equity;joint owner;division;unit;majority;minority;convertible;takes over;took over;taken over;
		sold to;founded;co-founded;spun;renamed;rebranded;
		收购;并购;入股;参股;持股;增持;减持;股权;股份;控股;注资;增资;投资;认购;转让;受让;合并;重组;借壳;股东;子公司;旗下;母公司;全资;控股股东;大股东;
		资产;出资;募资;发行;上市;定增;要约;实际控制人;第一大股东;流通股;融资;质押;吸收合并;置换;出售;剥离;派发;发起人;发起设立;成立;公司名称;简称;董事;总经理;
		董事长;分公司;所属;隶属;总裁`,
	GOV: `trump;government+;white house;eu;administration;ftc;doj;senate;congress;minister;president trump;pentagon;commerce department;u.s.;us;uk;
		european union;european commission;lawmaker+;state;china;beijing;india;japan;france;ministry;federal;biden;
		政府;国务院;部门;国资委;总统;美国;欧盟;议员;参议院;众议院;商务部;财政部;委员会;市政府;省`,
	END: `end;ends;walked away;walk~ away;ended;ending;terminate~;revoke~;pull;pulls;pulled;ban;bans;banned;banning;block;blocks;blocked;blocking;blackout;blacked out;cancel~;
		cancelled;break up;split;splits;drop out;collapse~;suspend~;halt~;scrap~~;ditch~;dump~;contract dispute+;contract fight;contract expires;contract expired;carriage dispute+;cut ties;cuts ties;cutting ties;call~ off;part ways;parts ways;sever~;boot~;booted;remove~;removing;dispute+;feud;
		squabble;clash~;standoff;stand-off;collision course;rift;spat;quit~;quits;withdraw~;fail~;failed;shut~;cut off;expire~;lose access;go dark;dark;
		终止;解除;停止;中止;终结;解约;退出;撤出;封杀;屏蔽;封禁;下架;分手;破裂;取消;叫停;脱离;结束;断绝;暂停;分歧;抵制;炮轰;不再`,
	NEG: `not;no;never;n't;without;neither;nor;cannot;won't;doesn't;don't;didn't;isn't;wasn't;aren't;hasn't;haven't;declin~;refuse~;reject~;
		no plans;unlikely;instead of;rather than;despite;unauthorized;
		没有;未;不;无;并未;尚未;无意;从未;并无;否;拒绝;不会;非;未与`,
	DENY: `deny;denies;denied;denying;denial;refute~;dismiss~;untrue;false;
		否认;辟谣;不实;不属实;子虚乌有;误读;澄清`,
	QUIET: `declined to comment;confirm or deny;confirmed or denied;confirm nor deny;declines to comment;decline to comment;no comment;neither confirm nor deny;neither confirmed nor denied;not comment;
		would not comment;refused to comment;did not respond;didn't respond;did not immediately respond;not immediately respond;declined comment;
		declined to say;declined to confirm;
		不予置评;不予评论;未回复置评请求;未回应置评请求;未回复;未予回复;未置评;没有回应;没有回复;未作出回应;未立即回应;未立即回复;不作评论;未予置评;拒绝置评;拒绝评论;不置可否;未予回应;未作回应;不做评论;未予以否认;未予否认;不予回应;暂无回应;未回应;不评论`,
	SAY: `say;says;said;saying;according;told;tells;statement;spokesperson;spokesman;spokeswoman;claim~;reveal~;disclose~;
		表示;称;指出;透露;认为;说;告诉;公告;公布;披露;回应;消息;säger`,
	ROLE: `ceo+;deputy president;managing director;general manager;chief executive;president;chairman;chairwoman;chair;cfo;cto;coo;vice president;executive+;founder+;co-founder+;boss;head of;director;
		副总裁;首席执行官;创始人;总监;高管;负责人;CEO;主席;vd`,
	VISIT: `visit~;walked;walks through;seen at;seen on;spotted at;accompanied;visiting;tour~;toured;met;meet;meets;meeting;called on;dropped by;travel~ to;
		到访;走访;接待;迎来;参观;考察;拜访;会见;会晤;来访;访问;造访;调研;探访;莅临;座谈;前往;赴`,
	NEWS: `reporter+;journalist+;correspondent+;writer+;photographer+;
		记者;媒体;采访`,
	LAUNCH: `launch~;introduce~;release~;debut~;new;feature+;app+;product+;update+;version;model+;service+;announcing;
		推出;发布;新款;产品;平台;系统;软件;手机;项目`
} as const;

export type WordClass = keyof typeof CLASSES;
export const WORD_CLASSES = Object.keys(CLASSES) as WordClass[];

const HAN = /\p{sc=Han}/u;

/** The spellings of one entry of the lexicon. */
export function spellings(entry: string): string[] {
	const marked = /^([^ ~+]+)(~~|~|\+)( .*)?$/.exec(entry);
	if (!marked) return [entry];
	const [, stem = '', mark, rest = ''] = marked;
	if (mark === '+') return [stem, stem.endsWith('y') ? `${stem.slice(0, -1)}ies` : `${stem}s`];
	const doubled = mark === '~~' ? stem + stem.slice(-1) : stem;
	const bare = stem.endsWith('e') ? stem.slice(0, -1) : doubled;
	const forms = stem.endsWith('y') && !/[aeiou]y$/.test(stem)
		? [stem, `${stem.slice(0, -1)}ies`, `${stem.slice(0, -1)}ied`, `${stem}ing`]
		: [stem, /(s|sh|ch|x)$/.test(stem) ? `${stem}es` : `${stem}s`, `${bare}ed`, `${bare}ing`]; // prettier-ignore
	return forms.map((form) => form + rest);
}

/** Spelling in lower case -> class; where two classes have a word, the first one does. */
export const LEXICON: ReadonlyMap<string, WordClass> = (() => {
	const lexicon = new Map<string, WordClass>();
	for (const name of WORD_CLASSES)
		for (const entry of CLASSES[name].split(';'))
			for (const spelling of spellings(entry.trim()))
				if (spelling && !lexicon.has(spelling.toLowerCase())) lexicon.set(spelling.toLowerCase(), name);
	return lexicon;
})();

/** What a text is cut into: a word, a Chinese character, a sum, a mark. */
export const UNIT =
	/<N>|[$€£¥]\s?\d[\d,.]*|\p{sc=Han}|[\p{L}\p{N}\p{M}]+(?:['’&-][\p{L}\p{N}\p{M}]+|\.(?=\p{L}\.|\d|com\b)[\p{L}\p{N}]+)*\.?(?<=\b\p{L}\.\p{L}\.|\w)|['’]s\b|\S/gu;

/** First unit of an entry -> how many units the longest entry has that begins so. */
export const LONGEST_FROM: ReadonlyMap<string, number> = (() => {
	const longest = new Map<string, number>();
	for (const entry of LEXICON.keys()) {
		const units = entry.match(UNIT) ?? [];
		const [first = ''] = units;
		longest.set(first, Math.max(longest.get(first) ?? 0, units.length));
	}
	return longest;
})();

/** How units are joined to look an entry up: words by a space, Chinese characters by nothing. */
export const joinUnits = (left: string, right: string): string =>
	HAN.test(left.slice(-1)) || HAN.test(right.slice(0, 1)) ? left + right : `${left} ${right}`;
