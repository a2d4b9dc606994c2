// Who a selector means. Source: LANGUAGE "Selectors".
import type {Requirement, Selector, Term} from '../model/policy.ts';
import type {LabelMap, Topology, Workload} from '../model/topology.ts';
import {covers, parseAddress, parseCidr} from './address.ts';

/** One end of a flow, looked up: the workload is null where none owns the address. */
export interface End {
	readonly workload: Workload | null;
	readonly address: string;
}

/** Segment (`app.prod`) to its network (`app`). */
export type Networks = ReadonlyMap<string, string>;

/** The networks of a topology's segments. */
export const networksOf = (topology: Topology): Networks =>
	new Map(topology.segments.map(({name, network}) => [name, network]));

/** Whether any term of `selector` holds for this end of a flow; `cidr` looks at this flow's own address. */
export const selects = (selector: Selector, end: End, networks: Networks): boolean =>
	selector.some(
		term =>
			reaches(term.reach, end.workload) && term.requirements.every(requirement => holds(requirement, end, networks)),
	);

/** Whether a term can mean this workload (null: an address that none owns) at all. */
export function reaches(reach: Term['reach'], workload: Workload | null): boolean {
	switch (reach) {
		case 'workloads':
			return workload !== null && !workload.outside;
		case 'outside':
			return workload?.outside === true;
		case 'anything':
			return true;
		default:
			return reach satisfies never;
	}
}

/** A label's value, or undefined; safe for keys such as `constructor`. */
export const labelOf = (labels: LabelMap, key: string): string | undefined =>
	Object.hasOwn(labels, key) ? labels[key] : undefined;

/** Whether one requirement holds. What is owned by no workload has no label, namespace, name or network. */
export function holds(requirement: Requirement, {workload, address}: End, networks: Networks): boolean {
	switch (requirement.kind) {
		case 'label':
			return labelHolds(requirement, workload?.labels ?? {});
		case 'namespace-label':
			return labelHolds(requirement, workload?.namespaceLabels ?? {});
		case 'namespace':
			return requirement.wanted === requirement.names.some(name => name === workload?.namespace);
		case 'workload':
			return (
				requirement.wanted ===
				(workload !== null &&
					requirement.names.some(name => name === workload.name || name === workload.kind || name === workload.base))
			);
		case 'network':
			return (
				requirement.wanted ===
				(workload?.segments.some(
					segment =>
						requirement.names.includes(segment) || requirement.names.includes(networks.get(segment) ?? segment),
				) ?? false)
			);
		case 'cidr': {
			const at = parseAddress(address);
			const within = (cidr: string): boolean => covers(parseCidr(cidr), at);
			return requirement.cidrs.some(within) && !requirement.except.some(within);
		}
		case 'is':
			return selects(requirement.selector, {workload, address}, networks);
		default:
			return requirement satisfies never;
	}
}

function labelHolds(
	{key, values, wanted}: {readonly key: string; readonly values: readonly string[] | null; readonly wanted: boolean},
	labels: LabelMap,
): boolean {
	const value = labelOf(labels, key);
	return wanted === (value !== undefined && (values === null || values.includes(value)));
}

/** Whether the answer for a workload may depend on which of its addresses the flow uses. */
export const looksAtAddresses = (selector: Selector): boolean =>
	selector.some(({requirements}) =>
		requirements.some(
			requirement =>
				requirement.kind === 'cidr' || (requirement.kind === 'is' && looksAtAddresses(requirement.selector)),
		),
	);
