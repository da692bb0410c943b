-- What people say of where a report belongs stands beside what clustering said, and not in its place: past days are told as they were.
ALTER TABLE stories
	ADD COLUMN IF NOT EXISTS said DateTime64(3, 'UTC') COMMENT 'when a person said so; the epoch where clustering did',
	MODIFY ORDER BY (id, content, said);
