/** Names of what the data calls by a word of its own; a custom metric and an unknown source keep theirs. */
import type { Capability } from '#lib/domain/policies/capabilities.ts';
import { m } from '#lib/paraglide/messages.js';

const METRICS: Record<string, () => string> = {
	visits: m.metric_visits,
	visitors: m.metric_visitors,
	new_users: m.metric_new_users,
	users: m.metric_users,
	sessions: m.metric_sessions,
	pageviews: m.metric_pageviews,
	orders: m.metric_orders,
	revenue: m.metric_revenue,
	spend: m.metric_spend
};
export const metricName = (metric: string): string => METRICS[metric]?.() ?? metric;

const CHANNELS: Record<string, () => string> = {
	search: m.channel_search,
	social: m.channel_social,
	'ai-assistant': m.channel_ai_assistant,
	email: m.channel_email,
	paid: m.channel_paid,
	shopping: m.channel_shopping,
	news: m.channel_news,
	referral: m.channel_referral,
	'(unattributed)': m.unattributed
};
export const channelName = (channel: string): string => CHANNELS[channel]?.() ?? channel;

const GRAINS: Record<string, () => string> = { day: m.grain_day, week: m.grain_week, month: m.grain_month };
export const grainName = (grain: string): string => GRAINS[grain]?.() ?? grain;

const TOPICS: Record<string, () => string> = {
	news: m.place_news,
	policies: m.place_policies,
	traffic: m.place_referrals
};
export const topicName = (topic: string): string => TOPICS[topic]?.() ?? topic;

const LANGUAGES: Record<string, () => string> = { en: m.language_en, zh: m.language_zh };
export const languageName = (tag: string): string => LANGUAGES[tag]?.() ?? tag;

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

const SIGNALS = {
	announcement: m.signal_announcement,
	talks: m.signal_talks,
	integration: m.signal_integration,
	executive_visit: m.signal_executive_visit,
	no_comment: m.signal_no_comment,
	denial: m.signal_denial,
	policy_clause: m.signal_policy_clause,
	equity: m.signal_equity,
	supply: m.signal_supply,
	dispute: m.signal_dispute,
	regulatory: m.signal_regulatory,
	referral_shift: m.signal_referral_shift
};
/** What a signal says. */
export const signalName = (type: keyof typeof SIGNALS): string => SIGNALS[type]();

const FAILURES: Record<string, () => string> = {
	blocked: m.failure_blocked,
	gone: m.failure_gone,
	moved: m.failure_moved,
	empty: m.failure_empty,
	timeout: m.failure_timeout,
	tls: m.failure_tls,
	'too-large': m.failure_too_large,
	type: m.failure_type,
	'refused-address': m.failure_refused_address,
	dns: m.failure_dns,
	unreachable: m.failure_unreachable,
	'server-error': m.failure_server_error,
	selector: m.failure_selector
};
/** What keeps a page from being read, by the kind of the failed fetch. */
export const failureName = (kind: string): string => FAILURES[kind]?.() ?? kind;
