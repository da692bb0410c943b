-- Where the words of a signal stand in an article, and who did it to whom.
ALTER TABLE signals
	ADD COLUMN IF NOT EXISTS field LowCardinality(String) COMMENT 'title or text of the article; empty in other evidence',
	ADD COLUMN IF NOT EXISTS start UInt32 COMMENT 'UTF-16 units',
	ADD COLUMN IF NOT EXISTS end UInt32,
	ADD COLUMN IF NOT EXISTS agent LowCardinality(String) COMMENT 'watchlist id of who visited, denied, kept silent, took a stake, sued; empty where both or nobody can be told',
	ADD COLUMN IF NOT EXISTS person String COMMENT 'who visited, as the watchlist names them; empty where nobody is named';
