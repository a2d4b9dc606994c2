// The ports that rules mean at ends, each set of them once.

import {hasBit} from '../policy/bits.ts';
import {portRanges} from '../policy/port.ts';
import type {RuleTable, TableMatch, TableStep} from '../policy/rule-table.ts';
import {difference, everyPort, noPorts, type PortSet, portSet} from './port-set.ts';

export interface StepPorts {
	/** What the step matches between two ends, by number, whether or not they are selected. */
	ofStep(step: TableStep, source: number, destination: number): PortSet;
	/** The one object of all sets that are equal to this one. */
	intern(set: PortSet): PortSet;
}

export function stepPorts({table: {ends}}: RuleTable): StepPorts {
	const known = new Map<string, PortSet>();
	const objects = new Set<PortSet>([noPorts, everyPort]);
	for (const set of objects) known.set(set.join(), set);
	const intern = (set: PortSet): PortSet => {
		if (objects.has(set)) return set;
		const key = set.join();
		const found = known.get(key);
		if (found !== undefined) return found;
		known.set(key, set);
		objects.add(set);
		return set;
	};
	/** By match, and where it names a service by the list of services. */
	const fixed = new Map<TableMatch, PortSet>();
	const byServices = new Map<TableMatch, Map<unknown, PortSet>>();
	const portsAt = (match: TableMatch, destination: number): PortSet => {
		const {on} = match.match;
		if (on === null) return everyPort;
		const always = fixed.get(match);
		if (always !== undefined) return always;
		const {workload} = ends[destination]!;
		const ports = (): PortSet => intern(portSet(on.flatMap(one => portRanges(one, workload))));
		if (!on.some(({kind}) => kind === 'service')) {
			const set = ports();
			fixed.set(match, set);
			return set;
		}
		let its = byServices.get(match);
		if (its === undefined) byServices.set(match, (its = new Map()));
		const set = its.get(workload?.services) ?? ports();
		its.set(workload?.services, set);
		return set;
	};
	const holds = (match: TableMatch, source: number, destination: number): boolean =>
		hasBit(match.from, source) && hasBit(match.to, destination) && match.relates(source, destination);
	return {
		intern,
		ofStep(step, source, destination) {
			if (!holds(step, source, destination)) return noPorts;
			let ports = portsAt(step, destination);
			for (const exception of step.unless)
				if (holds(exception, source, destination)) ports = difference(ports, portsAt(exception, destination));
			return ports;
		},
	};
}
