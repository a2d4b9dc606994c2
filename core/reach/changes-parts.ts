// Destinations in parts: those of one part have come through the same steps, and are cut where a step means only some.

import {type Bits, eachBit, everyBit, hasBit, lowestBit} from '../policy/bits.ts';
import type {Program, TableStep} from '../policy/rule-table.ts';
import type {Decision, State, States} from './changes-decisions.ts';
import type {Piece} from './changes-ports.ts';
import {apart, meets, type SetPool, shared, takeOut, without} from './changes-sets.ts';
import {difference} from './port-set.ts';

/**
 * Of one source: `decisions[labels[n] - 1]` about destination n; label 0 where one of the two has no such family. The
 * labels are good until the next row of the same family is asked for.
 */
export interface Row {
	readonly labels: Uint16Array;
	readonly decisions: readonly Decision[];
}

export interface Part {
	/** Disjoint from those of other parts. */
	readonly bits: Bits;
	readonly state: State;
	/** Of the destinations, where they are judged. */
	readonly program: Program | null;
}

/** A row that is being filled, with the parts that are not decided yet. */
export interface Progress {
	readonly parts: readonly Part[];
	readonly labels: Uint16Array;
	readonly decisions: Decision[];
}

/** A step that a source sends by, with what it means from there. */
export interface SentStep {
	readonly step: TableStep;
	readonly at: number;
	readonly pieces: () => readonly Piece[];
	/** Whether the source's own program has it. */
	readonly sent: boolean;
}

export interface Tools {
	readonly states: States;
	readonly pool: SetPool;
}

/** After one step; what no further step can change is settled. The progress before is used up. */
export function cutBy({parts, labels, decisions}: Progress, {at, sent, pieces}: SentStep, tools: Tools): Progress {
	const {states, pool} = tools;
	const receives = ({program}: Part): boolean => program !== null && hasBit(program.steps, at);
	if (!sent && !parts.some(receives)) return {parts, labels, decisions};
	const found = pieces();
	if (found.length === 0) return {parts, labels, decisions};
	const next: Part[] = [];
	for (const part of parts) {
		const received = receives(part);
		if (sent || received)
			for (const {to, ports} of found) {
				if (!meets(part.bits, to)) continue;
				const state = states.after(part.state, at, ports, sent ? (received ? 'both' : 'egress') : 'ingress');
				if (state === part.state) continue;
				const split = {bits: takeOut(part.bits, to, pool.take()), state, program: part.program};
				if (states.isOpen(state)) next.push(split);
				else settle(split, labels, decisions, tools);
			}
		next.push(part);
	}
	return {parts: next, labels, decisions};
}

/** The same once more, with the labels in a place of their own. */
export function copied({parts, labels, decisions}: Progress, into: Uint16Array, {pool}: Tools): Progress {
	into.set(labels);
	return {
		parts: parts.map(({bits, state, program}) => ({bits: pool.takeAs(bits), state, program})),
		labels: into,
		decisions: [...decisions],
	};
}

/** After the last step. */
export function settled({parts, labels, decisions}: Progress, tools: Tools): Row {
	for (const part of parts) settle(part, labels, decisions, tools);
	return {labels, decisions};
}

function settle({bits, state}: Part, labels: Uint16Array, decisions: Decision[], {states, pool}: Tools): void {
	let label = 0;
	for (let word = 0; word < bits.length; word++)
		for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) {
			if (label === 0) label = decisions.push(states.decision(state));
			labels[(word << 5) + lowestBit(rest)] = label;
		}
	pool.give(bits);
}

/** A row with nothing in it, or with what another one has of some destinations. */
export function emptyRow(
	labels: Uint16Array,
	known: {readonly row: Row; readonly of: Bits} | null,
): Omit<Progress, 'parts'> {
	if (known === null) return {labels: labels.fill(0), decisions: []};
	labels.set(known.row.labels);
	eachBit(without(everyBit(labels.length), known.of), at => void (labels[at] = 0));
	return {labels, decisions: [...known.row.decisions]};
}

/** The pieces without the ports of exceptions. */
export const excepted = (left: readonly Piece[], exceptions: readonly Piece[]): readonly Piece[] =>
	exceptions.reduce<readonly Piece[]>(
		(pieces, {to, ports}) =>
			pieces.flatMap(piece => {
				const inside = shared(piece.to, to);
				if (inside.at.length === 0) return [piece];
				const rest = difference(piece.ports, ports);
				return [
					{to: apart(piece.to, to), ports: piece.ports},
					...(rest.length === 0 ? [] : [{to: inside, ports: rest}]),
				];
			}),
		left,
	);
