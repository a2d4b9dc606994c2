// How far a rehearsal is: a pure fold of its events, live ones and recorded ones. Whatever their order, it never throws.
import type {AttackEnd, LabEvent} from '../../core/contracts/event.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';

/** What one attacker has done so far. */
export interface Tally {
	readonly actions: number;
	/** Workloads compromised. */
	readonly entered: number;
	/** Actions that a rule denied. */
	readonly denied: number;
}

interface Timed {
	/** By the clock of the events. */
	readonly startedMs: number;
	/** How long it took; null while it is under way. */
	readonly tookMs: number | null;
}

export interface LabStage extends Timed {
	readonly kind: 'lab';
	readonly workloads: number;
	/** Null until it is booted. */
	readonly rootless: boolean | null;
}

export interface ProbingStage extends Timed {
	readonly kind: 'probing';
	readonly candidate: string;
	/** Flows that were told of live, and one by one; the same flows, so the greater counts. */
	readonly live: number;
	readonly told: number;
	/** 0 where it is not known. */
	readonly total: number;
	/** When the first was told one by one, which is after the last of them was probed. */
	readonly toldMs: number | null;
}

/** One candidate × one scenario: its footholds one after the other. */
export interface AttackStage extends Timed {
	readonly kind: 'attack';
	readonly candidate: string;
	readonly scenario: string;
	/** The foothold of now. */
	readonly foothold: string;
	readonly turn: {readonly number: number; readonly of: number};
	/** Actions that the attacker takes in the model, from this foothold. */
	readonly expectedActions: number | null;
	/** Of the footholds before. */
	readonly past: Tally;
	/** Of this foothold, told live and one by one; the same actions, so the one with more of them counts. */
	readonly live: Tally;
	readonly told: Tally;
	readonly endings: readonly AttackEnd[];
}

/** `model`: there is no lab, verdicts stand for packets. */
export type Stage = LabStage | {readonly kind: 'model'} | ProbingStage | AttackStage;

export interface RehearsalState {
	/** Names of the candidates; the first is the control. */
	readonly candidates: readonly string[];
	readonly environments: number;
	/** In the order of their beginnings, never empty; the last may be under way. */
	readonly stages: readonly Stage[];
}

/** What of a rehearsal is known before it runs. */
export type Rehearsed = Pick<Rehearsal, 'topology' | 'candidates'>;

/** Before the first event: a lab that boots, since `startedMs`. */
export const beginning = ({topology, candidates}: Rehearsed, startedMs: number): RehearsalState => ({
	candidates: candidates.map(({name}) => name),
	environments: topology.environments.length,
	stages: [{kind: 'lab', workloads: topology.workloads.length, rootless: null, startedMs, tookMs: null}],
});

export const isOver = (stage: Stage): boolean => stage.kind === 'model' || stage.tookMs !== null;

/** What all footholds of a stage did. */
export function tallyOf({past, live, told}: AttackStage): Tally {
	const {actions, entered, denied} = told.actions >= live.actions ? told : live;
	return {actions: past.actions + actions, entered: past.entered + entered, denied: past.denied + denied};
}

/** How much of its footholds' expected actions is done, 0..1; null where nothing is expected. */
export function shareOf({live, told, expectedActions, turn}: AttackStage): number | null {
	if (expectedActions === null || expectedActions <= 0) return null;
	const now = Math.min(1, Math.max(live.actions, told.actions) / expectedActions);
	return Math.min(1, (turn.number - 1 + now) / Math.max(1, turn.of));
}

