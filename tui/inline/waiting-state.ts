// Stages in which somebody is waited for: a lab that boots, an image, services that are to answer. Who takes longest is
// remembered.
import type {StageEvent} from '../../core/contracts/stage.ts';
import type {LabStage, WorkName, WorkStage} from './stage.ts';

export const isWork = (stage: string): stage is WorkName => works.has(stage);
const works: ReadonlySet<string> = new Set<WorkName>(['pull', 'build', 'answer', 'apply']);

export const newLab = (workloads: number, startedMs: number): LabStage => ({
	...{kind: 'lab', workloads, rootless: null, step: null, startedMs, tookMs: null},
	...{waiting: null, slowest: null},
});

export const newWork = (work: WorkName, {text, done, total, atMs}: StageEvent): WorkStage => ({
	...{kind: 'work', work, text, done, total, startedMs: atMs, tookMs: null},
	...{waiting: null, slowest: null},
});

/** The lab after what the engine tells of its boot. */
export const booting = (lab: LabStage, {text, done, total, waiting = [], atMs}: StageEvent): LabStage => ({
	...called(lab, waiting, atMs),
	step: {text, done, total},
});

/** The work after what is told of it; over where all of it is done. */
export function worked(work: WorkStage, {done, total, waiting = [], atMs}: StageEvent): WorkStage {
	const now = {...called(work, waiting, atMs), done, total};
	return total > 0 && done >= total ? doneWork(now, atMs) : now;
}

export const doneWork = (work: WorkStage, atMs: number): WorkStage => ({
	...called(work, [], atMs),
	tookMs: atMs - work.startedMs,
});

/** The first of those who are waited for is the one that is named, until it is there. */
export function called<S extends LabStage | WorkStage>(stage: S, names: readonly string[], atMs: number): S {
	const {waiting, slowest} = stage;
	const [who] = names;
	if (waiting !== null && names.includes(waiting.who))
		return {...stage, waiting: {...waiting, others: names.length - 1}};
	const waited = waiting === null ? null : {who: waiting.who, ms: atMs - waiting.sinceMs};
	return {
		...stage,
		waiting: who === undefined ? null : {who, sinceMs: atMs, others: names.length - 1},
		slowest: waited !== null && waited.ms > (slowest?.ms ?? 0) ? waited : slowest,
	};
}
