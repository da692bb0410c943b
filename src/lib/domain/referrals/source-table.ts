/** Our own table of well-known sources: `Name: key key …` by channel; a key without a dot is the brand under any registry's ending. */
import type { Channel, Source } from './sources.ts';

const TABLE: Partial<Record<Channel, string>> = {
	search: `
		Google: google googleusercontent.com com.google.android.googlequicksearchbox
		Bing: bing
		Yahoo: yahoo search.yahoo.com yahoo.co.jp
		Baidu: baidu com.baidu.searchbox
		Yandex: yandex ya.ru
		DuckDuckGo: duckduckgo com.duckduckgo.mobile.android
		Sogou: sogou
		360 Search: so.com haosou
		Shenma: sm.cn
		Naver: naver com.nhn.android.search
		Daum: daum
		Seznam: seznam
		Ecosia: ecosia
		Qwant: qwant
		Startpage: startpage
		Brave Search: search.brave.com
		Kagi: kagi
		AOL: aol
		Ask: ask.com
		Swisscows: swisscows
		Toutiao Search: so.toutiao.com
		Coc Coc: coccoc
		Mojeek: mojeek`,
	social: `
		WeChat: weixin.qq.com mp.weixin.qq.com wechat weixin com.tencent.mm
		QQ: qq qq.com com.tencent.mobileqq
		Weibo: weibo weibo.cn com.sina.weibo t.cn
		Douyin: douyin iesdouyin com.ss.android.ugc.aweme
		TikTok: tiktok com.zhiliaoapp.musically
		Kuaishou: kuaishou gifshow com.smile.gifmaker
		Xiaohongshu: xiaohongshu xhslink rednote com.xingin.xhs
		Bilibili: bilibili b23.tv
		Zhihu: zhihu
		Douban: douban
		Tieba: tieba.baidu.com
		Toutiao: toutiao
		Facebook: facebook fb.com fb.me fb com.facebook.katana
		Messenger: messenger.com com.facebook.orca
		Instagram: instagram ig com.instagram.android
		Threads: threads.net threads.com
		WhatsApp: whatsapp wa.me com.whatsapp
		X: x.com twitter t.co com.twitter.android
		YouTube: youtube youtu.be com.google.android.youtube
		Reddit: reddit redd.it com.reddit.frontpage
		LinkedIn: linkedin lnkd.in com.linkedin.android
		Pinterest: pinterest pin.it com.pinterest
		Snapchat: snapchat com.snapchat.android
		Telegram: telegram t.me org.telegram.messenger
		LINE: line.me jp.naver.line.android
		KakaoTalk: kakao com.kakao.talk
		Zalo: zalo
		Viber: viber
		VK: vk vk.com vkontakte
		Odnoklassniki: ok.ru odnoklassniki
		Discord: discord discordapp
		Twitch: twitch
		Tumblr: tumblr
		Quora: quora
		Medium: medium.com
		Bluesky: bsky.app bsky.social bluesky
		Mastodon: mastodon mastodon.social
		Hacker News: news.ycombinator.com
		Vimeo: vimeo
		Dailymotion: dailymotion
		Xing: xing
		Nextdoor: nextdoor
		Flickr: flickr`,
	'ai-assistant': `
		ChatGPT: chatgpt chat.openai.com openai com.openai.chatgpt
		Claude: claude claude.ai anthropic
		Gemini: gemini.google.com bard.google.com gemini
		Copilot: copilot.microsoft.com copilot copilot.com
		Perplexity: perplexity ai.perplexity.app.android
		DeepSeek: deepseek chat.deepseek.com
		Doubao: doubao
		Kimi: kimi kimi.moonshot.cn moonshot
		Qwen: tongyi.aliyun.com chat.qwen.ai qwen tongyi
		Ernie Bot: yiyan.baidu.com
		Yuanbao: yuanbao.tencent.com
		Grok: grok grok.com x.ai
		Meta AI: meta.ai
		Mistral: chat.mistral.ai mistral
		Poe: poe.com
		You.com: you.com
		Phind: phind`,
	email: `
		Gmail: mail.google.com gmail com.google.android.gm
		Outlook: outlook.live.com outlook.office.com outlook.office365.com outlook mail.live.com
		Yahoo Mail: mail.yahoo.com
		QQ Mail: mail.qq.com
		NetEase Mail: mail.163.com mail.126.com
		Yandex Mail: mail.yandex.ru
		GMX: gmx
		Proton Mail: mail.proton.me`,
	shopping: `
		Taobao: taobao com.taobao.taobao
		Tmall: tmall
		JD: jd.com jd jd.hk com.jingdong.app.mall
		Pinduoduo: pinduoduo yangkeduo
		Amazon: amazon
		eBay: ebay
		AliExpress: aliexpress
		Alibaba: alibaba 1688.com
		Temu: temu
		SHEIN: shein
		Shopee: shopee
		Lazada: lazada
		Meituan: meituan dianping
		Vipshop: vip.com
		Suning: suning
		Walmart: walmart
		Etsy: etsy
		Rakuten: rakuten
		Mercado Libre: mercadolibre mercadolivre
		Flipkart: flipkart
		Coupang: coupang
		Google Shopping: shopping.google.com`,
	news: `
		Google News: news.google.com
		Apple News: apple.news
		Flipboard: flipboard
		SmartNews: smartnews
		Yahoo News: news.yahoo.com news.yahoo.co.jp
		MSN: msn
		NetEase: 163.com
		Sina: sina sina.cn
		Sohu: sohu
		Tencent News: news.qq.com
		Feedly: feedly
		Inoreader: inoreader
		Naver News: news.naver.com`
};

/** By domain, app id or brand. */
export const BRANDS: ReadonlyMap<string, Source> = new Map(
	Object.entries(TABLE).flatMap(([channel, lines]) =>
		lines
			.trim()
			.split('\n')
			.flatMap((line): [string, Source][] => {
				const [name = '', keys = ''] = line.trim().split(': ');
				return keys.split(' ').map((key) => [key, { name, channel: channel as Channel }]);
			})
	)
);
