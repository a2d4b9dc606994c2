import type {Service, Topology} from '../model/topology.ts';
import {type Kind, type Kinds, serves, serviceText} from './kinds.ts';
import type {Seen, Traffic} from './traffic.ts';

/**
 * Services that somebody reaches with no policy and nobody under the candidate. Somebody is a workload of another kind
 * that an importer did not add; of its own kind only where a dependency says that its replicas talk. One flow without a
 * sure outcome is enough not to claim it.
 */
export function orphaned(topology: Topology, kinds: Kinds, traffic: Traffic): readonly string[] {
	const peers = new Set(topology.dependencies.filter(({from, to}) => from === to).map(({from}) => from));
	const callers = [...kinds.all.values()].filter(({assumed}) => !assumed);
	return kinds.counted.flatMap(kind => {
		const seen = callers
			.filter(({name}) => name !== kind.name || peers.has(name))
			.flatMap(({name}) => traffic.get(name)?.get(kind.name) ?? []);
		return kind.services.filter(service => isOrphan(service, seen)).map(service => nameOf(kind, service));
	});
}

const nameOf = (kind: Kind, service: Service): string => serviceText(kind.name, service);

function isOrphan(service: Service, seen: readonly Seen[]): boolean {
	const reached = seen.filter(
		({control: {flow, outcome}}) => outcome.kind === 'open' && serves(service, flow.protocol, flow.port),
	);
	return (
		reached.length > 0 &&
		reached.every(({probed}) => probed?.outcome.kind === 'denied' || probed?.outcome.kind === 'closed')
	);
}
