// What a renderer of a diff is given, and how it is found.
import type {Placement} from '../../core/model/policy.ts';
import {type Changes, changesBetween, type Side} from '../../core/reach/changes.ts';
import {type InventoryChanges, inventoryChanges} from '../../core/reach/changes-inventory.ts';
import {type RuleChanges, ruleChanges} from '../../core/reach/changes-rules.ts';
import type {LoadedSide, Sides} from './sides.ts';

export interface SideName {
	/** What the user calls it. */
	readonly label: string;
	readonly candidate: string;
	readonly placement: Placement;
}

export interface Difference {
	/** Of the rehearsal. */
	readonly name: string;
	readonly before: SideName;
	readonly after: SideName;
	readonly sides: {readonly before: Side; readonly after: Side};
	readonly changes: Changes;
	readonly rules: RuleChanges;
	readonly inventory: InventoryChanges;
}

export function differenceOf({before, after}: Sides): Difference {
	const [was, is] = [sideOf(before), sideOf(after)];
	const changes = changesBetween(was, is);
	return {
		name: after.rehearsal.name,
		before: nameOf(before),
		after: nameOf(after),
		sides: {before: was, after: is},
		changes,
		rules: ruleChanges(was.stack, is.stack),
		inventory: inventoryChanges(was.topology, is.topology),
	};
}

const sideOf = ({rehearsal: {topology}, candidate: {stack, placement}}: LoadedSide): Side => ({
	topology,
	stack,
	placement,
});

const nameOf = ({label, candidate: {name, placement}}: LoadedSide): SideName => ({label, candidate: name, placement});

/** Whether any flow opened or closed. */
export const hasChanged = (difference: Difference, kind: 'opened' | 'closed'): boolean =>
	difference.changes.flows.some(flow => flow.kind === kind);
