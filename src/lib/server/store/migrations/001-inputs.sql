-- The three inputs, append-only, every accepted event entire: optional fields that were absent are NULL, those that were empty are ''.
-- Every table: `known` when the fact could first be known (`assumed`: by the rules for imports), `accepted` when the log took it,
-- `position` where it stands in its partition of the log (offset * 1024 + row), `origin` by which way it came in.

CREATE TABLE IF NOT EXISTS traffic (
	metric LowCardinality(String),
	provider LowCardinality(String),
	destination LowCardinality(String),
	source LowCardinality(String),
	`from` Date,
	`to` Date,
	revision UInt64,
	revised Bool COMMENT 'the event carried a revision',
	observedAt Nullable(DateTime64(3, 'UTC')),
	value Float64,
	known DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
	assumed Bool,
	accepted DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
	position UInt64 CODEC(Delta, ZSTD),
	origin LowCardinality(String),
	CONSTRAINT period CHECK `to` >= `from` AND `to` < '2149-06-06', -- the last day a Date can hold: later ones end up there
	CONSTRAINT instant CHECK known < '2200-01-01 00:00:00',
	CONSTRAINT number CHECK isFinite(value) AND value >= 0
) ENGINE = ReplacingMergeTree
ORDER BY (metric, provider, destination, source, `from`, `to`, revision, accepted, position)
SETTINGS non_replicated_deduplication_window = 1000;

-- `id` hashes the canonical address, `content` what was said there; of two sightings of one text at one address the first stays.
CREATE TABLE IF NOT EXISTS news (
	id UInt64,
	content UInt64,
	url String,
	title String,
	text Nullable(String) CODEC(ZSTD(3)),
	publisher LowCardinality(String),
	author Nullable(String),
	language LowCardinality(Nullable(String)) COMMENT 'as the event says',
	detected LowCardinality(String) COMMENT 'as the text says; empty when it cannot be told',
	publishedAt DateTime64(3, 'UTC'),
	observedAt Nullable(DateTime64(3, 'UTC')),
	feed LowCardinality(Nullable(String)),
	known DateTime64(3, 'UTC'),
	assumed Bool,
	accepted DateTime64(3, 'UTC'),
	position UInt64,
	origin LowCardinality(String),
	CONSTRAINT instant CHECK known < '2200-01-01 00:00:00' AND publishedAt < '2200-01-01 00:00:00',
	first UInt64 MATERIALIZED 9223372036854775807 - (toUnixTimestamp64Milli(accepted) * 1048576 + position % 1048576),
	INDEX words lowerUTF8(concat(title, '\n', ifNull(text, ''))) TYPE text(tokenizer = ngrams(2))
) ENGINE = ReplacingMergeTree(first)
ORDER BY (id, content)
SETTINGS non_replicated_deduplication_window = 1000;

-- Written before the sightings that name it.
CREATE TABLE IF NOT EXISTS policy_texts (
	hash FixedString(32) COMMENT 'SHA-256 of the text',
	text String CODEC(ZSTD(9))
) ENGINE = ReplacingMergeTree
ORDER BY hash
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS policy_sightings (
	service LowCardinality(String),
	document LowCardinality(String),
	fetched DateTime64(3, 'UTC'),
	collector LowCardinality(Nullable(String)),
	extractor LowCardinality(Nullable(String)),
	hash FixedString(32),
	size UInt32 COMMENT 'characters of the text',
	url Nullable(String),
	language LowCardinality(Nullable(String)),
	known DateTime64(3, 'UTC') ALIAS fetched,
	accepted DateTime64(3, 'UTC'),
	position UInt64,
	origin LowCardinality(String),
	CONSTRAINT instant CHECK fetched < '2200-01-01 00:00:00',
	latest UInt64 MATERIALIZED toUnixTimestamp64Milli(accepted) * 1048576 + position % 1048576
) ENGINE = ReplacingMergeTree(latest)
ORDER BY (service, document, fetched, collector, extractor, hash)
SETTINGS allow_nullable_key = 1, non_replicated_deduplication_window = 1000;
