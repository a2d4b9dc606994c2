// What an attack is computed on: workloads that no attacker tells apart, as one node, and the doors through which they fall.
import {listeningPorts} from '../model/listening-ports.ts';
import type {Service, Workload} from '../model/topology.ts';
import {attackClasses} from '../reach/attack-class.ts';
import {endClasses} from '../reach/end-class.ts';
import type {Reach} from '../reach/reach.ts';
import type {SimulatedWorld} from './simulated-world.ts';
import {sweepsOf} from './sweeps.ts';

/** Workloads that fall by the same ways and give the same. */
export interface AttackNode {
	/** In the list of nodes. */
	readonly index: number;
	/** Never empty; sorted as in the topology. */
	readonly members: readonly Workload[];
	/** Kinds of its members, sorted. */
	readonly kinds: readonly string[];
	/** Numbers of the secrets that lie there. */
	readonly holds: readonly number[];
	/** Number of its class in the reach; null where flows are judged one by one. */
	readonly reach: number | null;
}

/** One port at one address through which a node may fall. */
export interface AttackDoor {
	/** In the list of doors. */
	readonly number: number;
	readonly node: number;
	readonly service: Service;
	readonly port: number;
	/** Number of the address among those of a member. */
	readonly address: number;
	/** An exploit gives a shell there. */
	readonly weak: boolean;
	/** Numbers of the secrets that log in there; a login by ssh gives a shell. */
	readonly secrets: readonly number[];
}

/** A node for each part of a kind that rules, secrets, services or sweeps tell from the rest of it. */
export function nodesByKind(world: SimulatedWorld): readonly AttackNode[] {
	const {topology, stack} = world;
	const classes = new Map(
		endClasses(topology, stack, 'none').flatMap(({index, members}) => members.map(({name}) => [name, index] as const)),
	);
	const secrets = secretNumbers(world);
	const opened = doorSecrets(world);
	const {coverOf, prefixesOf} = sweepsOf(topology);
	const signature = (workload: Workload): string =>
		JSON.stringify([
			workload.kind,
			classes.get(workload.name),
			workload.jewel,
			workload.holds,
			workload.knows,
			workload.addresses.map(({family, segment}) => [family, segment]),
			prefixesOf(workload),
			workload.addresses.map(({address}) => coverOf(address)),
			workload.services.map(service => [
				service.name,
				service.protocol,
				service.port,
				service.lastPort,
				service.speaks,
				world.weak(workload, service),
				opened(workload, service),
			]),
		]);
	return [...Map.groupBy(topology.workloads, signature).values()].map((members, index) =>
		nodeOf(index, members, secrets, null),
	);
}

/** A node for each attack class of `reach`: as few as there can be, whatever they are called. */
export const nodesByClass = (world: SimulatedWorld, reach: Reach): readonly AttackNode[] => {
	const secrets = secretNumbers(world);
	return attackClasses({...world, reach}).map(({members, reach: own}, index) => nodeOf(index, members, secrets, own));
};

const nodeOf = (
	index: number,
	members: readonly Workload[],
	secrets: ReadonlyMap<string, number>,
	reach: number | null,
): AttackNode => ({
	index,
	members,
	kinds: [...new Set(members.map(({kind}) => kind))].sort(),
	holds: members[0]!.holds.flatMap(id => secrets.get(id) ?? []),
	reach,
});

const secretNumbers = ({topology}: SimulatedWorld): ReadonlyMap<string, number> =>
	new Map(topology.secrets.map(({id}, at) => [id, at]));

/** The doors of all nodes; a service that nothing opens has none. */
export function doorsOf(world: SimulatedWorld, nodes: readonly AttackNode[]): readonly AttackDoor[] {
	const opened = doorSecrets(world);
	const exploits = world.techniques.includes('exploit-service');
	return nodes
		.flatMap(({index: node, members: [sample]}) =>
			sample!.services
				.filter(({protocol}) => protocol !== 'sctp')
				.map(service => ({
					service,
					weak: exploits && world.weak(sample!, service),
					secrets: opened(sample!, service),
				}))
				.filter(({weak, secrets}) => weak || secrets.length > 0)
				.flatMap(({service, weak, secrets}) =>
					listeningPorts(service, world.seed).flatMap(port =>
						sample!.addresses.map((_, address) => ({node, service, port, address, weak, secrets})),
					),
				),
		)
		.map((door, number) => ({number, ...door}));
}

/** Numbers of the secrets that the far end accepts there and some technique tries. */
function doorSecrets({
	topology,
	techniques,
}: SimulatedWorld): (workload: Workload, service: Service) => readonly number[] {
	const doors = new Map<string, number[]>();
	for (const [number, {kind, opens}] of topology.secrets.entries()) {
		if (!techniques.includes(kind === 'ssh-key' ? 'reuse-ssh-key' : 'reuse-password')) continue;
		for (const {workload, service} of opens) {
			const key = `${workload} ${service}`;
			doors.set(key, [...(doors.get(key) ?? []), number]);
		}
	}
	return ({name}, {name: service, protocol, speaks}) =>
		(doors.get(`${name} ${service}`) ?? []).filter(
			number =>
				protocol === 'tcp' && speaks !== 'dns' && (topology.secrets[number]!.kind === 'password' || speaks === 'ssh'),
		);
}

export const isIPv4Door = (node: AttackNode, door: AttackDoor): boolean =>
	node.members[0]!.addresses[door.address]!.family === 4;
