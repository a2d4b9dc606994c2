// The kinds of a topology as the ends of what is learned: numbered, with what a rule can know of them.
import {kindsOf} from '../measure/kinds.ts';
import type {LabelMap, Service, Topology} from '../model/topology.ts';

export interface LearnEnd {
	/** Its number in the list. */
	readonly at: number;
	readonly kind: string;
	readonly base: string;
	readonly environment: string | null;
	/** With `env`, where there is an environment. */
	readonly labels: LabelMap;
	readonly outside: boolean;
	/** More than one workload: then it can use itself. */
	readonly replicated: boolean;
	readonly services: readonly Service[];
	/** What is the same in every environment: the name, where it stands in several, else the labels. */
	readonly role: string;
	/** Equal for ends with equal labels, none of them outside. */
	readonly labelled: string;
}

/** Sorted by name. */
export function learnEnds(topology: Topology): readonly LearnEnd[] {
	const kinds = [...kindsOf(topology).all.values()];
	const firsts = kinds.map(({workloads}) => workloads[0]!);
	const environmentsOfBase = Map.groupBy(firsts, ({base}) => base);
	return kinds.map(({name, services, workloads}, at) => {
		const {base, environment, labels, outside} = firsts[at]!;
		const {env: _, ...rest} = labels;
		const byName = environmentsOfBase.get(base)!.length > 1 || Object.keys(rest).length === 0;
		return {
			at,
			kind: name,
			base,
			environment,
			labels,
			outside,
			replicated: workloads.length > 1,
			services,
			role: byName ? `name ${base}` : `labels ${labelText(rest)}`,
			labelled: outside ? `outside ${name}` : labelText(labels),
		};
	});
}

/** The same text for the same labels, in whatever order. */
export const labelText = (labels: LabelMap): string => JSON.stringify(Object.entries(labels).sort());
