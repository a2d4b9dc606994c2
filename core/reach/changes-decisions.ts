// What a list of rules decides, grown rule by rule: each state is made once, however many pairs of ends come to it.
import type {Direction} from '../model/policy.ts';
import type {Program, RuleTable} from '../policy/rule-table.ts';
import type {Decider, Deciders} from './changes-pair.ts';
import {difference, everyPort, intersection, noPorts, type PortSet, union} from './port-set.ts';

/** What both ends say of a pair: what is open, and who decided what. */
export interface Decision extends Deciders {
	/** Unique among the decisions of one side. */
	readonly number: number;
	readonly open: PortSet;
}

/** The word of one end so far. */
interface Word {
	readonly program: Program;
	readonly inRules: boolean;
	readonly left: PortSet;
	readonly passed: PortSet;
	readonly said: readonly Decider[];
}

/** A pair of ends on the way through the steps of both. Null words are of ends that are not judged. */
export interface State {
	readonly egress: Word | null;
	readonly ingress: Word | null;
	readonly next: Map<number, State>;
	decision: Decision | null;
}

export interface States {
	/** Before the first step. */
	start(egress: Program | null, ingress: Program | null): State;
	/** After a step that matches these ports, at the ends whose program has it; the same state where it decides nothing. */
	after(state: State, step: number, ports: PortSet, direction: Direction | 'both'): State;
	/** False where no step can say anything any more. */
	isOpen(state: State): boolean;
	/** After the last step. */
	decision(state: State): Decision;
}

const directions = {egress: 1, ingress: 2, both: 3} as const;

export function createStates({steps, firstRule, firstBaseline}: RuleTable): States {
	const starts = new Map<Program | null, Map<Program | null, State>>();
	let decisions = 0;
	const numberOf = portNumbers();

	/** The word when the step's tier begins. */
	const entering = (word: Word, step: number): Word => {
		const inRules =
			word.inRules || step < firstRule ? word : {...word, inRules: true, left: union(word.left, word.passed)};
		return step < firstBaseline ? inRules : isolated(inRules);
	};
	const told = (word: Word | null, step: number, ports: PortSet): Word | null => {
		if (word === null) return null;
		const here = entering(word, step);
		const decides = intersection(ports, here.left);
		if (decides.length === 0) return word;
		const {ref: rule, rule: written} = steps[step]!;
		const left = difference(here.left, decides);
		if (written.action === 'pass') return {...here, left, passed: union(here.passed, decides)};
		return {...here, left, said: [...here.said, {rule, action: written.action, decides}]};
	};
	const ended = (word: Word): readonly Decider[] => {
		const {left, said, program} = entering(word, Number.POSITIVE_INFINITY);
		return left.length === 0 ? said : [...said, {...program.otherwise, decides: left}];
	};
	return {
		start(egress, ingress) {
			const known = starts.get(egress) ?? new Map<Program | null, State>();
			starts.set(egress, known);
			const state = known.get(ingress) ?? {
				egress: begin(egress),
				ingress: begin(ingress),
				next: new Map(),
				decision: null,
			};
			known.set(ingress, state);
			return state;
		},
		after(state, step, ports, direction) {
			const key = (step * 65_536 + numberOf(ports)) * 4 + directions[direction];
			const known = state.next.get(key);
			if (known !== undefined) return known;
			const egress = direction === 'ingress' ? state.egress : told(state.egress, step, ports);
			const ingress = direction === 'egress' ? state.ingress : told(state.ingress, step, ports);
			const unchanged = egress === state.egress && ingress === state.ingress;
			const next = unchanged ? state : {egress, ingress, next: new Map(), decision: null};
			state.next.set(key, next);
			return next;
		},
		isOpen: ({egress, ingress}) => isUndecided(egress) || isUndecided(ingress),
		decision(state) {
			if (state.decision !== null) return state.decision;
			const egress = state.egress === null ? null : ended(state.egress);
			const ingress = state.ingress === null ? null : ended(state.ingress);
			const open = intersection(allowedBy(egress), allowedBy(ingress));
			state.decision = {number: decisions++, open, egress, ingress};
			return state.decision;
		},
	};
}

/** Equal sets of ports have equal numbers. */
function portNumbers(): (ports: PortSet) => number {
	const byText = new Map<string, number>();
	const byObject = new WeakMap<PortSet, number>();
	return ports => {
		const known = byObject.get(ports);
		if (known !== undefined) return known;
		const number = byText.get(ports.join()) ?? byText.size;
		byText.set(ports.join(), number);
		byObject.set(ports, number);
		return number;
	};
}

const begin = (program: Program | null): Word | null =>
	program === null ? null : {program, inRules: false, left: everyPort, passed: noPorts, said: []};

/** Where policies isolate, what the rules left is denied before the baseline. */
function isolated(word: Word): Word {
	const {program, left, said} = word;
	if (program.isolation === null || left.length === 0) return word;
	return {...word, left: noPorts, said: [...said, {...program.isolation, decides: left}]};
}

const isUndecided = (word: Word | null): boolean =>
	word !== null && (word.left.length > 0 || (!word.inRules && word.passed.length > 0));

const allowedBy = (said: readonly Decider[] | null): PortSet =>
	said === null
		? everyPort
		: said.reduce((open, {action, decides}) => (action === 'allow' ? union(open, decides) : open), noPorts);
