-- Derived from the inputs by the consumers' own code; `telltale rebuild` empties and fills them again. `recorded` is when what was read
-- was accepted, or when it was read again: the same input gives the same row.

-- Organisations named in an article. A re-reading writes the article's whole set again, and `live = false` for what fell away.
CREATE TABLE IF NOT EXISTS mentions (
	id UInt64 COMMENT 'of the article',
	content UInt64,
	organisation LowCardinality(String),
	field LowCardinality(String),
	start UInt32 COMMENT 'UTF-16 units',
	end UInt32,
	text String COMMENT 'as it stands in the article',
	publishedAt DateTime64(3, 'UTC'),
	known DateTime64(3, 'UTC'),
	watchlist LowCardinality(String) COMMENT 'version it was read with',
	live Bool,
	recorded DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree
ORDER BY (organisation, id, content, field, start, end, recorded)
SETTINGS non_replicated_deduplication_window = 1000;

-- Which story an article belongs to; the row recorded last counts.
CREATE TABLE IF NOT EXISTS stories (
	id UInt64 COMMENT 'of the article',
	content UInt64,
	story UInt64,
	copyOf UInt64 COMMENT 'the article whose text it repeats, or 0',
	publishedAt DateTime64(3, 'UTC'),
	known DateTime64(3, 'UTC'),
	recorded DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(recorded)
ORDER BY (id, content)
SETTINGS non_replicated_deduplication_window = 1000;

-- What lies between two texts, a function of the two alone: a late sighting changes no row.
CREATE TABLE IF NOT EXISTS policy_changes (
	before FixedString(32),
	after FixedString(32),
	differ LowCardinality(String) COMMENT 'version of the comparison',
	changes String COMMENT 'JSON' CODEC(ZSTD(9))
) ENGINE = ReplacingMergeTree
ORDER BY (before, after, differ)
SETTINGS non_replicated_deduplication_window = 1000;
