/** What is wrong with what somebody entered, in their language. */
import type { z } from 'zod';
import { faultOf, type Fault } from '#lib/domain/fault.ts';
import { m } from '#lib/paraglide/messages.js';
import { reasonText } from './reasons.ts';

const TEXTS: Record<Fault['kind'], (about: { limit: number; name: string }) => string> = {
	type: m.fault_type,
	empty: m.fault_empty,
	long: m.fault_long,
	many: m.fault_many,
	choice: m.fault_choice,
	unknown: m.fault_unknown,
	slug: m.fault_slug,
	span: m.fault_span,
	url: m.fault_url,
	language: m.fault_language,
	twice: m.fault_twice,
	'own-owner': m.fault_own_owner,
	unwatched: m.fault_unwatched,
	yaml: m.fault_yaml,
	other: m.fault_other
};
export const faultText = ({ kind, limit = 0, name = '' }: Fault): string => TEXTS[kind]({ limit, name });

/** Why something was not done: what is wrong with it, or which part of ours does not answer. */
export function problemText(problem: { code: string; message: string; fault?: Fault | undefined }): string {
	if (problem.fault) return faultText(problem.fault);
	if (problem.code.startsWith('desk-')) return m.error_desk();
	if (problem.code.startsWith('store-')) return m.error_store();
	return reasonText(problem.message);
}

/** The first thing that is wrong with a form, its field by the label that it has there. */
export function mistakeText(error: z.ZodError, labels: Record<string, () => string>): string {
	const [issue] = error.issues;
	if (!issue) return m.fault_other();
	const field = String(issue.path[0] ?? '');
	return m.watch_mistake({ field: labels[field]?.() ?? field, message: faultText(faultOf(issue)) });
}
