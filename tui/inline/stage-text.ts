// What a stage of a rehearsal says, in words: the longest form first, for whoever has the room.
import type {AttackEnd} from '../../core/contracts/event.ts';
import {type Line, shown, span} from '../line.ts';
import {
	type AttackStage,
	isOver,
	type LabStage,
	type ProbingStage,
	type RehearsalState,
	type Stage,
	tallyOf,
} from './rehearsal-state.ts';

/** What its line begins with: the candidate, but for the first two. */
export function stageLabel(stage: Stage, control: string | undefined): string {
	if (stage.kind === 'lab' || stage.kind === 'model') return stage.kind;
	return stage.kind === 'probing' && stage.candidate === control ? 'control' : shown(stage.candidate);
}

/** At least one form; each says less than the one before. */
export function stageForms(stage: Stage, state: RehearsalState): readonly Line[] {
	switch (stage.kind) {
		case 'lab':
			return labForms(stage, state.environments);
		case 'model':
			return [[span('verdicts of the model: no packet is sent')], [span('no packet is sent')]];
		case 'probing':
			return probingForms(stage, state.candidates[0]);
		case 'attack':
			return attackForms(stage);
		default:
			return stage satisfies never;
	}
}

/** `0.31 s`. */
export const seconds = (ms: number): string => `${(Math.max(0, ms) / 1000).toFixed(2)} s`;

function labForms({workloads, rootless}: LabStage, environments: number): readonly Line[] {
	const booting = rootless === null ? 'booting ' : '';
	const places = environments === 0 ? '' : ` in ${plural(environments, 'environment')}`;
	const rights = rootless === null ? '' : rootless ? ', rootless' : ', as root';
	const what = `${booting}${plural(workloads, 'workload')}`;
	return [[span(`${what}${places}${rights}`)], [span(`${what}${rights}`)], [span(what)]];
}

function probingForms(stage: ProbingStage, control: string | undefined): readonly Line[] {
	const {live, told, total, candidate} = stage;
	const done = Math.max(live, told);
	const whole = isOver(stage) || total <= done ? '' : ` of ${count(total)}`;
	const flows = `${count(done)}${whole} ${done === 1 && whole === '' ? 'flow' : 'flows'}`;
	const under = candidate === control ? ' with no policy in force' : '';
	return [[span(`${flows} probed${under}`)], [span(`${flows} probed`)], [span(flows)]];
}

function attackForms(stage: AttackStage): readonly Line[] {
	const {actions, entered, denied} = tallyOf(stage);
	const {turn, expectedActions, endings} = stage;
	const over = isOver(stage);
	const isKnown = !over && turn.of <= 1 && expectedActions !== null && expectedActions >= actions;
	const whole = isKnown ? ` of ${count(expectedActions)}` : '';
	const footholds =
		turn.of <= 1 ? '' : over ? ` from ${turn.of} footholds` : ` from foothold ${turn.number} of ${turn.of}`;
	const name = span(shown(stage.scenario));
	const dot = span(' · ', 'dim');
	const came = span(`${count(entered)} entered`, entered > 0 ? 'bad' : 'plain');
	const held = span(`${count(denied)} denied`, denied > 0 ? 'good' : 'plain');
	const word = actions === 1 && whole === '' ? 'action' : 'actions';
	const long = [name, span(`${footholds} ▸ ${count(actions)}${whole} ${word}`), dot, came, dot, held];
	const short = [name, span(` ▸ ${count(actions)}${whole}`), dot, came, dot, held];
	const end = span(over ? endText(endings) : '');
	const shorter = [name, span(' ▸ '), came, dot, held];
	return [[...long, end], [...short, end], long, short, shorter, [name, span(' ▸ '), came], [came, dot, held]];
}

/** Nothing where every attacker went on until nothing was left to try. */
function endText(endings: readonly AttackEnd[]): string {
	if (endings.includes('limit')) return ' · a limit ended it';
	return endings.includes('goal') ? ' · goal reached' : '';
}

const count = (value: number): string => value.toLocaleString('en-US');

const plural = (value: number, one: string): string => `${count(value)} ${one}${value === 1 ? '' : 's'}`;
