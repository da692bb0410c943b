/** The labelled texts that the signal models learn from, read from the folder of shared data; the fold that judges is left out. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Field } from '#lib/domain/partnerships/signals/signal.ts';

/** What a text says about the organisations it brings; where a label cannot be told it is absent and the row is left out. */
export interface Labels {
	together?: boolean;
	equity?: boolean;
	dispute?: boolean;
	regulatory?: boolean;
}

export interface LabelledText {
	source: 'headlines' | 'core' | 'finre' | 'weibo' | 'verdicts';
	field: Field;
	text: string;
	names: string[];
	/** Texts of one event are never on both sides of a split. */
	group: string;
	labels: Labels;
	/** Of verdicts, whose texts are of any. */
	language?: string;
}

export interface Source {
	folder: string;
	licence: string;
	origin: string;
	/** Of the file's bytes. */
	sha256: string;
	rows: number;
}

/** Texts whose SHA-256 begins so judge the product, and teach it nothing. */
export const isHeldOut = (text: string): boolean =>
	/^[048c]/.test(createHash('sha256').update(text).digest('hex'));

const headline = z.object({
	id: z.number(), headline: z.string(), brands: z.array(z.string()), label: z.string(), event: z.string().nullable()
}); // prettier-ignore
const span = z.tuple([z.number(), z.number()]);
const core = z.object({
	text: z.string(), tokens: z.array(z.string()), e1_span: span, e2_span: span, relation: z.string(), text_in_shared: z.boolean().optional()
}); // prettier-ignore
const finre = z.object({ head: z.string(), tail: z.string(), relation: z.string(), text: z.string() });
const weibo = z.object({ title: z.string(), brands: z.array(z.string()), label: z.string() });

/** Chinese names of the brands in `weibo_hot`. */
const WEIBO_NAMES: Readonly<Record<string, string>> = {
	Alibaba: '阿里', JD: '京东', Meituan: '美团', Pinduoduo: '拼多多', Tencent: '腾讯', WeChat: '微信', Douyin: '抖音', ByteDance: '字节跳动', Taobao: '淘宝',
	Tmall: '天猫', Alipay: '支付宝', Huawei: '华为', Xiaomi: '小米', Baidu: '百度', Eleme: '饿了么', NetEase: '网易', Bilibili: 'B站', Kuaishou: '快手',
	DiDi: '滴滴', Xianyu: '闲鱼', Hema: '盒马', Xiaohongshu: '小红书', Luckin: '瑞幸', Vipshop: '唯品会'
}; // prettier-ignore

const EQUITY_ZH = /^(?:被?(?:收购|拟收购|持股|入股|增持|减持|重组|注资|借壳|转让|买资)|合并)$/;

/** Whether the folder has the labelled sets. */
export const hasData = (folder: string): boolean => existsSync(join(folder, 'gnews_headlines'));

/** Where each source is read from. */
export const FOLDERS = {
	headlines: 'gnews_headlines', core: 'core_company_relations', finre: 'finre_zh', weibo: 'weibo_hot', verdicts: 'verdicts'
} as const satisfies Record<LabelledText['source'], string>; // prettier-ignore

