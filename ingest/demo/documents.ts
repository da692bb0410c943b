/** The other pages that are read: shorter, and quieter. */
import { agreement, insert, reword, type Agreement, type Edit } from './clauses.ts';
import { PAGES, type Page } from './world.ts';

export interface ReadDocument {
	page: Page;
	agreement: Agreement;
	/** By the day of the script on which each was first seen. */
	versions: readonly { day: string; edits: readonly Edit[] }[];
	/** Day and time of the last fetch that brought the page; without it reading goes on. */
	until?: readonly [day: string, time: string];
}

const page = (service: Page['service'], document: Page['document']): Page => {
	const found = PAGES.find((page) => page.service === service && page.document === document);
	if (!found) throw new Error(`${service}, ${document} is not read`);
	return found;
};

export const DOCUMENTS: readonly ReadDocument[] = [
	{
		page: page('Lantern', 'Service Terms'),
		agreement: agreement(`
			Lantern Service Terms 灯笼服务条款
			# Using Lantern 使用
			account | Your account | One person, one account. Keep your password to yourself. // 一人一号，请妥善保管密码。
			content | What you post | You keep your rights in what you post and allow us to show it to those you chose.
			rules | What is not allowed | No fraud, no harassment, no automatic accounts.
			# Small shops 小店
			minishops | Small shops inside Lantern | Small shops are run by their owners, who answer for what they sell. // 小店由其经营者运营并承担责任。
			search | Search in small shops | Search inside a small shop is provided by its owner.
			fees | Fees | Lantern takes no part of a purchase in a small shop.
			# Ending 终止
			leave | Leaving | You can close your account at any time.
			close | Closing by us | We close accounts that break these terms, after a warning where that is possible.`),
		versions: [
			{ day: '2026-02-18', edits: [reword('fees', 'Lantern takes a fee of 0.6% of a purchase in a small shop, paid by its owner.')] },
			{ day: '2026-11-12', edits: [reword('search', 'Search inside a small shop is provided by its owner. Plumb (铅垂) serves the search in Fernhouse’s (蕨屋) mini-shop. // 铅垂为蕨屋小店提供搜索服务。')] }
		],
		until: ['2026-11-17', '02:31']
	},
	{
		page: page('Lantern', 'Mini-shop Rules'),
		agreement: agreement(`
			Lantern Mini-shop Rules 灯笼小店规则
			# Opening 开店
			who | Who may open one | Registered businesses may open a mini-shop after a check of three days.
			goods | Goods | Tobacco, medicines and animals may not be sold. // 不得销售烟草、药品和活体动物。
			# Selling 经营
			answer | Answering buyers | Questions of buyers are answered within a day.
			returns | Returns | Goods can be returned within seven days. // 支持七天无理由退货。
			links | Links | A mini-shop may not send its buyers to another app.`),
		versions: [{ day: '2026-08-03', edits: [reword('links', 'A mini-shop may not send its buyers to another app, shopping partners excepted.')] }]
	},
	{
		page: page('Harbor', 'Privacy Policy'),
		agreement: agreement(`
			Harbor Privacy Policy 港集隐私政策
			# What we collect 收集
			orders | Orders | We keep what you ordered, where it went and how you paid. // 我们保存您的订单、收货地址与支付方式。
			visits | Visits | We record which pages led you to us, and which you looked at.
			device | Device | We read the model and language of your device.
			# Whom we give it to 共享
			sellers | Sellers | Sellers receive what they need to deliver.
			carriers | Carriers | Swallowtail (雁程) and other carriers receive your address and number. // 雁程等承运方会收到您的地址与电话。
			payment | Payment | Payment companies receive the amount.
			# Your choices 选择
			delete | Deleting | You can delete your account; invoices are kept for ten years.
			ads | Advertising | You can switch off personal recommendations.`),
		versions: [
			{ day: '2025-10-20', edits: [reword('ads', 'You can switch off personal recommendations and personal advertising, each by itself.')] },
			{ day: '2026-07-08', edits: [insert('payment', 'entrances | Entrances in other apps 外部入口 | When you come from an entrance in another app, we tell that app whether your order was completed. // 您经由其他应用的入口访问时，我们会将订单是否完成告知该应用。')] }
		]
	},
	{
		page: page('Inkstone', 'User Terms'),
		agreement: agreement(`
			Inkstone User Terms 砚谈用户协议
			# Writing 创作
			rights | Your texts | What you write stays yours; you allow us to publish it. // 您的作品归您所有。
			quotes | Quotations | Mark what you quote.
			# Selling beside texts 内容带货
			shelf | Your shelf | Writers may place goods beside their texts and must say so. // 作者可在内容旁展示商品，并须注明。
			income | Income | Income from the shelf is paid monthly.
			# Leaving 注销
			leave | Leaving | You can take your texts with you.`),
		versions: [
			{ day: '2026-01-27', edits: [reword('income', 'Income from the shelf is paid weekly.')] },
			{ day: '2026-07-30', edits: [insert('shelf', 'partner | Partner of the kitchen channel 厨房频道合作方 | In the kitchen channel orders are passed to Orchard Lane (果巷), which receives your address. // 厨房频道的订单将转交果巷，果巷会收到您的收货地址。')] }
		]
	},
	{
		page: page('Paperkite', 'Service Terms'),
		agreement: agreement(`
			Paperkite Service Terms 纸鸢服务条款
			# Messages 消息
			carry | Carrying messages | We carry your messages and do not read them. // 我们传送您的消息，不会阅读其内容。
			groups | Groups | The person who opens a group answers for its rules.
			# Doors to other services 外部服务
			menu | The menu | Services in the menu are run by others, under their own terms. // 菜单中的服务由第三方依其条款提供。
			data | What they receive | A service in the menu receives a number that is made for it alone.
			# Ending 终止
			leave | Leaving | You can close your account; your groups pass to the oldest member.`),
		versions: [{ day: '2026-04-23', edits: [reword('data', 'A service in the menu receives a number that is made for it alone and, if you agree, your name.')] }]
	},
	{
		page: page('Orchard Lane', 'Privacy Policy'),
		agreement: agreement(`
			Orchard Lane Privacy Policy 果巷隐私政策
			# What we know 收集
			basket | Your basket | We keep your baskets for a year to suggest what is in season. // 我们保存购物记录一年，用于时令推荐。
			door | Your door | Drivers see your address on the day of delivery and not afterwards.
			# Whom we tell 共享
			farms | Farms | Farms learn quantities and no names.
			cards | Cards | Card numbers stay with the payment company.
			# Children 未成年人
			age | Age | We do not deliver to people under fourteen.`),
		versions: [{ day: '2026-05-26', edits: [reword('basket', 'We keep your baskets for six months to suggest what is in season. // 我们保存购物记录六个月，用于时令推荐。')] }]
	},
	{
		page: page('Tilework', 'Privacy Policy'),
		agreement: agreement(`
			Tilework Privacy Policy 瓦市隐私政策
			# Collecting 收集
			account | Account | We ask for a number and an address, nothing else. // 我们仅收集电话与地址。
			cookies | Cookies | We use cookies to keep your basket.
			# Sharing 共享
			sellers | Sellers | Sellers receive your address.
			stats | Statistics | A panel company counts visits on our pages without names.`),
		versions: [{ day: '2026-03-10', edits: [reword('cookies', 'We use cookies to keep your basket and to know which site sent you.')] }]
	},
	{
		page: page('Countwell', 'Custody Terms'),
		agreement: agreement(`
			Countwell Custody Terms 算筹保管条款
			# Holding 保管
			hold | Holding money | We hold a payment until the buyer confirms the goods. // 买家确认收货前，款项由我们保管。
			interest | Interest | Money in custody bears no interest.
			# Releasing 放款
			release | Release | Without a complaint we release a payment after ten days.
			disputes | Disputes | In a dispute the money stays until both agree or a court decides.`),
		versions: [
			{ day: '2025-11-04', edits: [reword('release', 'Without a complaint we release a payment after seven days.')] },
			{ day: '2026-10-21', edits: [insert('hold', 'apps | Payments inside apps 应用内付款 | We also hold payments that are made inside an app for a shop outside it. // 我们亦保管在应用内向外部商店支付的款项。')] }
		]
	}
]; // prettier-ignore
