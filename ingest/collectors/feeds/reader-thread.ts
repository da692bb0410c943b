/** The thread behind reader.ts: reads feeds one after the other. */
import { readFeed, type FeedItem } from '#lib/server/feeds/feed.ts';
import { answer } from '../reading.ts';
import type { FeedQuestion } from './reader.ts';

answer<FeedQuestion, FeedItem[]>(({ bytes, context }) => readFeed(Buffer.from(bytes), context));
