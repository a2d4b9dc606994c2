// Whom a worm can take, as a closure over sets that only grow: no rounds, no actions, no order. Written from DESIGN.md
// "Compromise" and the techniques' own sentences, and from nothing of the attacker's code but its port table.
import {knownPorts} from '../../core/attack/known-ports.ts';
import type {Family, Service, Topology, Workload} from '../../core/model/topology.ts';
import type {Passes} from '../builders/attack-world.ts';

/** Names of all that fall, the foothold included. */
export function reachableClosure(topology: Topology, passes: Passes, foothold: string): ReadonlySet<string> {
	const named = new Map(topology.workloads.map(workload => [workload.name, workload]));
	const pivots = new Set([foothold]);
	const lost = new Set([foothold]);
	const addresses = new Set<string>();
	const ports = new Set(knownPorts.keys());
	const size = (): number => pivots.size + lost.size + addresses.size + ports.size;
	const meet = ({addresses: own}: Workload): void => {
		for (const {address} of own) addresses.add(address);
	};

	for (let before = -1; before !== size(); ) {
		before = size();
		for (const from of [...pivots].map(name => named.get(name)!)) {
			for (const to of topology.workloads) {
				if (from.knows.includes(to.kind)) meet(to);
				if (hears(from, to, passes)) addresses.add(addressOf(to, 4)!);
			}
			for (const {to, protocol, port} of topology.dependencies.filter(({from: kind}) => kind === from.kind)) {
				meet(named.get(to)!);
				ports.add(`${port}/${protocol}`);
			}
			for (const to of topology.workloads.filter(({name}) => name !== from.name)) {
				const reached = ([4, 6] as const).some(
					family => addressOf(from, family) !== undefined && addresses.has(addressOf(to, family) ?? ''),
				);
				const open = to.services.filter(({port, protocol}) => {
					const text = `${port}/${protocol}`;
					return reached && ports.has(text) && passes(from.name, to.name, text);
				});
				for (const service of open) {
					const login = logsIn(topology, pivots, to, service);
					if (service.weak.length > 0 || (login && service.speaks === 'ssh')) pivots.add(to.name);
					if (service.weak.length > 0 || login) lost.add(to.name);
				}
			}
		}
	}
	return lost;
}

const addressOf = ({addresses}: Workload, family: Family): string | undefined =>
	addresses.find(one => one.family === family)?.address;

/** An echo comes back from an IPv4 address of the same segment. */
const hears = (from: Workload, to: Workload, passes: Passes): boolean =>
	from.name !== to.name &&
	from.segments.some(segment => to.segments.includes(segment)) &&
	addressOf(from, 4) !== undefined &&
	addressOf(to, 4) !== undefined &&
	passes(from.name, to.name, 'icmp');

/** Some pivot holds a secret that opens this service, and it is known what speaks there. */
function logsIn(topology: Topology, pivots: ReadonlySet<string>, to: Workload, service: Service): boolean {
	const inside = topology.workloads.filter(({name}) => pivots.has(name));
	const usual = knownPorts.get(`${service.port}/${service.protocol}`) === service.speaks;
	const told = topology.dependencies.some(
		({from, to: kind, port, protocol}) =>
			kind === to.kind &&
			port === service.port &&
			protocol === service.protocol &&
			inside.some(workload => workload.kind === from),
	);
	return (
		(usual || told) &&
		topology.secrets.some(
			({id, opens}) =>
				inside.some(({holds}) => holds.includes(id)) &&
				opens.some(door => door.workload === to.name && door.service === service.name),
		)
	);
}
