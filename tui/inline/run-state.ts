// How far a run is, from its first image to its last action: a pure fold of its events, live ones and recorded ones.
// Whatever their order, it never throws.
import type {LabEvent} from '../../core/contracts/event.ts';
import type {StageEvent} from '../../core/contracts/stage.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {type AttackStage, isOver, type LabStage, type ProbingStage, type Stage, type Tally, tallyOf} from './stage.ts';
import {booting, called, doneWork, isWork, newLab, newWork, worked} from './waiting-state.ts';

export interface RunState {
	/** Names of the candidates; the first is the control. */
	readonly candidates: readonly string[];
	readonly environments: number;
	readonly workloads: number;
	readonly purpose: Purpose;
	/** In the order of their beginnings; the last may be under way. Empty only before anything is known. */
	readonly stages: readonly Stage[];
}

/** `measure`: what is booted is probed and attacked; `stay`: it is there for others; `attack`: it is there already. */
export type Purpose = 'measure' | 'stay' | 'attack';

/** What of a rehearsal is known before it runs. */
export type Rehearsed = Pick<Rehearsal, 'topology' | 'candidates'>;

/** Before the first event: a lab that boots, since `startedMs`, unless it is there already. */
export const beginning = (
	{topology, candidates}: Rehearsed,
	startedMs: number,
	purpose: Purpose = 'measure',
): RunState => ({
	candidates: candidates.map(({name}) => name),
	environments: topology.environments.length,
	workloads: topology.workloads.length,
	purpose,
	stages: purpose === 'attack' ? [] : [newLab(topology.workloads.length, startedMs)],
});

/** The state after one more event. */
export function fold(state: RunState, event: LabEvent): RunState {
	const last = state.stages.at(-1);
	switch (event.kind) {
		case 'lab-booted':
			return {...state, stages: booted(state, event)};
		case 'policy-applied':
			return state.purpose === 'measure'
				? begin(state, probing(event.candidate, event.atMs), event.atMs)
				: {...state, stages: closed(state.stages, event.atMs)};
		case 'stage':
			return told(state, event);
		case 'flow-probed': {
			const {candidate, atMs} = event;
			if (last?.kind === 'probing' && last.candidate === candidate)
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

/** Before anything of it is told. */
const isFresh = (stage: Stage | undefined): boolean =>
	(stage?.kind === 'lab' && stage.rootless === null && stage.step === null) ||
	(stage?.kind === 'probing' && !isOver(stage) && stage.total === 0 && stage.live === 0 && stage.told === 0);

function told(state: RunState, event: StageEvent): RunState {
	const last = state.stages.at(-1);
	if (event.stage === 'boot') {
		if (last?.kind === 'lab' && last.rootless === null) return withLast(state, booting(last, event));
		// What comes late, of a lab that is there, says nothing new.
		return last?.kind === 'work' && !state.stages.some(({kind}) => kind === 'lab')
			? begin(state, booting(newLab(state.workloads, event.atMs), event), event.atMs)
			: state;
	}
	if (isWork(event.stage)) {
		const goes = last?.kind === 'work' && !isOver(last) && last.work === event.stage && last.text === event.text;
		if (goes) return withLast(state, worked(last, event));
		// What was only expected to begin has not.
		const before = isFresh(last) ? {...state, stages: state.stages.slice(0, -1)} : state;
		return begin(before, worked(newWork(event.stage, event), event), event.atMs);
	}
	const {stage: step, done, total, entered = 0, denied = 0} = event;
	if (step === 'probe' && last?.kind === 'work' && state.purpose === 'measure')
		return begin(state, {...probing(state.candidates[0] ?? 'flat', event.atMs), live: done, total}, event.atMs);
	if (step === 'probe' && last?.kind === 'probing') return withLast(state, {...last, live: done, total});
	if (step === 'attack' && last?.kind === 'attack')
		return withLast(state, {...last, live: {actions: done, entered, denied}});
	return state;
}

/** The lab is there; what comes next is known where it is measured. */
function booted(
	{stages, purpose, candidates}: RunState,
	{bootMs, workloads, rootless, atMs}: Told<'lab-booted'>,
): readonly Stage[] {
	const at = stages.findIndex(({kind}) => kind === 'lab' || kind === 'model');
	const known = stages[at];
	const lab = known?.kind === 'lab' ? called(known, [], atMs) : newLab(workloads, atMs);
	// The engine does not count what it waited for before it booted: images that become containers.
	const startedMs = lab.slowest === null ? atMs - bootMs : Math.min(lab.startedMs, atMs - bootMs);
	const there: LabStage = {...lab, workloads, rootless, startedMs, tookMs: atMs - startedMs};
	const before = closed(at === -1 ? stages : stages.slice(0, at), atMs);
	const after = at === -1 ? [] : stages.slice(at + 1);
	const next = after.length > 0 || purpose !== 'measure' ? after : [probing(candidates[0] ?? 'flat', atMs)];
	return [...before, there, ...next];
}

const isAbout = (
	stage: Stage | undefined,
	{candidate, scenario}: {candidate: string; scenario: string},
): stage is AttackStage =>
	stage?.kind === 'attack' && !isOver(stage) && stage.candidate === candidate && stage.scenario === scenario;

const withLast = (state: RunState, stage: Stage): RunState => ({
	...state,
	stages: [...state.stages.slice(0, -1), stage],
});

/** A stage begins where the one before is over. A candidate's probes give way to its attackers; the control's stay. */
function begin(state: RunState, stage: Stage, atMs: number): RunState {
	const before = closed(state.stages, atMs);
	const last = before.at(-1);
	const gives = stage.kind === 'attack' && last?.kind === 'probing' && last.candidate === stage.candidate;
	const stays = !gives || last.candidate === state.candidates[0];
	return {...state, stages: [...(stays ? before : before.slice(0, -1)), stage]};
}

/** With its last stage over. A lab that did not boot before anything else happened is none. */
function closed(stages: readonly Stage[], atMs: number): readonly Stage[] {
	const last = stages.at(-1);
	return last === undefined || isOver(last) ? stages : [...stages.slice(0, -1), over(last, atMs)];
}

function over(stage: Stage, atMs: number): Stage {
	if (stage.kind === 'lab' || stage.kind === 'model') return {kind: 'model'};
	if (stage.kind === 'work') return doneWork(stage, atMs);
	const endMs = stage.kind === 'probing' ? (stage.toldMs ?? atMs) : atMs;
	return {...stage, tookMs: endMs - stage.startedMs};
}
