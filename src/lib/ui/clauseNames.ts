/** Names of what clauses are about and what they allow. */
import type { Capability } from '#lib/domain/policies/capabilities.ts';
import { m } from '#lib/paraglide/messages.js';

const CLAUSE_TOPICS: Record<string, () => string> = {
	'third-party-sharing': m.topic_third_party_sharing,
	shopping: m.topic_shopping,
	payments: m.topic_payments,
	advertising: m.topic_advertising,
	location: m.topic_location,
	biometrics: m.topic_biometrics,
	minors: m.topic_minors,
	'cross-border': m.topic_cross_border,
	retention: m.topic_retention,
	security: m.topic_security,
	'ai-training': m.topic_ai_training,
	'account-linking': m.topic_account_linking
};
/** What a clause is about. */
export const clauseTopic = (topic: string): string => CLAUSE_TOPICS[topic]?.() ?? topic;

const CAPABILITIES: Record<Capability, () => string> = {
	shopping: m.capability_shopping,
	payments: m.capability_payments,
	'account-linking': m.capability_account_linking,
	'group-sharing': m.capability_group_sharing,
	'partner-sharing': m.capability_partner_sharing,
	'ad-targeting': m.capability_ad_targeting,
	'ai-training': m.capability_ai_training
};
/** What a clause gives somebody a way to, or takes away. */
export const capabilityName = (capability: Capability): string => CAPABILITIES[capability]();
