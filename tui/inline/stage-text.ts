// What a stage says, in words: the longest form first, for whoever has the room.
import type {AttackEnd} from '../../core/contracts/event.ts';
import {type Line, type Span, shown, span} from '../line.ts';
import type {RunState} from './run-state.ts';
import {
	type AttackStage,
	isOver,
	type LabStage,
	type ProbingStage,
	type Stage,
	tallyOf,
	type WorkStage,
} from './stage.ts';

/** What its line begins with: the candidate, but for what comes before. */
export function stageLabel(stage: Stage, control: string | undefined): string {
	switch (stage.kind) {
		case 'lab':
		case 'model':
			return stage.kind;
		case 'work':
			return stage.work === 'apply' ? shown(stage.text) : workLabels[stage.work];
		case 'probing':
			return stage.candidate === control ? 'control' : shown(stage.candidate);
		case 'attack':
			return shown(stage.candidate);
		default:
			return stage satisfies never;
	}
}

const workLabels = {pull: 'image', build: 'image', answer: 'services'} as const;

/** At least one form; each says less than the one before. @param nowMs - by the clock of the events */
export function stageForms(stage: Stage, state: RunState, nowMs: number): readonly Line[] {
	switch (stage.kind) {
		case 'lab':
			return withSlow(labForms(stage, state.environments), stage, nowMs);
		case 'model':
			return [[span('verdicts of the model: no packet is sent')], [span('no packet is sent')]];
		case 'work':
			return withSlow(workForms(stage, state.workloads), stage, nowMs);
		case 'probing':
			return withLong(probingForms(stage, state.candidates[0]), stage, state, nowMs);
		case 'attack':
			return withLong(attackForms(stage), stage, state, nowMs);
		default:
			return stage satisfies never;
	}
}

/** From here on a wait has a name, and something that goes on its time. */
const patienceMs = 700;

/** Who is waited for, or was; that goes before the figures where there is no room for both. */
function withSlow(forms: readonly Line[], stage: LabStage | WorkStage, nowMs: number): readonly Line[] {
	const [slow, short] = isOver(stage) ? slowest(stage) : waiting(stage, nowMs);
	const last = forms.at(-1)!;
	return slow === undefined || short === undefined
		? forms
		: [...forms.map(form => [...form, span(' · ', 'dim'), slow]), ...(isOver(stage) ? [] : [[slow], [short]]), last];
}

function slowest({slowest, ...stage}: LabStage | WorkStage): readonly Span[] {
	if (slowest === null || slowest.ms < patienceMs || (stage.kind === 'work' && stage.work === 'build')) return [];
	const slow = span(`${shown(slowest.who)} after ${seconds(slowest.ms)}`, 'warn');
	return [slow, slow];
}

/** The same in many words and in few. */
function waiting({waiting, ...stage}: LabStage | WorkStage, nowMs: number): readonly Span[] {
	if (waiting === null) return [];
	const ms = nowMs - waiting.sinceMs;
	const isSlow = ms >= patienceMs;
	const short = span(`${shown(waiting.who)}${isSlow ? ` ${shortly(ms)}` : ''}`, 'warn');
	if (stage.kind === 'work' && stage.work === 'build') return [short, short];
	if (!isSlow) return [];
	const others = waiting.others > 0 ? ` and ${count(waiting.others)} more` : '';
	return [span(`waiting for ${shown(waiting.who)}${others} ${shortly(ms)}`, 'warn'), short];
}

/** How long it goes on already, and how long the same took before where that was much less. */
function withLong(
	forms: readonly Line[],
	stage: ProbingStage | AttackStage,
	{stages}: RunState,
	nowMs: number,
): readonly Line[] {
	const ms = nowMs - stage.startedMs;
	if (isOver(stage) || !(ms >= patienceMs)) return forms;
	const before = stages
		.filter(one => one.kind === stage.kind && isSame(one as typeof stage, stage) && one.tookMs !== null)
		.map(one => one as typeof stage)
		.sort((one, other) => other.tookMs! - one.tookMs!)[0];
	const time = ` · ${shortly(ms)}`;
	const long =
		before !== undefined && ms > 2 * before.tookMs!
			? `, ${shown(before.candidate)} took ${shortly(before.tookMs!)}`
			: '';
	const slow = long === '' ? [] : forms.slice(0, 2).map(form => [...form, span(`${time}${long}`, 'warn')]);
	return [...slow, ...forms.slice(0, 2).flatMap(form => [[...form, span(time, 'dim')], form]), ...forms.slice(2)];
}

