// A plan's namespaces, whatever made them (a keeper, containers), wired to the fabric this process is in. Rules come
// before the link: `protect` is called when every namespace exists and no link is up.
import type {LiveSite} from '../core/contracts/site.ts';
import {FirebreakError} from '../core/model/failure.ts';
import type {Workload} from '../core/model/topology.ts';
import {closeNetns, withNetns} from '../kernel/netns.ts';
import {configure} from '../kernel/rtnetlink.ts';
import {differingSysctls, hasFamily, trySysctls, writeSysctls} from '../kernel/sysctl.ts';
import type {Plan, Site} from './plan.ts';
import {createLinks, openPort, openSite, prepareSite, wireFabric} from './wiring.ts';

/** A site of the plan that lives. */
export type BootedSite = Site & LiveSite;

/** Whether programs of a workload's own answer at its services. */
export type OwnServices = (workload: Workload) => boolean;

/** What a runtime gives: a network namespace for each workload of the plan, in its order. */
export interface Namespaces {
	/** The user namespace that owns them, by a descriptor; null where they are of containers. */
	readonly user: number | null;
	/** Descriptors, some at a time and as soon as they are there. To be read once; whoever reads closes them. */
	readonly turns: AsyncIterable<readonly number[]>;
}

export interface Booted extends AsyncDisposable {
	/** Those that live now. */
	readonly sites: readonly BootedSite[];
	/** The user namespace that owns the workloads' namespaces; null where they are of containers. */
	readonly user: number | null;
	/**
	 * Becomes another plan, of which `gone` end and those that are new come up. No packet of theirs passes while `protect`
	 * works; where that throws, all is as it was.
	 *
	 * @param namespaces - as many as are new; `user` is the same
	 * @param protect - loads the rules of all sites that stay or are new; the latter's links are down
	 * @returns those that are new
	 */
	become(next: Plan, change: Becoming): Promise<readonly BootedSite[]>;
}

export interface Becoming {
	readonly gone: ReadonlySet<string>;
	readonly namespaces: Namespaces;
	readonly protect: (sites: readonly BootedSite[]) => Promise<void>;
	/** Called when `gone` have ended and before those that are new come up. */
	readonly between: (added: readonly BootedSite[]) => void;
}

/** Neighbour discovery and address detection off, short memory for closed connections, no limit on ICMP errors. */
const quiet = {
	'ipv6.conf.default.addr_gen_mode': 1,
	'ipv6.conf.all.disable_ipv6': 0,
	'ipv6.conf.default.disable_ipv6': 0,
	'ipv4.icmp_ratemask': 0,
	'ipv6.icmp.ratemask': 0,
};
const fabric = {
	'ipv4.ip_forward': 1,
	'ipv6.conf.all.forwarding': 1,
	'ipv4.conf.all.rp_filter': 0,
	'ipv4.conf.default.rp_filter': 0,
};
const shortMemory = {
	'netfilter.nf_conntrack_tcp_timeout_close': 1,
	'netfilter.nf_conntrack_tcp_timeout_time_wait': 1,
	'netfilter.nf_conntrack_udp_timeout': 2,
	'netfilter.nf_conntrack_icmp_timeout': 2,
	'netfilter.nf_conntrack_icmpv6_timeout': 2,
};

/** Sites as their namespaces come: some at a time, in the plan's order. */
async function* preparedSites(
	planned: readonly Site[],
	namespaces: Namespaces,
	ownServices: OwnServices,
): AsyncGenerator<readonly BootedSite[]> {
	let at = 0;
	for await (const turn of namespaces.turns)
		yield turn.map((netns): BootedSite => {
			const site = planned[at++]!;
			return {...site, netns, ...(ownServices(site.workload) ? {ownServices: true} : {})};
		});
}

