/**
 * The watchlist that a fresh workspace begins with: large platforms, shops, carriers and payment firms, by their public names. One line
 * each: `id | name | owner | aliases | decoys | ambiguous | domains | people`, lists split by `;`. A person is `name,alias,…:role`, as of 2026;
 * those whose office was changing have none.
 */
import { watchlistSchema } from './watchlist.ts';
import type { Watchlist } from './watchlist.ts';

const LINES = `
tencent | Tencent | | 腾讯;騰訊;腾讯控股;Tencent Holdings | | | tencent.com | Pony Ma,Ma Huateng,马化腾:chairman and chief executive; Martin Lau,刘炽平:president
wechat | WeChat | tencent | Weixin;微信;WeChat Pay;微信支付;微信小程序 | | WX | weixin.qq.com;wechat.com | Allen Zhang,Zhang Xiaolong,张小龙:founder
qq | Tencent QQ | tencent | 腾讯QQ;手机QQ;手Q | | QQ | im.qq.com
alibaba | Alibaba | | 阿里巴巴;阿里巴巴集团;Alibaba Group;阿里系;阿里云;阿里健康;阿里妈妈;阿里国际;Alibaba Cloud | Alibaba Pictures;阿里巴巴与四十大盗;马里阿里 | 阿里 | alibaba.com;alibabagroup.com | Joe Tsai,Joseph Tsai,蔡崇信:chairman; Eddie Wu,Wu Yongming,吴泳铭:chief executive; Jiang Fan,蒋凡:head of e-commerce; Jack Ma,马云:founder
taobao | Taobao | alibaba | 淘宝;淘宝网;淘宝天猫;Taobao and Tmall Group;淘宝闪购 | | | taobao.com
tmall | Tmall | alibaba | 天猫;天猫国际 | 天猫座 | | tmall.com
xianyu | Xianyu | alibaba | 闲鱼;Goofish | | | goofish.com
freshippo | Freshippo | alibaba | 盒马;盒马鲜生 | | | freshippo.com
aliexpress | AliExpress | alibaba | 速卖通;全球速卖通 | | | aliexpress.com
1688 | 1688.com | alibaba | 阿里1688 | | 1688 | 1688.com
lazada | Lazada | alibaba | 来赞达 | | | lazada.com
cainiao | Cainiao | alibaba | 菜鸟网络;菜鸟裹裹;菜鸟驿站;Cainiao Network | | 菜鸟 | cainiao.com
eleme | Ele.me | alibaba | 饿了么;Eleme | | | ele.me
amap | Amap | alibaba | 高德地图;AutoNavi | | 高德 | amap.com
youku | Youku | alibaba | 优酷 | | | youku.com
qwen | Qwen | alibaba | 通义千问;千问;通义大模型;Tongyi | | | qwen.ai
ant-group | Ant Group | | 蚂蚁集团;蚂蚁金服;Ant Financial | | 蚂蚁 | antgroup.com | Eric Jing,井贤栋:chairman; Cyril Han,韩歆毅:chief executive
alipay | Alipay | ant-group | 支付宝;Alipay+ | | | alipay.com
jd | JD.com | | 京东;京东集团;京东商城;Jingdong;JD Mall;京东秒送;京东健康;京东超市;京东外卖;京东白条;京东金融 | 京东方;京东方科技 | JD | jd.com | Richard Liu,Liu Qiangdong,刘强东:founder and chairman; Sandy Xu,Xu Ran,许冉:chief executive
jd-logistics | JD Logistics | jd | 京东物流;京东快递 | | | jdl.com
deppon | Deppon | jd | 德邦快递;德邦物流 | | 德邦 | deppon.com
pdd | PDD Holdings | | 拼多多;Pinduoduo;拼多多集团 | | PDD | pinduoduo.com;pddholdings.com | Chen Lei,陈磊:chairman and co-chief executive; Zhao Jiazhen,赵佳臻:co-chief executive; Colin Huang,黄峥:founder
temu | Temu | pdd | 多多跨境 | | | temu.com
bytedance | ByteDance | | 字节跳动;字节系;火山引擎;飞书;豆包;Doubao | 红豆包;黄豆包;粘豆包;黏豆包 | 字节 | bytedance.com | Liang Rubo,梁汝波:chief executive; Zhang Yiming,张一鸣:founder
douyin | Douyin | bytedance | 抖音;抖音电商;抖音商城;抖音支付 | | | douyin.com
tiktok | TikTok | bytedance | TikTok Shop;TikTok for Business;海外版抖音 | | | tiktok.com | Shou Zi Chew,Shou Chew,周受资:chief executive
tokopedia | Tokopedia | bytedance | | | | tokopedia.com
toutiao | Toutiao | bytedance | 今日头条 | | 头条 | toutiao.com
kuaishou | Kuaishou | | 快手;快手科技;快手电商 | 快手菜;快手早餐 | | kuaishou.com | Cheng Yixiao,程一笑:chairman and chief executive; Su Hua,宿华:founder
xiaohongshu | Xiaohongshu | | 小红书;RedNote;Little Red Book | | | xiaohongshu.com | Charlwin Mao,毛文超:chief executive; Miranda Qu,瞿芳:president
bilibili | Bilibili | | 哔哩哔哩;B站 | | | bilibili.com | Chen Rui,陈睿:chairman and chief executive
weibo | Weibo | | 微博;新浪微博;Sina Weibo | 长微博 | | weibo.com | Wang Gaofei,王高飞:chief executive; Charles Chao,曹国伟:chairman
zhihu | Zhihu | | 知乎 | | | zhihu.com
meituan | Meituan | | 美团;美团外卖;美团闪购;美团优选 | 大美团结 | | meituan.com | Wang Xing,王兴:chairman and chief executive
didi | DiDi | | 滴滴;滴滴出行;DiDi Global;Didi Chuxing | 滴滴答答 | | didiglobal.com | Cheng Wei,程维:chairman and chief executive; Jean Liu,柳青:co-founder
baidu | Baidu | | 百度;百度网盘;百度地图;文心一言;Ernie Bot;百度智能云;萝卜快跑;Apollo Go | 百度角 | | baidu.com | Robin Li,Li Yanhong,李彦宏:chairman and chief executive
deepseek | DeepSeek | | 深度求索 | | | deepseek.com | Liang Wenfeng,梁文锋:founder
netease | NetEase | | 网易;网易严选 | | | netease.com | William Ding,Ding Lei,丁磊:chief executive
iqiyi | iQIYI | | 爱奇艺 | | | iqiyi.com
vipshop | Vipshop | | 唯品会 | | | vip.com | Eric Shen,沈亚:chairman and chief executive
poizon | Poizon | | 得物;得物App | 获得物;取得物;值得物;觉得物;不得物;所得物;记得物;显得物 | | dewu.com
suning | Suning | | 苏宁;苏宁易购 | | | suning.com | Zhang Jindong,张近东:founder
dingdong | Dingdong Maicai | | 叮咚买菜;Dingdong Limited | | | 100.me
luckin | Luckin Coffee | | 瑞幸;瑞幸咖啡 | | Luckin | luckincoffee.com
pop-mart | Pop Mart | | 泡泡玛特;Popmart | | | popmart.com | Wang Ning,王宁:chief executive
miniso | Miniso | | 名创优品 | | | miniso.com | Ye Guofu,叶国富:chief executive
ctrip | Trip.com | | 携程;携程集团;Ctrip;Qunar;去哪儿网 | 爸爸去哪儿;妈妈去哪儿 | 去哪儿 | trip.com;ctrip.com | James Liang,梁建章:chairman; Jane Sun,孙洁:chief executive
tongcheng | Tongcheng Travel | | 同程旅行;同程 | | | ly.com
xiaomi | Xiaomi | | 小米;小米集团;小米科技;小米汽车;小米手机 | 小米粥;小米辣;小米椒;小米饭;小米糕;小米酒;小米面;小米糊;小米锅巴;小米南瓜;黄小米;小米加步枪 | | mi.com | Lei Jun,雷军:chairman and chief executive; Lu Weibing,卢伟冰:president
huawei | Huawei | | 华为;鸿蒙;HarmonyOS | 升华为;昇华为;精华为;才华为;繁华为;年华为;光华为;芳华为 | | huawei.com | Ren Zhengfei,任正非:founder; Meng Wanzhou,孟晚舟:rotating chair; Richard Yu,Yu Chengdong,余承东:head of consumer business
honor | Honor Device | | 荣耀终端;荣耀手机 | | 荣耀;Honor | honor.com
sf | SF Express | | 顺丰;顺丰速运;顺丰控股;SF Holding;顺丰同城 | | | sf-express.com | Wang Wei,王卫:founder and chairman
zto | ZTO Express | | 中通快递 | 中通客车;深中通道 | 中通;ZTO | zto.com
yto | YTO Express | | 圆通速递;圆通快递 | | 圆通;YTO | yto.net.cn
sto | STO Express | | 申通快递 | | 申通 | sto.cn
yunda | Yunda Express | | 韵达快递;韵达股份;韵达速递 | | 韵达 | yundaex.com
china-post | China Post | | 中国邮政;邮政EMS | | EMS | chinapost.com.cn
lalamove | Lalamove | | 货拉拉 | | | lalamove.com
jt-express | J&T Express | | 极兔速递;极兔快递;极兔 | | | jtexpress.com
unionpay | UnionPay | | 中国银联;银联云闪付;云闪付;China UnionPay | 银联商务部 | 银联 | unionpay.com
shein | SHEIN | | 希音 | | | shein.com | Sky Xu,Xu Yangtian,许仰天:chief executive; Donald Tang:executive chairman
shopee | Shopee | sea | 虾皮 | | | shopee.com
sea | Sea Limited | | 冬海集团;Sea Group | | | sea.com | Forrest Li,李小冬:chairman and chief executive
grab | Grab Holdings | | GrabPay;GrabFood | | Grab | grab.com | Anthony Tan,陈炳耀:chief executive
goto | GoTo Group | | Gojek;GoTo Gojek Tokopedia | | GoTo | gotocompany.com
amazon | Amazon | | 亚马逊;Amazon.com;Amazon Web Services;AWS;Amazon Prime;Prime Video | Amazon rainforest;Amazon River;Amazon basin;亚马逊雨林;亚马逊河;Amazon port;Amazon region;Amazon forest;Amazon jungle;Amazon deforestation;Amazon tribe;Brazilian Amazon;Peruvian Amazon;Colombian Amazon;heart of the Amazon;亚马逊丛林;亚马逊热带雨林;亚马逊州 | | amazon.com | Andy Jassy,安迪·贾西:chief executive; Jeff Bezos,贝索斯,贝佐斯:founder; Matt Garman:head of Amazon Web Services
twitch | Twitch | amazon | | | | twitch.tv
ebay | eBay | | 易贝 | | | ebay.com | Jamie Iannone:chief executive
walmart | Walmart | | 沃尔玛;Wal-Mart;山姆会员店;Sam's Club | | | walmart.com | John Furner:chief executive; Doug McMillon,董明伦
flipkart | Flipkart | walmart | Myntra | | | flipkart.com
phonepe | PhonePe | walmart | | | | phonepe.com
paytm | Paytm | | One97 Communications | | | paytm.com
target | Target Corporation | | Target Corp;Target Circle;Target Plus;塔吉特 | Price Target;Target Price;Inflation Target | Target | target.com | Michael Fiddelke:chief executive; Brian Cornell
costco | Costco | | 开市客;好市多 | | | costco.com | Ron Vachris:chief executive
best-buy | Best Buy | | 百思买 | | | bestbuy.com | Corie Barry:chief executive
home-depot | Home Depot | | 家得宝 | | | homedepot.com
kroger | Kroger | | | | | kroger.com
wayfair | Wayfair | | | | | wayfair.com
shopify | Shopify | | Shop Pay;Shopify Plus | | | shopify.com | Tobi Lütke,Tobi Lutke,Tobias Lütke:chief executive; Harley Finkelstein:president
etsy | Etsy | | Depop | | | etsy.com | Kruti Patel Goyal:chief executive; Josh Silverman
poshmark | Poshmark | naver | | | | poshmark.com
vinted | Vinted | | | | | vinted.com
meta | Meta Platforms | | Meta;Facebook;脸书;Meta AI | Meta-Analysis;Meta Analysis;Meta Description;Meta Tag;Meta Tags;Meta Data | | meta.com;facebook.com | Mark Zuckerberg,Zuckerberg,扎克伯格:chief executive
instagram | Instagram | meta | Threads app;照片墙 | | | instagram.com | Adam Mosseri:head
whatsapp | WhatsApp | meta | WhatsApp Business;WhatsApp Pay | | | whatsapp.com | Will Cathcart:head
alphabet | Alphabet | | Alphabet Inc | alphabet soup | | abc.xyz | Sundar Pichai,皮查伊:chief executive
google | Google | alphabet | 谷歌;Google Shopping;Google Pay;Google Play;Google Cloud;Google Gemini | | | google.com | Sundar Pichai,皮查伊:chief executive
youtube | YouTube | google | YouTube Shopping;油管 | | | youtube.com | Neal Mohan:chief executive
apple | Apple | | 苹果公司;Apple Inc;Apple Pay;App Store;iPhone;苹果手机;苹果电脑;苹果官网;苹果发布会;苹果CEO | Apple Valley;Big Apple;Apple pie;Apple cider;Fiona Apple;苹果汁;苹果树 | 苹果 | apple.com | Tim Cook,库克
microsoft | Microsoft | | 微软;Microsoft Azure;Bing;必应;GitHub;Xbox | | | microsoft.com | Satya Nadella,纳德拉:chief executive
linkedin | LinkedIn | microsoft | 领英 | | | linkedin.com
openai | OpenAI | | ChatGPT;GPT-4;GPT-5;Instant Checkout | | Sora | openai.com | Sam Altman,Altman,奥尔特曼:chief executive; Fidji Simo:head of applications; Greg Brockman:president
anthropic | Anthropic | | Claude AI;Claude Code | | Claude | anthropic.com | Dario Amodei:chief executive
perplexity | Perplexity AI | | | | Perplexity | perplexity.ai | Aravind Srinivas:chief executive
snap | Snap Inc | | Snapchat;色拉布 | Snap benefits;Snap recipients;Snap election | Snap | snap.com;snapchat.com | Evan Spiegel:chief executive
pinterest | Pinterest | | 缤趣 | | | pinterest.com | Bill Ready:chief executive
x-corp | X Corp | | Twitter;推特;X Corp. | Model X;Space X;Malcolm X;Generation X;iPhone X | X | x.com;twitter.com | Elon Musk,Musk,马斯克:owner
reddit | Reddit | | | | | reddit.com | Steve Huffman:chief executive
discord | Discord Inc | | | | Discord | discord.com
telegram | Telegram Messenger | | | | Telegram | telegram.org | Pavel Durov:chief executive
netflix | Netflix | | 奈飞;网飞 | | | netflix.com | Ted Sarandos:co-chief executive; Greg Peters:co-chief executive
spotify | Spotify | | 声田 | | | spotify.com | Daniel Ek:founder; Alex Norström:co-chief executive; Gustav Söderström:co-chief executive
uber | Uber | | 优步;Uber Eats | | | uber.com | Dara Khosrowshahi:chief executive
lyft | Lyft | | 来福车 | | | lyft.com | David Risher:chief executive
doordash | DoorDash | | Wolt | | | doordash.com | Tony Xu:chief executive
instacart | Instacart | | Maplebear | | | instacart.com | Chris Rogers:chief executive
airbnb | Airbnb | | 爱彼迎 | | | airbnb.com | Brian Chesky:chief executive
booking | Booking Holdings | | Booking.com;缤客;Agoda;Priceline | | | booking.com | Glenn Fogel:chief executive
expedia | Expedia | | Expedia Group;Hotels.com;Vrbo;亿客行 | | | expedia.com
paypal | PayPal | | 贝宝;Venmo;Honey by PayPal | | | paypal.com | Alex Chriss
stripe | Stripe | | Stripe Inc;Stripe Payments | Stripe Rust | | stripe.com | Patrick Collison:chief executive; John Collison:president
klarna | Klarna | | | | | klarna.com | Sebastian Siemiatkowski:chief executive
affirm | Affirm Holdings | | | | Affirm | affirm.com | Max Levchin:chief executive
block | Block Inc | | Cash App;Afterpay;Square Inc | Block Party | Block;Square | block.xyz | Jack Dorsey:founder
adyen | Adyen | | | | | adyen.com | Ingo Uytdehaage:co-chief executive; Pieter van der Does:co-chief executive
visa | Visa | | Visa Inc;维萨 | Visa-free;Visa application;Visa ban;Visa fee;Visa policy;Visa rules;Visa Waiver;Work Visa;Student Visa | | visa.com | Ryan McInerney:chief executive
mastercard | Mastercard | | 万事达;万事达卡 | | | mastercard.com | Michael Miebach:chief executive
amex | American Express | | AmEx;美国运通;运通卡 | | Amex | americanexpress.com | Stephen Squeri:chief executive
fiserv | Fiserv | | | | | fiserv.com
worldpay | Worldpay | | | | | worldpay.com
wise | Wise plc | | TransferWise | | Wise | wise.com
revolut | Revolut | | | | | revolut.com | Nik Storonsky,Nikolay Storonsky:chief executive
checkout | Checkout.com | | | | | checkout.com
western-union | Western Union | | 西联汇款 | | | westernunion.com
nubank | Nubank | | Nu Holdings | | | nubank.com.br | David Vélez:chief executive
fedex | FedEx | | 联邦快递 | | | fedex.com | Raj Subramaniam:chief executive
ups | United Parcel Service | | UPS;联合包裹 | | | ups.com | Carol Tomé,Carol Tome:chief executive
usps | United States Postal Service | | USPS;U.S. Postal Service;US Postal Service;美国邮政 | | | usps.com
dhl | DHL | | DHL Group;DHL eCommerce;敦豪快递;敦豪集团 | 蒋敦豪 | 敦豪 | dhl.com | Tobias Meyer:chief executive
maersk | Maersk | | 马士基;A.P. Moller | | | maersk.com | Vincent Clerc:chief executive
dsv | DSV | | DB Schenker | | | dsv.com
kuehne-nagel | Kuehne+Nagel | | Kuehne + Nagel;德迅 | | | kuehne-nagel.com
ninja-van | Ninja Van | | 能者物流 | | | ninjavan.co
mercado-libre | Mercado Libre | | MercadoLibre;Mercado Pago;美客多 | | | mercadolibre.com | Marcos Galperin:founder; Ariel Szarfsztejn:chief executive
rakuten | Rakuten | | 楽天;乐天市场;乐天集团 | 楽天イーグルス | | rakuten.co.jp | Hiroshi Mikitani,Mickey Mikitani,三木谷浩史:chief executive
mercari | Mercari | | メルカリ;煤炉 | | | mercari.com
coupang | Coupang | | 쿠팡;酷澎 | | | coupang.com | Bom Kim,김범석:founder
naver | Naver | | 네이버;Naver Shopping | | | naver.com | Choi Soo-yeon,최수연:chief executive
kakao | Kakao | | 카카오;KakaoTalk;KakaoPay | | | kakao.com | Chung Shin-a,정신아:chief executive
line | LY Corporation | | LINEヤフー;LINE Pay;LINE Corp | | LINE | lycorp.co.jp;line.me
zalando | Zalando | | | | | zalando.com
allegro | Allegro.eu | | | | Allegro | allegro.pl
ikea | IKEA | | 宜家;宜家家居 | | | ikea.com
nike | Nike | | 耐克 | | | nike.com | Elliott Hill:chief executive
starbucks | Starbucks | | 星巴克 | | | starbucks.com | Brian Niccol:chief executive
`;

const list = (field = ''): string[] => field.split(';').map((part) => part.trim()).filter(Boolean); // prettier-ignore

const person = (written: string) => {
	const [names = '', role] = written.split(':');
	const [name = '', ...aliases] = names.split(',');
	return { name, aliases, ...(role && { role }) };
};

/** Whose company it is, and who is a rival, the workspace says. */
export const starter: Readonly<Watchlist> = watchlistSchema.parse({
	organisations: LINES.trim()
		.split('\n')
		.map((line) => {
			const [id, name, owner, aliases, decoys, ambiguous, domains, people] = line
				.split('|')
				.map((field) => field.trim());
			const lists = {
				aliases: list(aliases),
				decoys: list(decoys),
				ambiguous: list(ambiguous),
				domains: list(domains),
				people: list(people).map(person)
			};
			return { id, name, ...(owner && { owner }), ...lists };
		})
});
