// The main job: the control, then every candidate × every scenario × every foothold, in a range and in the model; and
// what that was worth. Nothing here sends a packet or prints: the range does the one, reporters the other.
import type {AttackRun} from '../core/contracts/attack-run.ts';
import type {LabEvent} from '../core/contracts/event.ts';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {Applied, Propagation} from '../core/contracts/lab.ts';
import type {RehearsalReport, RunReport, TriedCut} from '../core/contracts/report.ts';
import {type CandidateInput, isControl} from '../core/measure/run-input.ts';
import {measureCandidate, measureRun, worstOf} from '../core/measure/run-report.ts';
import {type Flow, flowKey} from '../core/model/flow.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';
import type {Scenario} from '../core/model/scenario.ts';
import {createEvaluator} from '../core/policy/evaluate.ts';
import {ruleById} from '../core/policy/rule-index.ts';
import type {Column} from './column.ts';
import {footholdsOf} from './footholds.ts';
import {createModelRange} from './model-range.ts';
import {probeFlows} from './probe-flows.ts';
import type {Range} from './range.ts';
import {tryCut} from './try-cut.ts';

export interface RunOptions {
	readonly seed: number;
	/** `--foothold`: goes before the scenarios' own. */
	readonly foothold: string | null;
	readonly range: Range;
	/** Milliseconds of a steady clock. */
	readonly now: () => number;
	readonly tell: (event: LabEvent) => void;
	/** Aborted by Ctrl-C: the run stops before its next step and throws the signal's reason. */
	readonly interrupted: AbortSignal;
}

export interface Measured {
	readonly runs: readonly RunReport[];
	readonly cuts: readonly TriedCut[];
	/** What the judge reads, one a candidate; their runs are those above. */
	readonly columns: readonly Column[];
	/** The slowest of each, over all candidates. */
	readonly applyMs: number | null;
	readonly propagation: RehearsalReport['latencies']['propagation'];
	readonly probesPerSecond: number | null;
	/** How many flows there are, of which `probed` were asked. */
	readonly population: number;
	readonly probed: number;
}

/** One attacker, in the range and (where the range is a lab) in the model. */
interface Attacked {
	readonly scenario: Scenario;
	readonly foothold: string;
	readonly run: AttackRun;
	readonly model: AttackRun | null;
}

/** The first candidate is the control. @throws whatever the range throws, and the reason of an interruption */
export async function runRehearsal(rehearsal: Rehearsal, options: RunOptions): Promise<Measured> {
	const {topology, candidates, scenarios, flows: tests, accepted} = rehearsal;
	const {range, seed, tell, now, interrupted} = options;
	const always = [...tests, ...accepted].flatMap(({flows}) => flows);
	const plan = probeFlows(
		topology,
		candidates.map(({stack}) => stack),
		seed,
		always,
	);
	const attackers = scenarios.flatMap(scenario =>
		footholdsOf(topology, scenario, options.foothold).map((foothold, at, all) => ({
			scenario,
			foothold,
			turn: {number: at + 1, of: all.length},
		})),
	);
	const model = createModelRange(topology, seed, now);
	const columns: Column[] = [];
	const apply: Applied[] = [];
	let probing = {flows: 0, ms: 0};
	let control: {readonly probed: readonly Evidence[]; readonly attacked: readonly Attacked[]} | undefined;

	// What needs only this process is done while the range is busy: the model's attackers, the measures of the candidate
	// before, and what the next one needs.
	let measurePrevious = (): void => undefined;
	for (const [at, candidate] of candidates.entries()) {
		interrupted.throwIfAborted();
		const applying = isControl(candidate) ? null : range.use(candidate);
		applying?.catch(() => undefined);
		const asked = range.probe(plan.flows);
		asked.catch(() => undefined);
		let started = now();
		await model.use(candidate);
		const inModel =
			range.measured === 'model' ? null : inTurn(attackers, one => model.attack(one.scenario, one.foothold));
		inModel?.catch(() => undefined);
		if (applying !== null) {
			const applied = await applying;
			started = now();
			if (applied !== null) apply.push(applied);
			tell({kind: 'policy-applied', candidate: candidate.name, applyMs: applied?.applyMs ?? 0, atMs: now()});
		}
		measurePrevious();
		const next = candidates[at + 1];
		if (next !== undefined) range.prepare(next);
		const probed = await asked;
		probing = {flows: probing.flows + plan.flows.length, ms: probing.ms + now() - started};
		for (const found of probed) tell({kind: 'flow-probed', candidate: candidate.name, evidence: found, atMs: now()});
		const modelled = await inModel;
		const attacked: Attacked[] = [];
		for (const [at, attacker] of attackers.entries()) {
			interrupted.throwIfAborted();
			attacked.push(await attack(candidate, attacker, modelled?.[at] ?? null, {range, tell, now}));
		}
		control ??= {probed, attacked};
		const findings = {probed, attacked, control, measured: range.measured};
		measurePrevious = () => void columns.push(columnOf(rehearsal, candidate, findings));
	}
	measurePrevious();
	const cuts = await triedCuts(rehearsal, columns, attackers, {...options, control: control!.probed});
	return {
		cuts,
		runs: worstOf(columns.flatMap(({runs}) => runs)),
		columns: columns.map(column => ({...column, runs: worstOf(column.runs)})),
		applyMs: apply.length === 0 ? null : Math.max(...apply.map(({applyMs}) => applyMs)),
		propagation: slowest(apply.map(({propagation}) => propagation)),
		probesPerSecond:
			range.measured === 'model' || probing.ms === 0 ? null : Math.round((probing.flows / probing.ms) * 1000),
		population: plan.population,
		probed: plan.flows.length,
	};
}