/** The state after one more event. */
export function fold(state: RehearsalState, event: LabEvent): RehearsalState {
	const last = state.stages.at(-1)!;
	switch (event.kind) {
		case 'lab-booted': {
			const {bootMs, workloads, rootless, atMs} = event;
			const lab = {kind: 'lab', workloads, rootless, startedMs: atMs - bootMs, tookMs: bootMs} as const;
			const others = state.stages.slice(1);
			const next = others.length > 0 ? others : [probing(state.candidates[0] ?? 'flat', atMs)];
			return {...state, stages: [lab, ...next]};
		}
		case 'policy-applied':
			return begin(state, probing(event.candidate, event.atMs), event.atMs);
		case 'stage':
			return withLast(state, live(last, event));
		case 'flow-probed': {
			const {candidate, atMs} = event;
			if (last.kind === 'probing' && last.candidate === candidate)
				return withLast(state, {...last, told: last.told + 1, toldMs: last.toldMs ?? atMs});
			return begin(state, {...probing(candidate, atMs), told: 1, toldMs: atMs}, atMs);
		}
		case 'attack-started':
			return isAbout(last, event) ? withLast(state, turned(last, event)) : begin(state, started(event), event.atMs);
		case 'action':
			return isAbout(last, event) ? withLast(state, {...last, told: plus(last.told, event.record)}) : state;
		case 'attack-ended':
			return isAbout(last, event) ? withLast(state, ended(last, event)) : state;
		case 'lab-gone':
			return {...state, stages: closed(state.stages, event.atMs)};
		default:
			event satisfies never;
			return state;
	}
}

type Told<K extends LabEvent['kind']> = Extract<LabEvent, {kind: K}>;

const nothing: Tally = {actions: 0, entered: 0, denied: 0};

const probing = (candidate: string, startedMs: number): ProbingStage => ({
	kind: 'probing',
	candidate,
	live: 0,
	told: 0,
	total: 0,
	toldMs: null,
	startedMs,
	tookMs: null,
});

const started = ({
	candidate,
	scenario,
	foothold,
	turn,
	expectedActions,
	atMs,
}: Told<'attack-started'>): AttackStage => ({
	kind: 'attack',
	...{candidate, scenario, foothold, turn, expectedActions},
	...{past: nothing, live: nothing, told: nothing, endings: []},
	startedMs: atMs,
	tookMs: null,
});

/** The next foothold of the same candidate and scenario. */
const turned = (stage: AttackStage, {foothold, turn, expectedActions}: Told<'attack-started'>): AttackStage => ({
	...stage,
	...{foothold, turn, expectedActions},
	...{past: tallyOf(stage), live: nothing, told: nothing},
});

const ended = (stage: AttackStage, event: Told<'attack-ended'>): AttackStage => ({
	...stage,
	endings: [...stage.endings, event.ended],
	tookMs: stage.turn.number >= stage.turn.of ? event.atMs - stage.startedMs : null,
});

const plus = ({actions, entered, denied}: Tally, record: Told<'action'>['record']): Tally => ({
	actions: actions + 1,
	entered: entered + (record.compromised === null ? 0 : 1),
	denied: denied + (record.result === 'denied' ? 1 : 0),
});

function live(stage: Stage, {stage: step, done, total, entered = 0, denied = 0}: Told<'stage'>): Stage {
	if (stage.kind === 'probing' && step === 'probe') return {...stage, live: done, total};
	if (stage.kind === 'attack' && step === 'attack') return {...stage, live: {actions: done, entered, denied}};
	return stage;
}

const isAbout = (stage: Stage, {candidate, scenario}: {candidate: string; scenario: string}): stage is AttackStage =>
	stage.kind === 'attack' && !isOver(stage) && stage.candidate === candidate && stage.scenario === scenario;

const withLast = (state: RehearsalState, stage: Stage): RehearsalState => ({
	...state,
	stages: [...state.stages.slice(0, -1), stage],
});

/** A stage begins where the one before is over. A candidate's probes give way to its attackers; the control's stay. */
function begin(state: RehearsalState, stage: Stage, atMs: number): RehearsalState {
	const before = closed(state.stages, atMs);
	const last = before.at(-1)!;
	const gives = stage.kind === 'attack' && last.kind === 'probing' && last.candidate === stage.candidate;
	const stays = !gives || last.candidate === state.candidates[0];
	return {...state, stages: [...(stays ? before : before.slice(0, -1)), stage]};
}

/** With its last stage over. A lab that did not boot before anything else happened is none. */
function closed(stages: readonly Stage[], atMs: number): readonly Stage[] {
	const last = stages.at(-1)!;
	return isOver(last) ? stages : [...stages.slice(0, -1), over(last, atMs)];
}

function over(stage: Stage, atMs: number): Stage {
	if (stage.kind === 'lab' || stage.kind === 'model') return {kind: 'model'};
	const endMs = stage.kind === 'probing' ? (stage.toldMs ?? atMs) : atMs;
	return {...stage, tookMs: endMs - stage.startedMs};
}
