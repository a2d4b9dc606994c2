// What one side of a comparison decides about a source and every destination, in both families.
import type {Family} from '../model/topology.ts';
import {bitsWhere, dropBits, hasBit, lowestBit} from '../policy/bits.ts';
import {isJudged} from '../policy/placement.ts';
import type {RuleTable, TableMatch, TableStep} from '../policy/rule-table.ts';
import type {StackKind} from '../policy/stacks.ts';
import type {Side} from './changes.ts';
import {createStates} from './changes-decisions.ts';
import {type FamilyRows, familyRows, type Ground} from './changes-family.ts';
import type {Row} from './changes-parts.ts';
import {portPieces} from './changes-ports.ts';
import {relationSets} from './changes-relations.ts';
import type {EndClass} from './end-class.ts';

/** The rows of a source, by its place in the list of classes; null where the source is not there in that family. */
export type Rows = (source: number) => Readonly<Record<Family, Row | null>>;

/**
 * @param rules - of the side's stack
 * @param classes - the side's class at each place; null where the side has none
 */
export function createRows(
	rules: RuleTable,
	{placement}: Side,
	kind: StackKind,
	classes: readonly (EndClass | null)[],
): Rows {
	const {ends} = rules.table;
	const workloads = classes.map(one => one?.members[0] ?? null);
	const programs = {egress: rules.programs(kind, 'egress'), ingress: rules.programs(kind, 'ingress')};
	const judged = (end: number): boolean => isJudged(placement, ends[end]!, nobody);
	const stopped = (own: number, far: number): boolean => judged(own) && !isJudged(placement, ends[own]!, ends[far]!);
	const ground: Ground = {
		rules,
		states: createStates(rules),
		related: relationSets(workloads),
		pieces: portPieces(workloads),
		program: (direction, end) => (judged(end) ? programs[direction](end) : null),
		// Between ends of one segment stands no gateway.
		unjudged:
			placement === 'gateway'
				? (own, endOf) =>
						bitsWhere(endOf.length, at => endOf[at] !== -1 && (stopped(own, endOf[at]!) || stopped(endOf[at]!, own)))
				: null,
	};
	const endOf = endsOf(classes, rules);
	const [four, six] = [familyRows(ground, endOf(4)), familyRows(ground, endOf(6))];
	const unlike = unlikeSteps(rules, four, six);
	/** Whether the same policies speak for both addresses of a class. */
	const speaksAlike = (at: number, direction: 'egress' | 'ingress'): boolean => {
		const [one, other] = [four.endOf[at]!, six.endOf[at]!];
		if (one === -1 || other === -1 || placement === 'gateway') return false;
		return ground.program(direction, one) === ground.program(direction, other);
	};
	const alike = bitsWhere(classes.length, at => speaksAlike(at, 'ingress') && unlike(at, 'to').length === 0);
	return source => {
		const row = four.rowOf(source, null);
		if (row === null || !speaksAlike(source, 'egress')) return {4: row, 6: six.rowOf(source, null)};
		const of = alike.slice();
		for (const {to} of unlike(source, 'from')) for (const {placesOf} of [four, six]) dropBits(of, placesOf(to).bits);
		return {4: row, 6: six.rowOf(source, {row, of})};
	};
}

const nobody = {workload: null, address: ''};

/** The end of each class's primary address of a family, -1 where it has none. */
function endsOf(classes: readonly (EndClass | null)[], {table}: RuleTable): (family: Family) => Int32Array {
	const firstEnds = new Map(table.profiles.map(({members, firstEnd}) => [members[0]!, firstEnd]));
	return family =>
		Int32Array.from(classes, one => {
			if (one === null) return -1;
			const {beyond, members} = one;
			if (beyond !== null) return beyond.family === family ? table.beyond(beyond.ranges[0]!.first) : -1;
			const place = members[0]!.addresses.findIndex(address => address.family === family);
			return place === -1 ? -1 : firstEnds.get(members[0]!)! + place;
		});
}

/** Steps that one address of a class fits as a source or destination, and its other one does not. */
function unlikeSteps(rules: RuleTable, four: FamilyRows, six: FamilyRows) {
	const {words, steps} = rules;
	const withExceptions = steps.filter(({unless}) => unless.length > 0);
	return (at: number, end: 'from' | 'to'): readonly TableStep[] => {
		const [one, other] = [four.endOf[at]!, six.endOf[at]!];
		const selected = end === 'from' ? rules.sends : rules.receives;
		const differs = ({[end]: bits}: TableMatch): boolean => hasBit(bits, one) !== hasBit(bits, other);
		const found = withExceptions.filter(({unless}) => unless.some(differs));
		for (let word = 0; word < words; word++) {
			let rest = selected[one * words + word]! ^ selected[other * words + word]!;
			for (; rest !== 0; rest &= rest - 1) found.push(steps[(word << 5) + lowestBit(rest)]!);
		}
		return found;
	};
}
