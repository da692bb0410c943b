-- Typed observations about one or two organisations. `id` hashes the evidence, the type, the pair and the place in the evidence: the same
-- evidence gives the same row. A re-reading writes what has changed again, and `live = false` for what fell away; the row recorded last counts.
CREATE TABLE IF NOT EXISTS signals (
	a LowCardinality(String) COMMENT 'watchlist id, the first of a pair by the alphabet',
	b LowCardinality(String) COMMENT 'empty where one organisation alone is told of',
	id UInt128,
	recorded DateTime64(3, 'UTC'),
	at DateTime64(3, 'UTC') COMMENT 'when it could be known',
	known DateTime64(3, 'UTC') ALIAS at,
	happened Nullable(DateTime64(3, 'UTC')),
	type LowCardinality(String),
	probability Float64,
	quote String CODEC(ZSTD(3)),
	source LowCardinality(String),
	reliability LowCardinality(String) COMMENT 'Admiralty, A to F',
	copyOf UInt128 COMMENT 'the signal that it repeats, or 0',
	evidence Tuple(kind LowCardinality(String), id String),
	detector LowCardinality(String) COMMENT 'with its version and that of the watchlist',
	live Bool,
	position UInt64 COMMENT 'when the newest of what decided it was accepted, ms',
	CONSTRAINT instant CHECK at < '2200-01-01 00:00:00',
	CONSTRAINT chance CHECK probability >= 0 AND probability <= 1
) ENGINE = ReplacingMergeTree(position)
ORDER BY (a, b, id, recorded)
SETTINGS non_replicated_deduplication_window = 1000;
