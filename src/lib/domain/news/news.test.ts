import { describe, expect, it } from 'vitest';
import { articleId, contentId, hash64 } from './ids.ts';
import { languageOf } from './language.ts';

describe('ids', () => {
	it('are FNV-1a of 64 bits, by its published test vectors', () => {
		const hex = (text: string) => BigInt(hash64(text)).toString(16);
		expect([hex(''), hex('a'), hex('foobar')]).toEqual([
			'cbf29ce484222325',
			'af63dc4c8601ec8c',
			'85944171f73967e8'
		]);
	});

	it('are equal for links to one article, and differ for another', () => {
		expect(articleId('https://www.example.com/a/?utm_source=x#top')).toBe(articleId('http://example.com/a'));
		expect(articleId('https://example.com/a')).not.toBe(articleId('https://example.com/b'));
	});

	it('of content tell title and text apart', () => {
		expect(contentId({ title: 'ab', text: 'c' })).not.toBe(contentId({ title: 'a', text: 'bc' }));
		expect(contentId({ title: 'ab', text: undefined })).toBe(contentId({ title: 'ab', text: '' }));
	});
});

describe('the language of a text', () => {
	it.each([
		['zh', '微信支付与京东合作'],
		['zh', 'iPhone 17 Pro Max 新品发布会'],
		['ja', '楽天がアマゾンと提携へ'],
		['ko', '네이버와 쿠팡이 손잡다'],
		['ru', 'Яндекс объявил о партнёрстве'],
		['uk', 'Київ оголосив про угоду'],
		['ar', 'أمازون تعلن عن شراكة'],
		['en', 'Shopify and TikTok sign a deal'],
		['en', 'Nvidia shares surge'],
		['en', 'De La Hoya beats Los Angeles rival'],
		['de', 'Amazon kündigt eine Partnerschaft mit der Post an'],
		['fr', 'Le groupe annonce un accord avec la plateforme pour les achats'],
		['es', 'La empresa anuncia una alianza con el gigante para las compras'],
		['sv', 'Skogsbrand vid Robertsfors'],
		['vi', 'Shopee hợp tác với ngân hàng'],
		['und', '618 🎉']
	])('is %s for "%s"', (language, text) => {
		expect(languageOf(text)).toBe(language);
	});
});
