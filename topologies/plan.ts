// What a topology becomes in the lab: a link for each workload, and what lies at its two ends. Pure: names and indexes
// follow from the topology's order alone. FACTS: routed wiring with permanent neighbours.
import type {Topology, Workload} from '../core/model/topology.ts';

export const gateway = {4: '169.254.1.1', 6: 'fe80::1'} as const;
/** The fabric's own addresses, or `reject` there would answer from nowhere. */
export const fabricAddress = {4: '169.254.1.1', 6: 'fd00:f1eb:ffff::1'} as const;
export const fabricMac = '02:fb:00:00:00:01';

/** One workload's place in the lab. */
export interface Site {
	readonly workload: Workload;
	/** 0-based, in the topology's order. */
	readonly at: number;
	/** Name and index of its link's end in the fabric: `v0`, 10. */
	readonly port: {readonly name: string; readonly index: number};
	/** Its own end: always `eth0`, index 2. */
	readonly link: {readonly name: 'eth0'; readonly index: 2; readonly mac: string};
}

export interface Plan {
	readonly lab: string;
	readonly topology: Topology;
	readonly sites: readonly Site[];
	/** Owner of each address. */
	readonly owners: ReadonlyMap<string, Site>;
}

/** The plan of a lab of that id (`[a-z0-9]{1,16}`). */
export const plan = (topology: Topology, lab: string): Plan => planOf(lab, topology, topology.workloads.map(siteAt));

/** The plan of a topology that takes the place of another: who stays keeps its link, who is `gone` or new has one of its own. */
export function replan(before: Plan, topology: Topology, gone: ReadonlySet<string>): Plan {
	const known = new Map(before.sites.map(site => [site.workload.name, site]));
	let next = Math.max(-1, ...before.sites.map(({at}) => at)) + 1;
	const sites = topology.workloads.map(workload => {
		const site = gone.has(workload.name) ? undefined : known.get(workload.name);
		return site === undefined ? siteAt(workload, next++) : {...site, workload};
	});
	return planOf(before.lab, topology, sites);
}

const siteAt = (workload: Workload, at: number): Site => ({
	workload,
	at,
	port: {name: `v${at}`, index: at + 10},
	link: {name: 'eth0', index: 2, mac: mac(at + 1)},
});

function planOf(lab: string, topology: Topology, sites: readonly Site[]): Plan {
	const owners = new Map(sites.flatMap(site => site.workload.addresses.map(({address}) => [address, site] as const)));
	return {lab, topology, sites, owners};
}

const mac = (number: number): string =>
	`02:fb:01:${[16, 8, 0].map(shift => ((number >> shift) & 255).toString(16).padStart(2, '0')).join(':')}`;
