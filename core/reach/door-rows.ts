// All doors that one end can use, at once: what a stack says of them by set algebra over doors, and not door by door.
import type {Action, Placement} from '../model/policy.ts';
import {addBits, type Bits, dropBits, everyBit, hasBit, keepBits, lowestBit, noBits, setBit} from '../policy/bits.ts';
import {isJudged, segmentOf} from '../policy/placement.ts';
import type {Program, RuleTable, TableMatch} from '../policy/rule-table.ts';
import {type DoorEnd, doorMasks, type Mask} from './door-masks.ts';
import {type DoorRelation, doorRelations} from './door-relations.ts';

export interface DoorRowsInput {
	readonly rules: RuleTable;
	readonly placement: Placement;
	/** What an end says as a source, and as a destination. */
	readonly sent: (end: number) => Program;
	readonly received: (end: number) => Program;
}

/** What is being decided about the doors by one end of the flow: the source, or their own. */
interface Deciding {
	/** Doors that nothing decided yet. */
	readonly left: Bits;
	readonly open: Bits;
	readonly passed: Bits;
	/** Allowed by a rule: counts for what the guardrails leave. */
	readonly allowed: Bits;
}

/** A match at the doors. */
interface DoorMatch {
	readonly mask: Mask;
	readonly relation: DoorRelation | null;
	readonly from: Bits;
}

interface DoorStep extends DoorMatch {
	readonly action: Action;
	/** Doors of the mask whose own end counts the step. */
	readonly counting: Bits;
	readonly unless: readonly DoorMatch[];
}

/** The doors that the evaluator allows from an end, as a set of their places in the list. */
export function doorRows(
	{rules, placement, sent, received}: DoorRowsInput,
	doors: readonly DoorEnd[],
): (source: number) => Bits {
	const {steps, words, sends, firstRule, firstBaseline, table} = rules;
	const {ends} = table;
	const size = doors.length;
	const judged = (end: number): boolean =>
		isJudged(placement === 'gateway' ? 'fabric' : placement, ends[end]!, ends[end]!);
	const programs = doors.map(({end}) => (judged(end) ? received(end) : null));
	const masks = doorMasks(table, doors, programs);
	const relations = doorRelations(table, doors);
	const where = (holds: (program: Program | null) => boolean): Bits => {
		const bits = noBits(size);
		for (const [door, program] of programs.entries()) if (holds(program)) setBit(bits, door);
		return bits;
	};
	const free = where(program => program === null);
	const isolated = where(program => (program?.isolation ?? null) !== null);
	const allowing = where(program => program?.otherwise.action === 'allow');
	const segments = doors.map(({end}) => segmentOf(ends[end]!));

	const matchOf = (match: TableMatch): DoorMatch => ({
		mask: masks.of(match),
		relation: relations(match.match),
		from: match.from,
	});
	const made = new Array<DoorStep | undefined>(steps.length).fill(undefined);
	const stepAt = (number: number): DoorStep => {
		const step = steps[number]!;
		const match = matchOf(step);
		const counting = masks.counting(number, match.mask.bits);
		return (made[number] ??= {...match, action: step.rule.action, counting, unless: step.unless.map(matchOf)});
	};
	const [out, into] = [deciding(size), deciding(size)];

	return source => {
		const program = judged(source) ? sent(source) : null;
		const tier = (from: number, to: number): void => {
			for (let word = from >>> 5; word < words && word << 5 < to; word++)
				for (let rest = sends[source * words + word]!; rest !== 0; rest &= rest - 1) {
					const number = (word << 5) + lowestBit(rest);
					if (number < from || number >= to) continue;
					const step = made[number] ?? stepAt(number);
					const saying = program !== null && hasBit(program.steps, number) ? out : null;
					take(step, source, {out: saying, into, isRule: from === firstRule && to === firstBaseline});
				}
		};
		clear(out);
		clear(into);
		tier(0, firstRule);
		tier(firstRule, firstBaseline);
		for (const one of [out, into]) {
			addBits(one.left, one.passed);
			keepBits(one.allowed, one.left);
			addBits(one.open, one.allowed);
			dropBits(one.left, one.allowed);
		}
		if ((program?.isolation ?? null) !== null) out.left.fill(0);
		dropBits(into.left, isolated);
		tier(firstBaseline, steps.length);
		if (program === null) out.open.fill(-1);
		else if (program.otherwise.action === 'allow') addBits(out.open, out.left);
		keepBits(into.left, allowing);
		addBits(into.open, into.left);
		addBits(into.open, free);
		const open = into.open.slice();
		keepBits(open, out.open);
		if (placement === 'gateway') addNear(open, source);
		return open;
	};

	/** A gateway never sees what stays in a segment. */
	function addNear(open: Bits, source: number): void {
		const own = segmentOf(ends[source]!);
		if (own !== null) for (const [door, segment] of segments.entries()) if (segment === own) setBit(open, door);
	}
}

/** Lets both ends take a step at every door that it matches; only the words that can have one are looked at. */
function take(
	{mask, relation, counting, action, unless}: DoorStep,
	source: number,
	{out, into, isRule}: {readonly out: Deciding | null; readonly into: Deciding; readonly isRule: boolean},
): void {
	const related = relation?.(source) ?? null;
	const excepted = unless
		.filter(({from}) => hasBit(from, source))
		.map(one => ({bits: one.mask.bits, related: one.relation?.(source).bits ?? null}));
	const places = related !== null && related.places.length < mask.places.length ? related.places : mask.places;
	for (let at = 0; at < places.length; at++) {
		const place = places[at]!;
		let matches = mask.bits[place]!;
		if (related !== null) matches &= related.bits[place]!;
		for (const {bits, related: its} of excepted) matches &= ~(bits[place]! & (its === null ? -1 : its[place]!));
		if (matches === 0) continue;
		const counted = matches & counting[place]!;
		if (isRule) {
			if (out !== null) out.allowed[place]! |= matches;
			into.allowed[place]! |= counted;
		} else {
			if (out !== null) decide(out, action, place, matches);
			decide(into, action, place, counted);
		}
	}
}

function decide({left, open, passed}: Deciding, action: Action, place: number, matches: number): void {
	const decides = matches & left[place]!;
	left[place]! &= ~decides;
	if (action === 'allow') open[place]! |= decides;
	else if (action === 'pass') passed[place]! |= decides;
}

const deciding = (size: number): Deciding => ({
	left: everyBit(size),
	open: noBits(size),
	passed: noBits(size),
	allowed: noBits(size),
});

function clear({left, open, passed, allowed}: Deciding): void {
	left.fill(-1);
	for (const bits of [open, passed, allowed]) bits.fill(0);
}
