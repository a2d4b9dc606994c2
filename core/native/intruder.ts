// The attacker that an import begins with, at the doors that an intruder would come in by.
import {renderYaml} from '../files/render-yaml.ts';
import type {Topology} from '../model/topology.ts';
import type {NativeNames} from './native-names.ts';

/** The text of a scenario file. */
export const intruder = (topology: Topology, names: NativeNames): string => {
	const workloads = footholds(topology, names);
	const scenario = {
		scenario: 'intruder',
		foothold: {workload: workloads.length === 1 ? workloads[0] : workloads},
		strategy: 'worm',
		techniques: ['discover-hosts', 'discover-services', 'exploit-service', 'encrypt'],
		assume: {weak: 'all'},
	};
	return renderYaml(scenario, ['a worm that takes whatever answers: imported workloads declare no weaknesses']);
};

/**
 * Where an intruder would come in, at most three: what uses others and is used by none of them, else what outside hosts
 * use; else what speaks http, as doors do; else the first.
 */
function footholds({dependencies}: Topology, names: NativeNames): readonly string[] {
	const outside = new Set(names.kinds.flatMap(({members: [first]}) => (first!.outside ? [first!.kind] : [])));
	const among = dependencies.filter(({from}) => !outside.has(from));
	const users = new Set(among.map(({from}) => from));
	const used = new Set(among.map(({to}) => to));
	const entered = new Set(dependencies.flatMap(({from, to}) => (outside.has(from) ? [to] : [])));
	const inside = names.kinds.filter(({members}) => !members[0]!.outside && !members[0]!.assumed);
	const kindOf = ({members}: (typeof inside)[number]): string => members[0]!.kind;
	const fronts = inside.filter(one => users.has(kindOf(one)) && !used.has(kindOf(one)));
	const doors = inside.filter(one => entered.has(kindOf(one)));
	const sites = inside.filter(({members}) => members[0]!.services.some(({speaks}) => speaks === 'http'));
	const chosen = [fronts, doors, sites].find(one => one.length > 0) ?? inside.slice(0, 1);
	return chosen.slice(0, 3).map(({name}) => name);
}
