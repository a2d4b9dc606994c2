// The netns runtime: namespaces for the workloads of a plan, wired to the fabric this process is in. Rules come before
// the link: `protect` is called when every namespace exists and no link is up.
import type {LiveSite} from '../../core/contracts/site.ts';
import {createNamespaces} from '../../kernel/keeper.ts';
import {closeNetns, withNetns} from '../../kernel/netns.ts';
import {configure} from '../../kernel/rtnetlink.ts';
import {differingSysctls, trySysctls, writeSysctls} from '../../kernel/sysctl.ts';
import type {Plan, Site} from '../plan.ts';
import {createLinks, openPort, openSite, prepareSite, wireFabric} from './wiring.ts';

/** A site of the plan that lives. */
export type BootedSite = Site & LiveSite;

export interface Booted extends AsyncDisposable {
	readonly sites: readonly BootedSite[];
	/** The user namespace that owns the workloads' namespaces. */
	readonly user: number;
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

/**
 * Boots a plan in the network namespace this process is in, which becomes the fabric.
 *
 * @param protect - loads the rules of all sites, which are wired meanwhile; no link is up before it resolves
 * @throws FirebreakError where the kernel refuses namespaces
 */
export async function boot(
	plan: Plan,
	rootless: boolean,
	protect: (sites: readonly BootedSite[]) => Promise<void>,
): Promise<Booted> {
	writeSysctls({...quiet, ...fabric});
	trySysctls(shortMemory);
	const {netns, user} = await createNamespaces(plan.sites.length, rootless);
	const sites = plan.sites.map(site => ({...site, netns: netns[site.at]!}));
	const protecting = protect(sites);
	protecting.catch(() => undefined);
	// One keeper made them all a moment ago: what the first has already, all have.
	const loud = sites[0] === undefined ? {} : withNetns(sites[0].netns, () => differingSysctls(quiet));
	configure(wireFabric);
	await inTurns(sites, some => {
		for (const site of some) withNetns(site.netns, () => writeSysctls(loud));
		configure(createLinks(some));
		for (const site of some) withNetns(site.netns, () => configure(prepareSite(site)));
	});
	await protecting;
	for (const site of sites) {
		withNetns(site.netns, () => {
			trySysctls(shortMemory);
			configure(openSite(site, plan));
		});
	}
	configure(sites.flatMap(openPort));
	let disposed = false;
	return {
		sites,
		user,
		async [Symbol.asyncDispose]() {
			if (!disposed) dispose(sites, user);
			disposed = true;
		},
	};
}

/** A few sites at a time, so that this process hears the helpers that load rules meanwhile. */
async function inTurns(
	sites: readonly BootedSite[],
	each: (some: readonly BootedSite[]) => void,
	size = 32,
): Promise<void> {
	for (let at = 0; at < sites.length; at += size) {
		each(sites.slice(at, at + size));
		await new Promise(resolve => setImmediate(resolve));
	}
}

/** The kernel takes links, rules and connections once a namespace's last descriptor is closed; nobody has to wait for it. */
function dispose(sites: readonly BootedSite[], user: number): void {
	for (const netns of [...sites.map(site => site.netns), user]) closeNetns(netns);
}
