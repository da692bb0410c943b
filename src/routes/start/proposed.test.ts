import { expect, test } from 'vitest';
import { proposed } from './proposed.ts';

const watched = [{ name: 'Lantern', domains: ['lantern.app'] }];

test('a page of a watched domain is its owner’s, and the title loses the name of the site', () => {
	expect(proposed({ url: 'https://www.lantern.app/p', title: 'Lantern | Privacy Agreement' }, watched)).toEqual({ service: 'Lantern', document: 'Privacy Agreement' }); // prettier-ignore
	expect(proposed({ url: 'https://help.lantern.app/p', title: '隐私政策 - 灯笼' }, watched)).toEqual({ service: 'Lantern', document: '隐私政策' }); // prettier-ignore
});
test('elsewhere it is the host’s', () => {
	expect(proposed({ url: 'https://www.shop.example/p', title: 'About us' }, watched)).toEqual({ service: 'shop.example', document: 'About us' }); // prettier-ignore
	expect(proposed({ url: 'https://notlantern.app/', title: '' }, watched)).toEqual({ service: 'notlantern.app', document: 'Policy' }); // prettier-ignore
});
