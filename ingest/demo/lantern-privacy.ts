/** Lantern's Privacy Agreement: what it said when reading began (v28), and what each later version changed. */
import { agreement, insert, move, remove, reword, type Edit } from './clauses.ts';

export const LANTERN_PRIVACY = agreement(`
Lantern Privacy Agreement 灯笼隐私协议
# About this agreement 关于本协议
scope | Scope | This agreement applies to Lantern on every device. // 本协议适用于各类设备上的灯笼服务。
who | Who we are | Lantern is run by the company named in Annex A, which decides how your information is used.
terms | Words we use | “Information” is anything that can be linked to you. “Partner” is a company that is not in our group.
changes | Changes | We announce changes in the app at least seven days before they apply, unless the law asks for less.
language | Languages | Where the Chinese and the English text differ, the Chinese text decides. // 中英文不一致时，以中文为准。
# What we collect 我们收集的信息
account | Account | We collect your telephone number, your name as you enter it, and the picture you choose.
messages | Messages | We carry your messages encrypted and keep them only until they are delivered. // 消息加密传输，送达后即行删除。
contacts | Address book | We read your address book only when you ask us to find friends, and keep hashes of the numbers.
device | Device | We collect the model, the system’s version, the language and a random device number.
logs | Service records | We record when you open a page in the app, and errors that occur there.
location | Location | We use your location while you share it in a chat or look for places nearby. // 仅在您共享位置或查找附近地点时使用定位。
camera | Camera and microphone | We use them while you take a picture or speak, and at no other time.
payment | Payments | We collect the amount, the time and the recipient of payments that you make with the wallet.
public | What is public | Posts that you mark as public can be seen by anyone, and found by search engines.
face | Face and voice | We do not derive a face print or a voice print from your pictures or recordings.
others | From others | We receive information about you when others upload their address books or report an account.
# How we use it 我们如何使用
run | Running the service | We use information to deliver messages, to show your posts, and to keep your settings.
safety | Safety | We use service records to find spam, fraud and stolen accounts. // 我们利用服务记录识别垃圾信息、欺诈与盗号。
improve | Improving the service | We count how often features are used, without your name.
ads | Advertising | We choose advertisements by the page on which they stand and not by what you write. // 广告依据页面内容投放，不依据您的聊天内容。
adchoice | Choice of advertising | You can switch off personal advertising in Settings; the number of advertisements stays the same.
research | Research | Researchers may receive statistics from which nobody can be recognised.
models | Training of models | We do not train language models on private messages.
retention | How long we keep it | We keep service records for twelve months and payment records as long as the law demands.
law | Legal grounds | We rely on your consent, on our contract with you, and on the law.
# Sharing with others 与他人共享
general | General rule | We share information only as this section says, and never sell it. // 我们仅按本章规定共享信息，绝不出售。
processors | Companies that work for us | Hosting and support companies see information only to do what we ask.
# Your account with others 关联其他账号
signin | Signing in elsewhere | When you sign in to another service with Lantern, it receives your name and picture.
revoke | Taking it back | You can end a sign-in in Settings; the other service keeps what it received before.
import | Bringing an account | You may bring contacts from another service; we read them once.
# Partners and deliveries 合作方与配送
delivery | Delivery partners | A delivery partner receives your address when you send a parcel from a chat.
couriers | Couriers | A courier sees your number through a relay that is closed after the delivery.
maps | Maps | Map pictures come from a partner that learns the place you look at, not who you are.
banks | Banks | Your bank confirms your account to us; it does not learn whom you pay.
stickers | Stickers | Makers of stickers learn how often a sticker was sent, not by whom.
minigames | Small programs | Programs inside Lantern receive what you grant them, one permission at a time. // 小程序仅获得您逐项授予的权限。
# Links 链接
links | Links in messages | We check links in messages against a list of dangerous addresses, on your device.
shoplinks | Links to shops | Links to outside shops open in your browser. Lantern takes no part in the purchase. // 外部商店链接在浏览器中打开，灯笼不参与交易。
# Your rights 您的权利
access | Access | You can download what we hold about you within fifteen days. // 您可在十五日内下载我们持有的您的信息。
correct | Correction | You can correct your profile at any time, other information by writing to us.
delete | Deletion | Deleting your account deletes its information after thirty days, payment records excepted.
object | Objection | You can object to a use of your information; we stop unless the law demands it.
# Questions 咨询
contact | Contact | Write to the address in Annex B or in the app under Help.
officer | Data protection officer | Our officer answers to the board and to nobody else.
authority | Authorities | You may turn to the authority of the place where you live.
complaints | Complaints | You may complain to the address in Annex B; we answer within 15 working days.
records | Records of requests | We keep your request and our answer for three years.
# Minors 未成年人
age | Age | Lantern is for people of fourteen and above. // 灯笼面向年满十四周岁的用户。
consent | Consent of parents | Under eighteen, payments need the consent of a parent.
limits | Limits at night | Accounts of minors rest between ten in the evening and six in the morning.
noads | No advertising | Minors see no personal advertising.
# Security 安全
encryption | Encryption | Information is encrypted on its way and where it is stored.
staff | Staff | Staff see information only with a reason that is recorded.
breach | Breaches | We tell you of a breach within seventy-two hours. // 如发生泄露，我们将在七十二小时内告知。
audit | Audits | An outside firm audits us once a year; the summary is public.
# Final 附则
crossborder | Where it is stored | Information is stored in the country in which your account was opened.
transfer | Transfers abroad | We send information abroad only with your separate consent. // 仅在取得单独同意后，我们才会向境外提供信息。
lawgov | Law | The law of the place in Annex A governs this agreement.
severable | If a part falls away | If one clause is invalid the others stay in force.
`);

