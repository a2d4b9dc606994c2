// The rows of one family: the rules that select a source cut the destinations into parts, so that the work goes by rules
// and not by pairs.
import {type Bits, bitsWhere, dropBits, eachBit, hasBit, lowestBit, noBits, setBit} from '../policy/bits.ts';
import type {Program, RuleTable, TableMatch, TableStep} from '../policy/rule-table.ts';
import type {States} from './changes-decisions.ts';
import {copied, cutBy, emptyRow, excepted, type Progress, type Row, type SentStep, settled} from './changes-parts.ts';
import type {portPieces} from './changes-ports.ts';
import type {relationSets} from './changes-relations.ts';
import {type Indexed, indexed, setPool, type Words, within, without} from './changes-sets.ts';

/** What both families of a side have in common. */
export interface Ground {
	readonly rules: RuleTable;
	readonly states: States;
	readonly related: ReturnType<typeof relationSets>;
	readonly pieces: ReturnType<typeof portPieces>;
	/** The program that an end follows; null where it is not judged. */
	program(direction: 'egress' | 'ingress', end: number): Program | null;
	/** The destinations between which and this end nothing judges, by their ends; null where there are none anywhere. */
	readonly unjudged: ((end: number, ends: Int32Array) => Bits) | null;
}

export interface FamilyRows {
	/** The end of each class's address, -1 where it has none. */
	readonly endOf: Int32Array;
	/** Ends as classes. */
	placesOf(ends: Bits): Indexed;
	/** Null where the source is not there. `known`: of these destinations another row has the decisions already. */
	rowOf(source: number, known: {readonly row: Row; readonly of: Bits} | null): Row | null;
}

export function familyRows(ground: Ground, endOf: Int32Array): FamilyRows {
	const {rules, states, related, pieces, program} = ground;
	const size = endOf.length;
	const pool = setPool(size);
	const tools = {states, pool};
	const there = bitsWhere(size, at => endOf[at] !== -1);
	const everywhere = indexed(there);
	const placed = new Map<Bits, Indexed>();
	const placesOf = (selected: Bits): Indexed => {
		const known = placed.get(selected);
		if (known !== undefined) return known;
		const bits = noBits(size);
		// Millions of times: without a call for each.
		for (let at = 0; at < size; at++) {
			const end = endOf[at]!;
			if (end !== -1 && ((selected[end >>> 5]! >>> (end & 31)) & 1) === 1) bits[at >>> 5]! |= 1 << (at & 31);
		}
		const set = indexed(bits);
		placed.set(selected, set);
		return set;
	};
	/** Destinations among some that the match means for a source, its exceptions aside. */
	const meant = ({to, match}: TableMatch, source: number, among: Indexed): Words => {
		const [selected, relation] = [placesOf(to), related(match, source) ?? among];
		const [least, other] = relation.at.length < selected.at.length ? [relation, selected] : [selected, relation];
		return among.at.length < least.at.length
			? within(among, selected.bits, relation.bits)
			: within(least, other.bits, among.bits);
	};
	const exceptionsAt = ({unless}: TableStep, source: number): readonly TableMatch[] =>
		unless.filter(({from}) => hasBit(from, endOf[source]!));
	const stepFrom = (source: number, at: number, egress: Program | null, among: Indexed): SentStep => {
		const step = rules.steps[at]!;
		return {
			step,
			at,
			sent: egress !== null && hasBit(egress.steps, at),
			pieces: () =>
				exceptionsAt(step, source).reduce(
					(left, one) => excepted(left, pieces(one.match, meant(one, source, among))),
					pieces(step.match, meant(step, source, among)),
				),
		};
	};
	const receivers = new Map<Program | null, Bits>();
	eachBit(there, at => {
		const own = program('ingress', endOf[at]!);
		const bits = receivers.get(own) ?? noBits(size);
		receivers.set(own, bits);
		setBit(bits, at);
	});
	const begun = (egress: Program | null, except: Bits): Omit<Progress, 'labels' | 'decisions'> => ({
		parts: [...receivers].map(([ingress, bits]) => ({
			bits: dropped(pool.takeAs(bits), except),
			state: states.start(egress, ingress),
			program: ingress,
		})),
	});
	const nothing = noBits(size);
	const scratch = new Uint16Array(size);
	const afterGuardrails = new Map<string, Progress>();
	const numberOf = setNumbers();

	/** What tells sources apart before the rules; sources that are alike there share their beginning. */
	const beginning = (egress: Program | null, guardrails: readonly SentStep[], source: number): string =>
		[
			receivers.size,
			programNumber(egress),
			...guardrails.map(({at, step}) =>
				[
					at,
					...[step, ...exceptionsAt(step, source)].map(
						one => `${numberOf(one)}.${numberOf(related(one.match, source))}`,
					),
				].join('/'),
			),
		].join();
	const programNumber = (egress: Program | null): number => numberOf(egress);

	return {
		endOf,
		placesOf,
		rowOf(source, known) {
			const own = endOf[source]!;
			if (own === -1) return null;
			const egress = program('egress', own);
			const among = known === null ? everywhere : indexed(without(there, known.of));
			const steps = stepsFrom(rules, own).map(at => stepFrom(source, at, egress, among));
			const guardrails = steps.filter(({at}) => at < rules.firstRule);
			const unjudged = ground.unjudged?.(own, endOf) ?? nothing;
			const begin = (labels: Uint16Array): Progress => {
				const start = {...begun(egress, known?.of ?? unjudged), ...emptyRow(labels, known)};
				return guardrails.reduce((progress, step) => cutBy(progress, step, tools), start);
			};
			const shared = (key: string): Progress => {
				const start = afterGuardrails.get(key) ?? begin(new Uint16Array(size));
				afterGuardrails.set(key, start);
				return copied(start, scratch, tools);
			};
			const alone = known !== null || ground.unjudged !== null;
			let progress = alone ? begin(scratch) : shared(beginning(egress, guardrails, source));
			for (const step of steps) if (step.at >= rules.firstRule) progress = cutBy(progress, step, tools);
			const free = {bits: pool.takeAs(unjudged), state: states.start(null, null), program: null};
			return settled({...progress, parts: [...progress.parts, free]}, tools);
		},
	};
}

function dropped(bits: Bits, except: Bits): Bits {
	dropBits(bits, except);
	return bits;
}

/** The steps that select an end as the source, ascending. */
function stepsFrom({sends, words}: RuleTable, end: number): readonly number[] {
	const list: number[] = [];
	for (let word = 0; word < words; word++)
		for (let rest = sends[end * words + word]!; rest !== 0; rest &= rest - 1) list.push((word << 5) + lowestBit(rest));
	return list;
}

/** A number for each object. */
function setNumbers(): (one: object | null) => number {
	const numbers = new Map<object | null, number>();
	return one => {
		const number = numbers.get(one) ?? numbers.size;
		numbers.set(one, number);
		return number;
	};
}