/** All labelled texts that may teach, those that judge, and what they were read from. */
export function labelledTexts(folder: string): {
	texts: LabelledText[];
	heldOut: LabelledText[];
	sources: Source[];
} {
	const sources: Source[] = [];
	const read = <T>(
		name: string,
		part: string,
		schema: z.ZodType<T>,
		licence: string,
		origin: string
	): T[] => {
		const file = readdirSync(join(folder, name)).sort().find((f) => f.endsWith('.jsonl.gz') && f.includes(part)); // prettier-ignore
		const bytes = readFileSync(join(folder, name, file ?? `${part}.jsonl.gz`));
		const rows = gunzipSync(bytes).toString().split('\n').filter(Boolean).map((line) => schema.parse(JSON.parse(line))); // prettier-ignore
		sources.push({
			folder: name,
			licence,
			origin,
			sha256: createHash('sha256').update(bytes).digest('hex'),
			rows: rows.length
		});
		return rows;
	};
	const texts = [
		...headlines(read('gnews_headlines', 'gold', headline, 'MIT; headlines belong to their publishers', 'wklnd/news-archive@698a4d023612')),
		...coreTexts(read('core_company_relations', 'train', core, 'CC-BY 4.0', 'pnborchert/CORE@168899d289f6')),
		...finreTexts(read('finre_zh', 'train', finre, 'MIT', 'thunlp/Chinese_NRE@2cd47e6dc1b9')),
		...weiboTexts(read('weibo_hot', 'gold', weibo, 'MIT', 'lxw15337674/weibo-trending-hot-history@9cec601f2a31'))
	]; // prettier-ignore
	const { teach = [], judge = [] } = Object.groupBy(texts, ({ text }) =>
		isHeldOut(text) ? 'judge' : 'teach'
	);
	return { texts: teach, heldOut: judge, sources };
}

function headlines(rows: z.output<typeof headline>[]): LabelledText[] {
	return rows.map(({ id, headline, brands, label, event }) => ({
		source: 'headlines',
		field: 'title',
		text: headline,
		names: brands,
		group: event ?? `headline ${id}`,
		labels: {
			...(label !== 'equity_or_mna' && {
				together: label === 'partnership' || label === 'partnership_talks'
			}),
			equity: label === 'equity_or_mna',
			dispute: label === 'partnership_end_or_dispute',
			regulatory: label === 'legal_or_regulatory'
		}
	}));
}

function coreTexts(rows: z.output<typeof core>[]): LabelledText[] {
	const name = (tokens: string[], [from, to]: [number, number]) => tokens.slice(from, to + 1).join(' ');
	return rows.filter((row) => row.text_in_shared !== true).map(({ text, tokens, e1_span, e2_span, relation }) => ({
		source: 'core',
		field: 'text',
		text,
		names: [name(tokens, e1_span), name(tokens, e2_span)],
		group: text,
		labels: {
			together: relation === 'collaboration',
			...(relation !== 'shareholder_of' && { equity: relation === 'acquired_by' || relation === 'merged_with' })
		}
	})); // prettier-ignore
}

/** A pair has a row for each direction and relation; here it has one. */
function finreTexts(rows: z.output<typeof finre>[]): LabelledText[] {
	const pairs = new Map<string, { text: string; names: string[]; relations: Set<string> }>();
	for (const { head, tail, relation, text } of rows) {
		if (head === tail) continue;
		const names = [head, tail].sort();
		const key = JSON.stringify([text, names]);
		const pair = pairs.get(key) ?? { text, names, relations: new Set() };
		pairs.set(key, pair);
		pair.relations.add(relation);
	}
	return [...pairs.values()].map(({ text, names, relations }) => ({
		source: 'finre',
		field: 'text',
		text,
		names,
		group: text,
		labels: {
			together: ['合作', '签约', '合资'].some((relation) => relations.has(relation)),
			equity: [...relations].some((relation) => EQUITY_ZH.test(relation)),
			dispute: relations.has('纠纷') || relations.has('欠款')
		}
	}));
}

function weiboTexts(rows: z.output<typeof weibo>[]): LabelledText[] {
	return rows.flatMap(({ title, brands, label }): LabelledText[] => {
		const names = brands.flatMap((brand) => {
			const name = title.includes(brand) ? brand : WEIBO_NAMES[brand];
			return name !== undefined && title.includes(name) ? [name] : [];
		});
		if (names.length < 2 || label === 'same_group') return [];
		const labels = {
			together: label.startsWith('partnership'),
			equity: label === 'investment_or_divestment',
			dispute: label === 'block_or_hostile' || label === 'lawsuit',
			regulatory: label === 'regulatory'
		};
		return [{ source: 'weibo', field: 'title', text: title, names, group: title, labels }];
	});
}