const DELIVERY = '您从聊天中寄件时，配送合作方会收到您的地址。';
const PARTNERS = 'partners | Shopping partners 购物合作方';
const V31 = `${PARTNERS} | When you ask us to, we share your order status with the shopping partner you open. // 经您要求，我们会向您打开的购物合作方共享订单状态。`;
export const WITH_TILEWORK = reword(
	'partners',
	'When you open a shopping partner’s page, we share your order status and delivery address with that partner, including Harbor (港集) and Tilework (瓦市). // 您打开购物合作方页面时，我们会共享订单状态和收货地址，合作方包括港集和瓦市。'
);

export interface Version {
	name: string;
	/** Day of the script on which it was first seen. */
	day: string;
	edits: readonly Edit[];
}

/** Confirmed all of them but the last, which is too young. */
export const LANTERN_VERSIONS: readonly Version[] = [
	{
		name: 'v29', day: '2025-08-12',
		edits: [reword('retention', 'We keep service records for six months and payment records as long as the law demands.')]
	},
	{
		name: 'v30', day: '2025-12-09',
		edits: [reword('delivery', `A delivery partner receives your address when you send a parcel from a chat. // ${DELIVERY}我们不会向雁程提供您的通讯录。`)]
	},
	{ name: 'v31', day: '2026-03-21', edits: [insert('processors', V31)] },
	{
		name: 'v32', day: '2026-05-14',
		edits: [reword('partners', 'When you open a shopping partner’s page, we share your order status with that partner. // 您打开购物合作方页面时，我们会向其共享订单状态。')]
	},
	{
		name: 'v33', day: '2026-07-30',
		edits: [
			reword('partners', 'When you open a shopping partner’s page, we share your order status and delivery address with that partner. // 您打开购物合作方页面时，我们会向其共享订单状态和收货地址。'),
			insert('partners', '>stop | Stopping it 停止共享 | You can end the sharing with a shopping partner in Settings at any time.')
		]
	},
	{
		name: 'v34', day: '2026-09-22',
		edits: [reword('partners', 'When you open a shopping partner’s page, we share your order status and delivery address with that partner, including Harbor (港集) and companies in its group. // 您打开购物合作方页面时，我们会向其共享订单状态和收货地址，合作方包括港集及其集团公司。')]
	},
	{
		name: 'v35', day: '2026-10-13',
		edits: [reword('models', 'We do not train language models on private messages. Public posts may be used for training; you can object in Settings.')]
	},
	{
		name: 'v36', day: '2026-11-08',
		edits: [
			reword('partners', 'When you open a shopping partner’s page, we share your order status, delivery address and a payment token with that partner, including Harbor (港集) and companies in its group. // 您打开购物合作方页面时，我们会向其共享订单状态、收货地址和支付令牌，合作方包括港集及其集团公司。'),
			insert('stop', '>pay | Paying a partner 向合作方付款 | You may settle payment for an order with a shopping partner without leaving Lantern. Countwell (算筹) holds the payment; the partner receives the amount and the order number. // 您可在不离开灯笼的情况下，向购物合作方完成订单付款。款项由算筹保管；合作方仅获知金额与订单号。'),
			reword('delivery', `A delivery partner receives your address when you send a parcel from a chat. // ${DELIVERY}我们不会向雁程（Swallowtail）提供您的通讯录或收货地址。`),
			remove('shoplinks'),
			move('complaints', 'access')
		]
	},
	{
		name: 'v37', day: '2026-11-17',
		edits: [insert('import', 'linking | Linking an account 账号互联 | You may link your account with a shopping partner; it then recognises you when you open its page. // 您可将账号与购物合作方互联；此后您打开其页面时，对方可识别您的身份。')]
	}
]; // prettier-ignore

/** What stood on the page for hours only: day and time it was seen, day and time it was gone, and what it was. */
export interface Flap {
	seen: readonly [day: string, time: string];
	gone: readonly [day: string, time: string];
	edit: Edit;
}
const NO_COURIERS = remove('couriers');
export const LANTERN_FLAPS: readonly Flap[] = [
	// Shopping partners, taken back for two days before they stayed.
	{ seen: ['2026-03-19', '00:04'], gone: ['2026-03-19', '12:04'], edit: insert('processors', V31) },
	{ seen: ['2026-06-04', '06:04'], gone: ['2026-06-04', '18:04'], edit: NO_COURIERS },
	{ seen: ['2026-06-05', '06:04'], gone: ['2026-06-05', '12:04'], edit: NO_COURIERS },
	{ seen: ['2026-08-26', '12:04'], gone: ['2026-08-26', '18:04'], edit: reword('age', 'Lantern is for people of sixteen and above. // 灯笼面向年满十六周岁的用户。') },
	{ seen: ['2026-10-02', '12:04'], gone: ['2026-10-03', '00:04'], edit: WITH_TILEWORK },
	{ seen: ['2026-10-03', '06:04'], gone: ['2026-10-03', '12:04'], edit: WITH_TILEWORK }
]; // prettier-ignore

/** Fetches that brought an empty page, each mended by the next one. */
export const LANTERN_BROKEN = ['2026-01-11', '2026-07-06'] as const;
export const EMPTY_PAGE = '# Lantern\n\nLoading …\n';

/** From which day which extraction rules read the page. */
export const EXTRACTORS = [
	{ day: '2025-12-01', rules: 'rules-7' },
	{ day: '2026-06-15', rules: 'rules-8' }
] as const;
