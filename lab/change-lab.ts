// A running lab becomes another topology: workloads go, come, and have other labels. Whoever is new has rules before its
// link is up, and so has everybody else about it; whoever is gone leaves nothing that its address would inherit.
import {hasMetadata} from '../core/attack/model-replies.ts';
import type {Ruleset} from '../core/contracts/enforcer.ts';
import type {Applied, Changed} from '../core/contracts/lab.ts';
import {FirebreakError} from '../core/model/failure.ts';
import type {Topology} from '../core/model/topology.ts';
import {type TopologyChange, topologyChange} from '../core/model/topology-change.ts';
import {forgetConnections, tracksAny} from '../kernel/conntrack.ts';
import {createNamespaces} from '../kernel/keeper.ts';
import {homeNetns, withNetns} from '../kernel/netns.ts';
import type {BootedSite, Namespaces} from '../topologies/boot.ts';
import {replan} from '../topologies/plan.ts';
import type {Parts} from './engine-lab.ts';
import {selfTest} from './self-test.ts';

/**
 * @param rulesets - of every workload of `topology`
 * @throws FirebreakError `apply-refused`: the lab is as it was; `change-unsupported`: nothing was tried
 */
export async function changeLab(parts: Parts, topology: Topology, rulesets: readonly Ruleset[]): Promise<Changed> {
	const {runtime, rules, prober, witness, listeners, rooms, speakers} = parts;
	const change = topologyChange(parts.request.topology, topology);
	refuseUnsupported(parts, topology, change);
	const gone = new Set(change.gone);
	const going = runtime.sites.filter(({workload}) => gone.has(workload.name));
	const plan = replan(parts.plan, topology, gone);
	let applied: Applied | undefined;
	let forgotten = 0;
	const between = (added: readonly BootedSite[]): void => {
		for (const site of going) {
			const {name} = site.workload;
			listeners.leave(name);
			witness.leave(name);
			prober.leave(site);
			rooms.leave(name);
			rules.forget(site.netns);
		}
		forgotten = forgetEverywhere(parts, going);
		parts.request = {...parts.request, topology, rulesets};
		parts.plan = plan;
		speakers.become(topology);
		rooms.become(topology);
		for (const site of added) {
			prober.join(site);
			witness.join(site);
			listeners.join(site);
		}
	};
	await runtime.become(plan, {
		gone,
		namespaces: await namespacesFor(parts, change.added.length),
		async protect(sites) {
			applied = await rules.load(rulesets, sites, 'go on');
		},
		between,
	});
	selfTest(runtime.sites, new Set(plan.owners.keys()));
	return {...applied!, ...change, forgotten};
}

const nobody: AsyncIterable<readonly number[]> = (async function* () {})();

const namespacesFor = async ({request, runtime}: Parts, count: number): Promise<Namespaces> =>
	count === 0
		? {user: runtime.user, turns: nobody}
		: await createNamespaces(count, request.rootless, runtime.user ?? undefined);

/** A connection that is known passes whatever the rules say of its addresses: those of who is gone must not be. */
function forgetEverywhere({runtime}: Parts, going: readonly BootedSite[]): number {
	const addresses = new Set(going.flatMap(({workload}) => workload.addresses.map(({address}) => address)));
	if (addresses.size === 0) return 0;
	const places = [homeNetns(), ...runtime.sites.map(({netns}) => netns)];
	return places
		.map(netns => withNetns(netns, () => (tracksAny() ? forgetConnections(addresses) : 0)))
		.reduce((sum, count) => sum + count, 0);
}

function refuseUnsupported({containers, request}: Parts, topology: Topology, {gone, added}: TopologyChange): void {
	if (containers !== undefined && gone.length + added.length > 0)
		throw unsupported('workloads that are containers can get other labels, and neither come nor go');
	if (hasMetadata(topology) && !hasMetadata(request.topology))
		throw unsupported('the metadata service starts with the lab alone, and nobody had it then');
	const running = topology.workloads.find(({name, run}) => run !== null && added.includes(name));
	if (running !== undefined)
		throw unsupported(`${running.name} has a command of its own, which starts with the lab alone`);
}

const unsupported = (what: string): FirebreakError =>
	new FirebreakError('change-unsupported', what, 'firebreak down, and up with the new topology');