/** Their links, all down, and what lies at their own ends. */
function wireSites(sites: readonly BootedSite[]): void {
	// One keeper or daemon made them all a moment ago: what the first has already, all have.
	const loud = sites[0] && withNetns(sites[0].netns, () => differingSysctls(quiet));
	for (const site of sites) withNetns(site.netns, () => writeSysctls(loud ?? {}));
	configure(createLinks(sites));
	for (const site of sites) withNetns(site.netns, () => configure(prepareSite(site)));
}

/** Their links up, when their rules are loaded. */
function openSites(sites: readonly BootedSite[], plan: Plan): void {
	for (const site of sites) {
		withNetns(site.netns, () => {
			trySysctls(shortMemory);
			configure(openSite(site, plan));
		});
	}
	configure(sites.flatMap(openPort));
}

/**
 * Boots a plan in the network namespace this process is in, which becomes the fabric. Each turn of namespaces is wired
 * while the next is made.
 *
 * @param namespaces - as many as the plan has sites
 * @param protect - loads the rules of some sites, which are wired meanwhile; no link is up before all have resolved
 * @param ownServices - the workloads whose services are programs of their own
 * @throws FirebreakError where the kernel refuses namespaces, `no-ipv6` where it has only one family
 */
export async function boot(
	plan: Plan,
	namespaces: Namespaces,
	protect: (sites: readonly BootedSite[]) => Promise<void>,
	ownServices: OwnServices = () => false,
): Promise<Booted> {
	if (!hasFamily('ipv6')) throw noIpv6();
	writeSysctls({...quiet, ...fabric});
	trySysctls(shortMemory);
	configure(wireFabric(plan));
	const {user} = namespaces;
	const sites: BootedSite[] = [];
	const protecting: Promise<void>[] = [];
	for await (const some of preparedSites(plan.sites, namespaces, ownServices)) {
		sites.push(...some);
		const done = protect(some);
		done.catch(() => undefined);
		protecting.push(done);
		wireSites(some);
		// So that this process hears the helpers that load rules meanwhile.
		await new Promise(resolve => setImmediate(resolve));
	}
	await Promise.all(protecting);
	openSites(sites, plan);
	let disposed = false;
	return {
		sites,
		user,
		async become(next, {gone, namespaces: fresh, protect: guard, between}) {
			const going = sites.filter(({workload}) => gone.has(workload.name));
			const staying = sites.filter(site => !going.includes(site));
			const planned = new Map(next.sites.map(site => [site.workload.name, site]));
			const known = new Set(staying.map(({workload}) => workload.name));
			const coming = next.sites.filter(({workload}) => !known.has(workload.name));
			const added = (await Array.fromAsync(preparedSites(coming, fresh, ownServices))).flat();
			const kept = staying.map(site => ({...site, ...planned.get(site.workload.name)!}));
			configure(going.map(({port}) => ({kind: 'down', index: port.index})));
			try {
				await guard([...kept, ...added]);
			} catch (error) {
				configure(going.flatMap(openPort));
				dispose(added, null);
				throw error;
			}
			configure(going.map(({port}) => ({kind: 'delete-link', index: port.index})));
			wireSites(added);
			sites.splice(
				0,
				sites.length,
				...[...kept, ...added].sort((a, b) => (a.workload.name < b.workload.name ? -1 : 1)),
			);
			between(added);
			dispose(going, null);
			openSites(added, next);
			return added;
		},
		async [Symbol.asyncDispose]() {
			if (!disposed) dispose(sites, user);
			disposed = true;
		},
	};
}

const noIpv6 = (): FirebreakError =>
	new FirebreakError(
		'no-ipv6',
		'this kernel runs without IPv6 (ipv6.disable=1), and a policy is rehearsed for both families',
		'boot it without ipv6.disable=1, or --model-only',
	);

/** The kernel takes links, rules and connections once a namespace's last descriptor is closed; nobody has to wait for it. */
function dispose(sites: readonly BootedSite[], user: number | null): void {
	for (const netns of [...sites.map(site => site.netns), user]) if (netns !== null) closeNetns(netns);
}
