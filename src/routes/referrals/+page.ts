import { unpack } from './columns.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ data }) => ({
	...data,
	shares: data.shares && { ...data.shares, series: unpack(data.shares.series) }
});
