-- The article that a signal is read from, as stories name it; 0 in other evidence.
ALTER TABLE signals ADD COLUMN IF NOT EXISTS article UInt64 MATERIALIZED if(evidence.kind = 'news', toUInt64OrZero(evidence.id), 0);
ALTER TABLE signals MATERIALIZE COLUMN article;
