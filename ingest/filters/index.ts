/** The filters that there are, by the name of their command. */
import { detect } from './detect.ts';
import { diff } from './diff.ts';
import { feed } from './feed.ts';
import type { Filter } from './filter.ts';
import { shares } from './shares.ts';
import { stories } from './stories.ts';
import { verdicts } from './verdicts.ts';

export type { Filter, FilterContext, FilterOption } from './filter.ts';

export const filters: Readonly<Record<string, Filter>> = { detect, diff, feed, shares, stories, verdicts };
