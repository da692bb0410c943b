import { describe, expect, it } from 'vitest';
import { slice, sourceOf } from './sources.ts';

describe('a traffic source', () => {
	it.each([
		['www.google.co.uk', 'Google', 'search'],
		['google', 'Google', 'search'],
		['android-app://com.google.android.gm', 'Gmail', 'email'],
		['mail.google.com', 'Gmail', 'email'],
		['gemini.google.com', 'Gemini', 'ai-assistant'],
		['https://mp.weixin.qq.com/s?x=1', 'WeChat', 'social'],
		['com.tencent.mm', 'WeChat', 'social'],
		['l.instagram.com', 'Instagram', 'social'],
		['t.co', 'X', 'social'],
		['chatgpt.com', 'ChatGPT', 'ai-assistant'],
		['item.jd.com', 'JD', 'shopping'],
		['google / cpc', 'Google', 'paid'],
		['newsletter', 'newsletter', 'email'],
		['www.netflix.com', 'netflix.com', 'referral'],
		['Agency.example', 'agency.example', 'referral'],
		['(not set)', '(unattributed)', '(unattributed)']
	])('%s is %s by %s', (source, name, channel) => {
		expect(sourceOf(source)).toEqual({ name, channel });
	});

	it('keeps its name as a series unless it cannot be told apart', () => {
		expect(['', '(direct)', 'Unassigned', 'x.example'].map(slice)).toEqual(['(unattributed)', '(unattributed)', '(unattributed)', 'x.example']); // prettier-ignore
	});
});
