// The two figures that always stand together: how much is lost, and what is broken. Formulas: README "Measures".
import {kindsOf} from '../../../core/measure/kinds.ts';
import type {World} from './world.ts';

export interface Gauges {
	/** Kinds that fell, footholds apart, and the kinds that can. */
	readonly lost: number;
	readonly others: number;
	readonly jewelsLost: number;
	readonly jewels: number;
	/** Dependencies with a flow that a rule denied, of those that count; null before they were probed under this policy. */
	readonly broken: number | null;
	readonly dependencies: number;
	/** Services that somebody reached with no policy are known to a rehearsal alone: here, those that only broken ones need. */
	readonly probed: number;
}

export function gauges({rehearsal: {topology}, fates, needs}: World): Gauges {
	const {counted} = kindsOf(topology);
	const footholds = new Set<string>();
	const fallen = new Set<string>();
	for (const {name, kind} of topology.workloads) {
		const fate = fates.get(name);
		if (fate === undefined || fate.state === 'tried') continue;
		(fate.foothold ? footholds : fallen).add(kind);
	}
	const others = counted.filter(({name}) => !footholds.has(name));
	const lost = others.filter(({name}) => fallen.has(name));
	const counts = topology.dependencies.map(({dangling, source}) => !dangling && source !== 'assumed');
	const probed = [...needs].filter(([at]) => counts[at]);
	return {
		lost: lost.length,
		others: others.length,
		jewelsLost: lost.filter(({jewel}) => jewel).length,
		jewels: others.filter(({jewel}) => jewel).length,
		broken: probed.length === 0 ? null : probed.filter(([, {denied}]) => denied > 0).length,
		dependencies: counts.filter(Boolean).length,
		probed: probed.length,
	};
}
