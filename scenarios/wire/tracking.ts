// How full the connection tracking of a workload is. A full table drops without a log, which must never look contained.
import {readFileSync} from 'node:fs';
import type {LiveSite} from '../../core/contracts/site.ts';
import type {Flow} from '../../core/model/flow.ts';
import {withNetns} from '../../kernel/netns.ts';

/** Name of the end of `flow` whose table is full (within 0.1%), or null. */
export function fullAt({source, destination}: Flow, sites: ReadonlyMap<string, LiveSite>): string | null {
	for (const name of [source.workload, destination.workload]) {
		const site = name === null ? undefined : sites.get(name);
		if (site !== undefined && full(site)) return site.workload.name;
	}
	return null;
}

function full({netns}: LiveSite): boolean {
	try {
		const [count, most] = withNetns(netns, () =>
			['count', 'max'].map(name => Number(readFileSync(`/proc/sys/net/netfilter/nf_conntrack_${name}`, 'utf8'))),
		);
		return count! >= most! * 0.999;
	} catch {
		return false;
	}
}
