import type {HostView} from '../contracts/network.ts';
import type {Scenario} from '../model/scenario.ts';
import type {Secret, Topology} from '../model/topology.ts';
import {doorsOf, foundSecret} from './host-view.ts';

/**
 * A foothold's view as an insider has it: with the secrets that the scenario gives to it, and with where each is used, since
 * whoever has a login knows what it is for. Any other attacker's is what lies in the foothold.
 */
export function startingView(
	topology: Topology,
	view: HostView,
	{holds = []}: Pick<Scenario, 'holds'>,
	material: (secret: Secret) => string,
): HostView {
	const given = topology.secrets.filter(({id}) => holds.includes(id));
	if (given.length === 0) return view;
	const found = given.map(secret => foundSecret(topology, secret, material));
	const used = given
		.flatMap(secret => doorsOf(topology, secret))
		.filter(({name}) => name !== view.hostname)
		.map(door => ({...door, protocol: 'tcp' as const}));
	const own = view.secrets.filter(({id}) => !holds.includes(id));
	return {...view, peers: [...view.peers, ...used], secrets: [...own, ...found]};
}
