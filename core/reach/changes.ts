// Which flows a change opens and which it closes, by classes of ends, with the rules that said so before and after.
import type {Direction, Placement, RuleRef, Stack} from '../model/policy.ts';
import type {Family, Topology} from '../model/topology.ts';
import {type RuleTable, ruleTable} from '../policy/rule-table.ts';
import type {StackKind} from '../policy/stacks.ts';
import {type Block, createFold, type Fold} from './changes-blocks.ts';
import {type SharedClass, sharedClasses} from './changes-classes.ts';
import {type NeedChanges, watchNeeds} from './changes-needs.ts';
import {addPairs, noPairs, type Pairs, pairsOf} from './changes-pairs.ts';
import {createRows} from './changes-rows.ts';
import {createVerdicts} from './changes-verdicts.ts';
import {type EndClass, endClasses} from './end-class.ts';
import type {PortSet} from './port-set.ts';

/** What is in force on one side of the comparison. */
export interface Side {
	readonly topology: Topology;
	readonly stack: Stack;
	readonly placement: Placement;
}

/** An end of the flow that changed its mind. */
export interface ChangedEnd {
	/** `egress` is the source's word, `ingress` the destination's; `both` where the same two rules speak at both. */
	readonly direction: Direction | 'both';
	/** Null where the end was not judged, or not there. */
	readonly was: RuleRef | null;
	readonly now: RuleRef | null;
}

/** What changed between two ends, and by whom. */
export interface PairChange {
	readonly kind: 'opened' | 'closed';
	/** `workloads`: an end, or its address of this family, is there on one side only. */
	readonly because: 'policy' | 'workloads';
	readonly ports: PortSet;
	/** Null: in every family that the ends share. */
	readonly family: Family | null;
	readonly ends: readonly ChangedEnd[];
}

export interface FlowChange extends PairChange {
	/** By numbers of classes: every source with every destination; a workload and itself are never meant. */
	readonly between: readonly Block[];
}

export interface Changes {
	readonly classes: readonly SharedClass[];
	readonly flows: readonly FlowChange[];
	/** Pairs with something opened or closed, each once however many ports it is. */
	readonly pairs: Readonly<Record<PairChange['kind'], Readonly<Record<PairChange['because'], Pairs>>>>;
	readonly needs: NeedChanges;
}

/**
 * The flows whose verdict differs between two sides, by the primary addresses of the workloads. Workloads are the same
 * where their names are; those of one side alone open or close whatever they may use. A flow that is allowed before and
 * after is no change, whichever rules allow it.
 *
 * @param kind - `in-force` if left out; `as-if` compares with what only observes
 */
export function changesBetween(before: Side, after: Side, kind: StackKind = 'in-force'): Changes {
	const [was, is] = [before, after].map(({topology, stack}) => {
		const rules = ruleTable(topology, stack);
		return {rules, classes: endClasses(topology, stack, 'addresses', rules.table)};
	}) as [Numbered, Numbered];
	const classes = sharedClasses(was.classes, is.classes);
	const at = (own: Numbered, numbers: readonly (number | null)[]): readonly (EndClass | null)[] =>
		numbers.map(number => (number === null ? null : own.classes[number]!));
	const earlierRows = createRows(
		was.rules,
		before,
		kind,
		at(
			was,
			classes.map(one => one.before),
		),
	);
	const laterRows = createRows(
		is.rules,
		after,
		kind,
		at(
			is,
			classes.map(one => one.after),
		),
	);
	const needs = watchNeeds(before.topology, after.topology, classes);
	const single = classes.map(({members}) => members.length === 1);
	const folds = new Map<PairChange, Fold>();
	const pairs = {opened: {policy: noPairs, workloads: noPairs}, closed: {policy: noPairs, workloads: noPairs}};
	const verdicts = createVerdicts();
	for (const source of classes) {
		const own = source.index;
		const [earlier, later] = [earlierRows(own), laterRows(own)];
		needs.look(own, earlier, later);
		const isPair = (other: number): boolean =>
			(source.beyond === null || classes[other]!.beyond === null) && !(other === own && single[own]);
		for (const [changes, destinations] of verdicts.ofRow(
			[earlier[4], later[4]],
			[earlier[6], later[6]],
			classes.length,
			isPair,
		)) {
			for (const change of changes) {
				const fold = folds.get(change) ?? createFold(single);
				folds.set(change, fold);
				fold.add(own, destinations);
			}
			const counted = pairsOf([own], destinations, classes);
			for (const {kind, because} of distinct(changes)) pairs[kind][because] = addPairs(pairs[kind][because], counted);
		}
	}
	const flows = [...folds].map(([change, fold]) => ({...change, between: fold.blocks()}));
	return {classes, flows, pairs, needs: needs.changes()};
}

interface Numbered {
	readonly rules: RuleTable;
	readonly classes: readonly EndClass[];
}

/** One change of each kind and cause. */
const distinct = (changes: readonly PairChange[]): Iterable<PairChange> =>
	new Map(changes.map(change => [`${change.kind} ${change.because}`, change])).values();
