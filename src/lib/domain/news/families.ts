/**
 * Who owns which publisher, where one owner has several newsrooms: what they say rests on one house. A prior, written down from public
 * knowledge by hand as of 2025, with no claim to be complete; owners change.
 */

/** Owner, and its publishers by the keys of origin.ts. */
export const FAMILIES: Readonly<Record<string, string>> = {
	'News Corp': `wall street journal|dow jones newswires|dow jones|barron's|marketwatch|mansion global|investor's business daily|new york post|the times
		|times of london|sunday times|sun|the australian|sky news australia|news.com.au`,
	Nikkei: 'nikkei|nikkei asia|financial times|日本経済新聞|日経|日经中文网|ft中文网',
	'Thomson Reuters': 'reuters|reuters breakingviews|breakingviews',
	Bloomberg: 'bloomberg|businessweek|bloomberg businessweek|bloomberg law|bnn bloomberg|彭博商业周刊',
	'New York Times Company': 'new york times|international herald tribune|athletic|wirecutter',
	Comcast: 'nbc news|cnbc|msnbc|sky news',
	'Warner Bros. Discovery': 'cnn|cnn business',
	Disney: 'abc news|espn|good morning america',
	'Paramount Skydance': 'cbs news|cbs moneywatch',
	Fox: 'fox news|fox business',
	'Axel Springer': 'politico|business insider|bild|die welt|morning brew|emarketer',
	'Alibaba': 'south china morning post|南华早报',
	Yahoo: 'yahoo|yahoo finance|engadget|aol',
	'Vox Media': 'vox|the verge|verge|recode|new york magazine|eater',
	'Ziff Davis': 'cnet|zdnet|pcmag|mashable|ign|lifehacker',
	'Condé Nast': 'wired|ars technica|vanity fair|new yorker|vogue|vogue business',
	'Future': "techradar|tom's hardware|tom's guide|android central|windows central|the week|moneyweek",
	'Penske Media': 'variety|hollywood reporter|deadline|rolling stone|billboard|wwd|sourcing journal',
	Informa: 'retail dive|supply chain dive|grocery dive|payments dive|banking dive|cio dive|industry dive|informa techtarget',
	'Daily Mail and General Trust': 'daily mail|mail online|mail on sunday|i paper|the i|new scientist',
	Reach: 'daily mirror|mirror|daily express|express|daily star|daily record',
	Gannett: 'usa today|arizona republic|detroit free press|indianapolis star',
	'Mediahuis': 'de telegraaf|irish independent|de standaard',
	'上海报业集团': '澎湃新闻|澎湃|界面新闻|界面|财联社|文汇报|解放日报|新民晚报|sixth tone|科创板日报|蓝鲸新闻|上观新闻',
	'财新传媒': '财新|财新网|财新周刊|caixin|caixin global',
	'新华社': '新华社|xinhua|中国证券报|上海证券报|新华财经|经济参考报|参考消息|瞭望|新华每日电讯',
	'人民日报社': "人民日报|人民网|people's daily|环球时报|global times|环球网|证券时报|国际金融报|健康时报",
	'中央广播电视总台': '央视|央视新闻|央视财经|cgtn|央广网|cctv',
	'中国新闻社': '中国新闻网|中新网|中新社|中国新闻周刊|中新经纬',
	'南方报业传媒集团': '21世纪经济报道|21财经|南方周末|南方都市报|南都|南方日报|南方财经',
	'经济日报社': '经济日报|中国经济网|证券日报',
	'上海广播电视台': '第一财经|第一财经日报|yicai|yicai global|看看新闻|东方卫视',
	'成都传媒集团': '每日经济新闻|每经网|成都商报|红星新闻|红星资本局',
	'新浪': '新浪科技|新浪财经|新浪|sina|微博财经',
	'腾讯': '腾讯科技|腾讯新闻|腾讯财经|深网',
	'网易': '网易科技|网易财经|网易新闻',
	'搜狐': '搜狐科技|搜狐财经|搜狐',
	'36氪': '36氪|36kr|krasia|暗涌waves|智能涌现|后浪研究所',
	'虎嗅': '虎嗅|虎嗅网|虎嗅app',
	'SPH': '联合早报|straits times|business times|zaobao'
}; // prettier-ignore
