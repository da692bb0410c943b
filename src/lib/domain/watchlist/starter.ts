/**
 * The watchlist that a fresh workspace begins with: large platforms, shops, carriers and payment firms, by their public names. One line
 * each: `id | name | owner | aliases | decoys | ambiguous | domains`, lists split by `;`.
 */
import { watchlistSchema } from './watchlist.ts';
import type { Watchlist } from './watchlist.ts';

const LINES = `
tencent | Tencent | | 腾讯;騰訊;腾讯控股;Tencent Holdings | | | tencent.com
wechat | WeChat | tencent | Weixin;微信;WeChat Pay;微信支付;微信小程序 | | WX | weixin.qq.com;wechat.com
qq | Tencent QQ | tencent | 腾讯QQ;手机QQ;手Q | | QQ | im.qq.com
alibaba | Alibaba | | 阿里巴巴;阿里巴巴集团;Alibaba Group;阿里系 | Alibaba Pictures;阿里巴巴与四十大盗 | 阿里 | alibaba.com;alibabagroup.com
taobao | Taobao | alibaba | 淘宝;淘宝网;淘宝天猫;Taobao and Tmall Group;淘宝闪购 | | | taobao.com
tmall | Tmall | alibaba | 天猫;天猫国际 | 天猫座 | | tmall.com
aliexpress | AliExpress | alibaba | 速卖通;全球速卖通 | | | aliexpress.com
lazada | Lazada | alibaba | 来赞达 | | | lazada.com
cainiao | Cainiao | alibaba | 菜鸟网络;菜鸟裹裹;菜鸟驿站;Cainiao Network | | 菜鸟 | cainiao.com
eleme | Ele.me | alibaba | 饿了么;Eleme |  | | ele.me
amap | Amap | alibaba | 高德地图;AutoNavi | | 高德 | amap.com
ant-group | Ant Group | | 蚂蚁集团;蚂蚁金服;Ant Financial | | 蚂蚁 | antgroup.com
alipay | Alipay | ant-group | 支付宝;Alipay+ | | | alipay.com
jd | JD.com | | 京东;京东集团;京东商城;Jingdong;JD Mall;京东秒送 | 京东方;京东方科技 | JD | jd.com
jd-logistics | JD Logistics | jd | 京东物流;京东快递 | | | jdl.com
pdd | PDD Holdings | | 拼多多;Pinduoduo;拼多多集团 | | PDD | pinduoduo.com;pddholdings.com
temu | Temu | pdd | 多多跨境 | | | temu.com
bytedance | ByteDance | | 字节跳动;字节系 | | 字节 | bytedance.com
douyin | Douyin | bytedance | 抖音;抖音电商;抖音商城;抖音支付 | | | douyin.com
tiktok | TikTok | bytedance | TikTok Shop;TikTok for Business;海外版抖音 | | | tiktok.com
toutiao | Toutiao | bytedance | 今日头条 | | 头条 | toutiao.com
kuaishou | Kuaishou | | 快手;快手科技;快手电商 | 快手菜;快手早餐 | | kuaishou.com
xiaohongshu | Xiaohongshu | | 小红书;RedNote;Little Red Book | | | xiaohongshu.com
bilibili | Bilibili | | 哔哩哔哩;B站 | | | bilibili.com
weibo | Weibo | | 微博;新浪微博;Sina Weibo | | | weibo.com
meituan | Meituan | | 美团;美团外卖;美团闪购;美团优选 | 大美团结 | | meituan.com
didi | DiDi | | 滴滴;滴滴出行;DiDi Global;Didi Chuxing | 滴滴答答 | | didiglobal.com
baidu | Baidu | | 百度;百度网盘;百度地图;文心一言;Ernie Bot | 百度角 | | baidu.com
netease | NetEase | | 网易;网易严选 | | | netease.com
vipshop | Vipshop | | 唯品会 | | | vip.com
suning | Suning | | 苏宁;苏宁易购 | | | suning.com
ctrip | Trip.com | | 携程;携程集团;Ctrip;去哪儿;Qunar | | | trip.com;ctrip.com
xiaomi | Xiaomi | | 小米集团;小米科技;小米汽车;小米手机 | 小米粥;小米辣;小米椒 | 小米 | mi.com
huawei | Huawei | | 华为;鸿蒙;HarmonyOS | | | huawei.com
sf | SF Express | | 顺丰;顺丰速运;顺丰控股;SF Holding;顺丰同城 | | | sf-express.com
zto | ZTO Express | | 中通快递 | | 中通;ZTO | zto.com
yto | YTO Express | | 圆通速递;圆通快递 | | 圆通;YTO | yto.net.cn
jt-express | J&T Express | | 极兔速递;极兔快递;极兔 | | | jtexpress.com
unionpay | UnionPay | | 中国银联;银联云闪付;云闪付;China UnionPay | | 银联 | unionpay.com
shein | SHEIN | | 希音 | | | shein.com
shopee | Shopee | sea | 虾皮 | | | shopee.com
sea | Sea Limited | | 冬海集团;Sea Group | | | sea.com
grab | Grab Holdings | | GrabPay;GrabFood | | Grab | grab.com
amazon | Amazon | | 亚马逊;Amazon.com;Amazon Web Services;AWS;Amazon Prime;Prime Video | Amazon rainforest;Amazon River;Amazon basin;亚马逊雨林;亚马逊河 | | amazon.com
ebay | eBay | | 易贝 | | | ebay.com
walmart | Walmart | | 沃尔玛;Wal-Mart;山姆会员店;Sam's Club;Flipkart | | | walmart.com
target | Target Corporation | | Target Corp;Target Circle;Target Plus;塔吉特 | | Target | target.com
costco | Costco | | 开市客;好市多 | | | costco.com
shopify | Shopify | | Shop Pay;Shopify Plus | | | shopify.com
etsy | Etsy | | Depop | | | etsy.com
meta | Meta Platforms | | Facebook;脸书;Meta AI | | Meta | meta.com;facebook.com
instagram | Instagram | meta | Threads app;照片墙 | | | instagram.com
whatsapp | WhatsApp | meta | WhatsApp Business;WhatsApp Pay | | | whatsapp.com
alphabet | Alphabet | | Alphabet Inc | alphabet soup | | abc.xyz
google | Google | alphabet | 谷歌;Google Shopping;Google Pay;Google Play;Google Cloud;Google Gemini | | | google.com
youtube | YouTube | google | YouTube Shopping;油管 | | | youtube.com
apple | Apple | | 苹果公司;Apple Inc;Apple Pay;App Store;iPhone | Apple Valley;Big Apple;Apple pie;Apple cider;Fiona Apple;苹果汁;苹果树 | 苹果 | apple.com
microsoft | Microsoft | | 微软;Microsoft Azure;Bing;必应;GitHub;Xbox | | | microsoft.com
linkedin | LinkedIn | microsoft | 领英 | | | linkedin.com
openai | OpenAI | | ChatGPT;GPT-4;GPT-5;Instant Checkout | | Sora | openai.com
snap | Snap Inc | | Snapchat;色拉布 | | Snap | snap.com;snapchat.com
pinterest | Pinterest | | 缤趣 | | | pinterest.com
x-corp | X Corp | | Twitter;推特;X Corp. | | X | x.com;twitter.com
reddit | Reddit | | | | | reddit.com
netflix | Netflix | | 奈飞;网飞 | | | netflix.com
spotify | Spotify | | 声田 | | | spotify.com
uber | Uber | | 优步;Uber Eats | | | uber.com
doordash | DoorDash | | Wolt | | | doordash.com
instacart | Instacart | | Maplebear | | | instacart.com
airbnb | Airbnb | | 爱彼迎 | | | airbnb.com
booking | Booking Holdings | | Booking.com;缤客;Agoda;Priceline | | | booking.com
paypal | PayPal | | 贝宝;Venmo;Honey by PayPal | | | paypal.com
stripe | Stripe | | Stripe Inc;Stripe Payments | Stripe Rust | | stripe.com
klarna | Klarna | | | | | klarna.com
affirm | Affirm Holdings | | | | Affirm | affirm.com
block | Block Inc | | Cash App;Afterpay;Square Inc | | Block;Square | block.xyz
adyen | Adyen | | | | | adyen.com
visa | Visa | | Visa Inc;维萨 | Visa-free;Visa application;Visa ban;Visa fee;Visa policy;Visa rules;Visa Waiver;Work Visa;Student Visa | | visa.com
mastercard | Mastercard | | 万事达;万事达卡 | | | mastercard.com
fedex | FedEx | | 联邦快递 | | | fedex.com
ups | United Parcel Service | | UPS;联合包裹 | | | ups.com
dhl | DHL | | DHL Group;DHL eCommerce;敦豪 | | | dhl.com
maersk | Maersk | | 马士基;A.P. Moller | | | maersk.com
mercado-libre | Mercado Libre | | MercadoLibre;Mercado Pago;美客多 | | | mercadolibre.com
rakuten | Rakuten | | 楽天;乐天市场;乐天集团 | 楽天イーグルス | | rakuten.co.jp
coupang | Coupang | | 쿠팡;酷澎 | | | coupang.com
naver | Naver | | 네이버;Naver Shopping | | | naver.com
kakao | Kakao | | 카카오;KakaoTalk;KakaoPay | | | kakao.com
line | LY Corporation | | LINEヤフー;LINE Pay;LINE Corp | | LINE | lycorp.co.jp;line.me
zalando | Zalando | | | | | zalando.com
ikea | IKEA | | 宜家;宜家家居 | | | ikea.com
nike | Nike | | 耐克 | | | nike.com
starbucks | Starbucks | | 星巴克 | | | starbucks.com
`;

const list = (field = ''): string[] => field.split(';').map((part) => part.trim()).filter(Boolean); // prettier-ignore

/** Whose company it is, and who is a rival, the workspace says. */
export const starter: Readonly<Watchlist> = watchlistSchema.parse({
	organisations: LINES.trim()
		.split('\n')
		.map((line) => {
			const [id, name, owner, aliases, decoys, ambiguous, domains] = line
				.split('|')
				.map((field) => field.trim());
			const lists = {
				aliases: list(aliases),
				decoys: list(decoys),
				ambiguous: list(ambiguous),
				domains: list(domains)
			};
			return { id, name, ...(owner && { owner }), ...lists };
		})
});
