// The stages of whatever takes its time: a rehearsal, a boot, an attack.
import type {AttackEnd} from '../../core/contracts/event.ts';

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

/** What waits for others names them. */
interface Waits {
	/** Who is waited for now, since when, and how many others. */
	readonly waiting: {readonly who: string; readonly sinceMs: number; readonly others: number} | null;
	/** Who was waited for longest. */
	readonly slowest: {readonly who: string; readonly ms: number} | null;
}

export interface LabStage extends Timed, Waits {
	readonly kind: 'lab';
	readonly workloads: number;
	/** Null until it is booted. */
	readonly rootless: boolean | null;
	/** What is counted now; null before the engine tells. */
	readonly step: {readonly text: string; readonly done: number; readonly total: number} | null;
}

/** An image, the services that are to answer, a policy that is put in force. */
export interface WorkStage extends Timed, Waits {
	readonly kind: 'work';
	readonly work: WorkName;
	readonly text: string;
	readonly done: number;
	/** 0 where it is not known. */
	readonly total: number;
}

export type WorkName = 'pull' | 'build' | 'answer' | 'apply';

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
export type Stage = LabStage | {readonly kind: 'model'} | WorkStage | ProbingStage | AttackStage;

export const isOver = (stage: Stage): boolean => stage.kind === 'model' || stage.tookMs !== null;

/** What all footholds of a stage did. */
export function tallyOf({past, live, told}: AttackStage): Tally {
	const {actions, entered, denied} = told.actions >= live.actions ? told : live;
	return {actions: past.actions + actions, entered: past.entered + entered, denied: past.denied + denied};
}

/** How much of it is done, 0..1; null where nobody knows. */
export function shareOf(stage: Stage): number | null {
	switch (stage.kind) {
		case 'model':
			return null;
		case 'lab':
			return stage.step === null ? null : part(stage.step.done, stage.step.total);
		case 'work':
			return part(stage.done, stage.total);
		case 'probing':
			return part(Math.max(stage.live, stage.told), stage.total);
		case 'attack': {
			const {live, told, expectedActions, turn} = stage;
			const now = part(Math.max(live.actions, told.actions), expectedActions ?? 0);
			return now === null ? null : Math.min(1, (turn.number - 1 + now) / Math.max(1, turn.of));
		}
		default:
			return stage satisfies never;
	}
}

const part = (done: number, total: number): number | null => (total > 0 ? Math.min(1, done / total) : null);
