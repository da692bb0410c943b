/** Names of what the data calls by a word of its own; a custom metric and an unknown source keep theirs. */
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
