import { describe, expect, it } from 'vitest';
import { meaningReader } from './meaning.ts';

const meaningOf = meaningReader();
const changed = (before: string | null, after: string | null) =>
	meaningOf(before, after).capabilities.map(({ capability, direction }) => `${capability} ${direction}`);

describe('a new clause opens', () => {
	it.each([
		['shopping', 'You can browse and buy products from Norden without leaving the app.'],
		['shopping', 'You may place orders with merchants inside Lantern.'],
		['payments', 'You may settle payment for an order without leaving Lantern.'],
		['payments', 'You can pay with your Paylane wallet.'],
		['payments', 'Payments are processed by Paylane.'],
		['account-linking', 'If you link your account with Norden, we receive your Norden user name.'],
		['account-linking', 'You can sign in with Norden.'],
		['group-sharing', 'We share your profile with our affiliates and the companies of our group.'],
		['partner-sharing', 'We share your order status with Norden so that it can deliver.'],
		['partner-sharing', 'Sellers receive your delivery address.'],
		['ad-targeting', 'We show you ads based on what you read.'],
		['ai-training', 'We use your posts to train our models.'],
		['shopping', '您可以在本应用内直接购买诺登商城的商品。'],
		['payments', '您可以使用付巷钱包付款。'],
		['payments', '款项由付巷保管。'],
		['account-linking', '您可将账号与购物合作方互联；此后对方可识别您的身份。'],
		['account-linking', '当您绑定诺登账号后，我们将获取您的昵称。'],
		['group-sharing', '我们会与关联公司共享您的个人信息。'],
		['partner-sharing', '我们会向合作伙伴提供您的订单信息。'],
		['partner-sharing', '我们将与诺登共享您的收货地址。'],
		['ad-targeting', '我们会根据您的浏览记录投放个性化广告。'],
		['ai-training', '您发布的内容可能用于训练大模型。']
	])('%s: %s', (capability, clause) => {
		expect(changed(null, clause)).toContain(`${capability} opened`);
		expect(changed(clause, null)).toContain(`${capability} closed`);
	});
});

describe('what denies or ends closes', () => {
	it.each([
		['partner-sharing', 'We do not share your order status with Norden.'],
		['partner-sharing', 'We no longer disclose personal data to third parties.'],
		['group-sharing', 'We never transfer your contacts to our affiliates.'],
		['partner-sharing', 'From March we will stop sharing your data with partners.'],
		['payments', 'You can no longer pay with your Paylane wallet.'],
		['account-linking', 'Signing in with a Norden account is no longer possible.'],
		['ai-training', 'We do not use your posts to train AI models.'],
		['partner-sharing', '我们不会与第三方共享您的个人信息。'],
		['account-linking', '现已停止支持使用诺登账号登录。'],
		['payments', '本应用不再支持使用付巷支付。']
	])('%s: %s', (capability, clause) => {
		expect(changed(null, clause)).toContain(`${capability} closed`);
		expect(changed(clause, null)).toEqual([]);
	});

	it('turns an open door when the denial comes, and opens it when the denial goes', () => {
		const [open, denied] = ['We share orders with sellers.', 'We do not share orders with sellers.'];
		expect(changed(open, denied)).toEqual(['partner-sharing closed']);
		expect(changed(denied, open)).toEqual(['partner-sharing opened']);
		expect(changed('我们不会向第三方提供您的信息。', '我们会向第三方提供您的信息。')).toEqual([
			'partner-sharing opened'
		]);
	});
});

describe('nothing opens or closes', () => {
	it.each([
		['a heading', '5.4 Linking an account with a shopping partner'],
		['a heading', '支付与结算'],
		['a duty of the reader', 'You may not share your password with third parties.'],
		['a duty of the reader', 'You must not sell your account to other members or to third parties.'],
		['a duty of the reader', '您不得向第三方提供您的账号。'],
		['a way out', 'You can opt out of sharing your data with our partners at any time.'],
		['a way out', '您可以随时解除账号绑定。'],
		['among readers', 'You decide whom you share your photos with: friends see them first.'],
		['no capability', 'Payment matters to all of us.'],
		['no capability', 'Harbor is a trademark of its owner.'],
		['no capability', '我们重视您的支付安全。']
	])('in %s: %s', (_, clause) => {
		expect(changed(null, clause)).toEqual([]);
		expect(changed(clause, null)).toEqual([]);
	});

	it('of a shop where an account is linked with one', () => {
		expect(changed(null, 'You may link your account with a shopping partner.')).toEqual([
			'account-linking opened'
		]);
	});

	it('where the clause spoke of it before, or other words of it changed', () => {
		expect(changed('You can pay with your card.', 'You can pay with your card or in cash.')).toEqual([]);
		expect(
			changed('Sellers receive your address for 30 days.', 'Sellers receive your address for 90 days.')
		).toEqual([]);
		expect(
			changed(
				'We share your address with the partners.',
				'We share your address, on paper only, with the partners.'
			)
		).toEqual([]);
	});
});
