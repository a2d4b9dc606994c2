// What whoever is inside a workload can read there. It is the only way from a topology to an attacker, and it leads
// through a foothold or a shell.
import type {FoundSecret, HostView} from '../contracts/network.ts';
import type {Dependency, Family, Secret, Topology, Workload} from '../model/topology.ts';

type Peer = HostView['peers'][number];

/**
 * The view from inside `workload`: its addresses, the prefixes of the segments it has an address in, its hosts file (every replica and address
 * of the kinds it knows), the far ends that its dependencies name, and the secrets that it holds.
 *
 * @param material - what a secret is made of: the password or private key in the lab, any text equal for equal secrets in the model
 */
export function hostView(topology: Topology, workload: Workload, material: (secret: Secret) => string): HostView {
	const secrets = topology.secrets.filter(({id}) => workload.holds.includes(id));
	return {
		hostname: workload.name,
		addresses: workload.addresses.map(({address}) => address),
		subnets: topology.segments.flatMap(({name, prefixes}) =>
			prefixes.filter(({family}) => hasAddress(workload, name, family)).map(({cidr}) => cidr),
		),
		hosts: topology.workloads
			.filter(({name, kind}) => workload.knows.includes(kind) && name !== workload.name)
			.flatMap(({name, addresses}) => addresses.map(({address}) => ({name, address}))),
		peers: topology.dependencies
			.filter(({from}) => from === workload.kind)
			.flatMap(dependency => peersOf(topology, workload, dependency)),
		secrets: secrets.map(secret => foundSecret(topology, secret, material)),
		...ordersOf(topology, workload),
	};
}

/** A secret as whoever finds it has it. */
export const foundSecret = (topology: Topology, secret: Secret, material: (secret: Secret) => string): FoundSecret => ({
	id: secret.id,
	kind: secret.kind,
	user: secret.user,
	material: material(secret),
	speaks: speaksOf(topology, secret),
});

/** What lies on a deploy server: who takes its orders, and where. */
function ordersOf(topology: Topology, {kind}: Workload): Pick<HostView, 'orders'> {
	const key = topology.secrets.find(secret => secret.ordersOf === kind);
	return key === undefined
		? {}
		: {orders: {secret: key.id, hosts: doorsOf(topology, key).map(({speaks: _, ...door}) => door)}};
}

/** Every address and port at which a secret opens something. */
export const doorsOf = (topology: Topology, {opens}: Secret) =>
	opens.flatMap(door => {
		const workload = topology.workloads.find(({name}) => name === door.workload);
		const service = workload?.services.find(({name}) => name === door.service);
		if (workload === undefined || service === undefined) return [];
		const {speaks, port} = service;
		return workload.addresses.map(({address}) => ({name: workload.name, address, port, speaks}));
	});

const hasAddress = ({addresses}: Workload, segment: string, family: Family): boolean =>
	addresses.some(address => address.segment === segment && address.family === family);

const peersOf = (topology: Topology, self: Workload, {to, service, protocol, port}: Dependency): readonly Peer[] =>
	topology.workloads
		.filter(({kind, name}) => kind === to && name !== self.name)
		.flatMap(({name, addresses, services}) => {
			const speaks = services.find(one => one.name === service)?.speaks ?? null;
			return addresses.map(({address}) => ({name, address, protocol, port, speaks}));
		});

function speaksOf(topology: Topology, {opens}: Secret): readonly string[] {
	const spoken = opens.flatMap(
		({workload, service}) =>
			topology.workloads.find(({name}) => name === workload)?.services.find(({name}) => name === service)?.speaks ?? [],
	);
	return [...new Set(spoken)].sort();
}