/** Null where no rule of any workload changed. */
function slowest(all: readonly Propagation[]): Measured['propagation'] {
	const [p50, p99] = (['p50Ms', 'p99Ms'] as const).map(key => all.flatMap(one => one[key] ?? []));
	return p50!.length === 0 ? null : {p50Ms: Math.max(...p50!), p99Ms: Math.max(...p99!)};
}

type Tools = Pick<RunOptions, 'range' | 'tell' | 'now'>;

interface Attacker {
	readonly scenario: Scenario;
	readonly foothold: string;
	readonly turn: {readonly number: number; readonly of: number};
}

/** One after the other, in order. */
async function inTurn<T, Out>(list: readonly T[], each: (one: T) => Promise<Out>): Promise<readonly Out[]> {
	const done: Out[] = [];
	for (const one of list) done.push(await each(one));
	return done;
}

/** The model's attacker is done by then, so that who watches the lab knows how long its own will take. */
async function attack(
	{name: candidate}: Candidate,
	{scenario, foothold, turn}: Attacker,
	inModel: AttackRun | null,
	{range, tell, now}: Tools,
): Promise<Attacked> {
	const about = {candidate, scenario: scenario.name, foothold};
	const startedMs = now();
	const expectedActions = inModel?.timeline.length ?? null;
	tell({kind: 'attack-started', ...about, turn, expectedActions, anew: true, atMs: startedMs});
	const run = await range.attack(scenario, foothold);
	const seen = new Map(run.evidence.map(({action, evidence}) => [action, evidence]));
	for (const record of run.timeline) {
		const atMs = startedMs + record.atMs;
		tell({kind: 'action', ...about, record, evidence: seen.get(record.action) ?? [], atMs});
	}
	tell({kind: 'attack-ended', ...about, ended: run.ended, atMs: now()});
	return {scenario, foothold, run, model: inModel};
}

/** Of each candidate the run with the most crown jewels lost, of those the first; replicas of one kind are told apart by the foothold. */
async function triedCuts(
	rehearsal: Rehearsal,
	columns: readonly Column[],
	attackers: readonly Attacker[],
	{control, ...options}: RunOptions & {readonly control: readonly Evidence[]},
): Promise<readonly TriedCut[]> {
	const tried: TriedCut[] = [];
	for (const {candidate, runs} of columns) {
		const most = Math.max(0, ...runs.map(({containment}) => containment.jewelsReached));
		const at = runs.findIndex(({containment}) => containment.jewelsReached === most);
		const attacker = attackers[at];
		if (isControl(candidate) || most === 0 || attacker === undefined) continue;
		options.interrupted.throwIfAborted();
		const {lostKinds: lost} = runs[at]!.containment;
		const found = await tryCut({...options, ...attacker, rehearsal, candidate, lost, control});
		if (found !== null) tried.push(found);
	}
	return tried;
}

interface Findings {
	readonly probed: readonly Evidence[];
	readonly attacked: readonly Attacked[];
	readonly control: {readonly probed: readonly Evidence[]; readonly attacked: readonly Attacked[]};
	readonly measured: 'packets' | 'model';
}

function columnOf({topology}: Rehearsal, candidate: Candidate, findings: Findings): Column {
	const {probed, attacked, control, measured} = findings;
	const evaluator = createEvaluator(topology, candidate.stack);
	const input: CandidateInput = {
		topology,
		candidate,
		control: control.probed,
		probed,
		verdict: (flow: Flow) => evaluator.verdict(flow, candidate.placement),
		stands: flow => evaluator.stands(flow, candidate.placement),
		rules: ruleById(candidate.stack),
		measured,
	};
	const shared = measureCandidate(input);
	const runs = attacked.map(({scenario, foothold, run, model}, at) =>
		measureRun({...input, scenario, foothold, run, modelRun: model, controlRun: control.attacked[at]!.run}, shared),
	);
	return {
		candidate,
		runs,
		evidence: new Map(probed.map(found => [flowKey(found.flow), found])),
		verdict: input.verdict,
	};
}