const isSame = (one: ProbingStage | AttackStage, other: ProbingStage | AttackStage): boolean =>
	one.kind !== 'attack' || other.kind !== 'attack' || one.scenario === other.scenario;

/** `3.1 s`. */
const shortly = (ms: number): string => `${(Math.max(0, ms) / 1000).toFixed(1)} s`;

/** `0.31 s`. */
export const seconds = (ms: number): string => `${(Math.max(0, ms) / 1000).toFixed(2)} s`;

function labForms({workloads, rootless, step}: LabStage, environments: number): readonly Line[] {
	const booting = rootless === null ? 'booting ' : '';
	const places = environments === 0 ? '' : ` in ${plural(environments, 'environment')}`;
	const rights = rootless === null ? '' : rootless ? ', rootless' : ', as root';
	const what = `${booting}${plural(workloads, 'workload')}`;
	if (rootless === null && step !== null) {
		const now = ` · ${step.total <= 0 ? '' : `${countOf(step.done, step.total)} `}${shown(step.text)}`;
		return [[span(`${what}${places}${now}`)], [span(`${what}${now}`)], [span(now.slice(3))]];
	}
	return [[span(`${what}${places}${rights}`)], [span(`${what}${rights}`)], [span(what)]];
}

function workForms(stage: WorkStage, workloads: number): readonly Line[] {
	const {work, text, done, total} = stage;
	const over = isOver(stage);
	const name = shown(text);
	switch (work) {
		case 'pull': {
			const size =
				total <= 0 ? '' : over ? ` · ${megabytes(total)} MB` : ` · ${megabytes(done)} of ${megabytes(total)} MB`;
			const verb = over ? 'pulled' : 'pulling';
			const short = name.slice(name.lastIndexOf('/') + 1);
			return [`${verb} ${name}${size}`, `${name}${size}`, `${short}${size}`, short].map(text => [span(text)]);
		}
		case 'build': {
			const steps = total <= 1 ? '' : over ? ` in ${plural(total, 'step')}` : ` · step ${countOf(done, total)}`;
			return [[span(`${over ? 'built' : 'building'} ${name}${steps}`)], [span(`${name}${steps}`)], [span(name)]];
		}
		case 'answer': {
			const ports = `${countOf(done, total)} ${total === 1 ? 'port' : 'ports'}`;
			return [[span(`${ports} ${over ? 'answered' : 'answer'}`)], [span(ports)]];
		}
		case 'apply': {
			const rules = `${over ? 'in force' : 'rules'} on ${plural(workloads, 'workload')}`;
			return [[span(over ? rules : `putting ${rules} in force`)], [span(over ? 'in force' : 'putting in force')]];
		}
		default:
			return work satisfies never;
	}
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);

/** `12 of 25`; `25` where that is all. */
const countOf = (done: number, total: number): string =>
	total <= done ? count(done) : `${count(done)} of ${count(total)}`;

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
	const isKnown = !over && turn.of <= 1 && expectedActions !== null;
	const whole = isKnown && expectedActions >= actions ? ` of ${count(expectedActions)}` : '';
	const more = isKnown && expectedActions < actions ? `, ${count(expectedActions)} expected` : '';
	const footholds =
		turn.of <= 1 ? '' : over ? ` from ${turn.of} footholds` : ` from foothold ${turn.number} of ${turn.of}`;
	const name = span(shown(stage.scenario));
	const dot = span(' · ', 'dim');
	const came = span(`${count(entered)} entered`, entered > 0 ? 'bad' : 'plain');
	const held = span(`${count(denied)} denied`, denied > 0 ? 'good' : 'plain');
	const word = actions === 1 && whole === '' ? 'action' : 'actions';
	const long = [name, span(`${footholds} ▸ ${count(actions)}${whole} ${word}${more}`), dot, came, dot, held];
	const short = [name, span(` ▸ ${count(actions)}${whole}`), dot, came, dot, held];
	const end = span(over ? endText(endings) : '');
	const shorter = [name, span(' ▸ '), came, dot, held];
	return [[...long, end], [...short, end], long, short, shorter, [came, dot, held], [name, span(' ▸ '), came]];
}

/** Nothing where every attacker went on until nothing was left to try. */
function endText(endings: readonly AttackEnd[]): string {
	if (endings.includes('limit')) return ' · a limit ended it';
	return endings.includes('goal') ? ' · goal reached' : '';
}

const count = (value: number): string => value.toLocaleString('en-US');

const plural = (value: number, one: string): string => `${count(value)} ${one}${value === 1 ? '' : 's'}`;
