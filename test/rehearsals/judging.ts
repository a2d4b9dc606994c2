// What the judge is given, as its tests read it: columns of runs, and expectations of them.
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {RunReport} from '../../core/contracts/report.ts';
import {type Flow, flowKey} from '../../core/model/flow.ts';
import type {Accepted, Bound, Expectation, FlowTest, Rehearsal} from '../../core/model/rehearsal.ts';
import type {Column, JudgeInput} from '../../rehearsals/column.ts';
import {judge} from '../../rehearsals/judge.ts';
import {denied, open} from '../builders/evidence.ts';
import {flow} from '../builders/flow.ts';
import {allows, candidate, denies, need, needing, scenario} from '../builders/measuring.ts';
import {place} from '../builders/place.ts';
import {policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';
import {sampleRun} from '../cli/report/sample-report.ts';

export const lab = needing(
	topology({
		'worker.prod': {},
		'queue.prod': {services: ['amqp:5672']},
		'deploy.ops': {},
		'api.prod': {services: ['ssh:22']},
	}),
	[need('worker.prod -> queue.prod:5672')],
);

export const it = flow('deploy.ops', 'api.prod:22');
export const keyed = (evidence: readonly Evidence[]) => new Map(evidence.map(each => [flowKey(each.flow), each]));
export const sample = sampleRun({candidate: 'segmented'});

export type Parts = {
	readonly [Part in 'containment' | 'breakage' | 'outcomes' | 'fidelity']?: Partial<RunReport[Part]>;
};

export const run = (parts: Parts = {}, rest: Partial<RunReport> = {}): RunReport => ({
	...sample,
	...rest,
	containment: {...sample.containment, ...parts.containment},
	breakage: {...sample.breakage, ...parts.breakage},
	outcomes: {...sample.outcomes, ...parts.outcomes},
	fidelity: {...sample.fidelity, ...parts.fidelity},
});

export const everythingLost: Parts = {
	containment: {
		compromised: 19,
		saved: null,
		savable: null,
		savedReason: 'the control',
		jewelsReached: 2,
		byEnvironment: {prod: {compromised: 7, others: 7, jewels: 2}, dev: {compromised: 5, others: 6, jewels: 0}},
	},
};
export const flatColumn = (parts: Parts = everythingLost, evidence: readonly Evidence[] = [open(it)]): Column => ({
	candidate: candidate('flat'),
	runs: [run(parts, {candidate: 'flat'})],
	evidence: keyed(evidence),
	verdict: () => allows(),
});

export const column = (runs: readonly RunReport[], rest: Partial<Column> = {}): Column => ({
	candidate: candidate('segmented', policies({})),
	runs,
	evidence: keyed([denied(it)]),
	verdict: () => denies(),
	...rest,
});

export const zero: Bound = {kind: 'compare', operator: '=', value: 0, percent: false};
export const atMost = (value: number): Bound => ({kind: 'compare', operator: '<=', value, percent: false});
export const atLeast = (value: number, percent = false): Bound => ({kind: 'compare', operator: '>=', value, percent});
export const exactly = (...names: readonly string[]): Bound => ({kind: 'exactly', names});

export const expects = (measure: string, bound: Bound, rest: Partial<Expectation> = {}): Expectation => ({
	candidate: 'segmented',
	scenario: null,
	measure,
	environment: null,
	bound,
	text: measure,
	where: place('rehearsal.yaml', 9),
	...rest,
});

export const input = (
	columns: readonly Column[],
	{
		measured = 'packets',
		now = '2026-11-22T10:00:00Z',
		...rest
	}: Partial<Rehearsal> & Partial<Pick<JudgeInput, 'measured' | 'now'>> = {},
): JudgeInput => ({
	rehearsal: {
		name: 'shop',
		folder: '/shop',
		topology: lab,
		candidates: columns.map(each => each.candidate),
		scenarios: [scenario()],
		expectations: [],
		flows: [],
		accepted: [],
		inputs: [],
		...rest,
	},
	columns,
	measured,
	now,
});

export const queue = {
	dependency: 'worker.prod -> queue.prod:5672/tcp',
	failing: 1,
	of: 1,
	rule: null,
	source: 'declared',
	vital: false,
} as const;
export const oneBroken: Parts = {breakage: {broken: 1, flows: [queue]}};
export const littleKnown: Parts = {breakage: {coverage: {...sample.breakage.coverage, covered: 10, share: 10 / 37}}};
export const limited: Parts = {
	containment: {ended: 'limit', saved: null, savable: null, savedReason: 'a limit ended the run'},
};
export const nothingLost: Parts = {
	containment: {compromised: 0, jewelsReached: 0, byEnvironment: {}, savedReason: 'the control', saved: null},
};
export const goal: Parts = {containment: {savedReason: 'goal-directed', saved: null, savable: null}};

export const flowTest = (action: 'allow' | 'deny', flows: readonly Flow[], name: string | null = null): FlowTest => ({
	action,
	candidate: name,
	flows,
	text: `${action}: deploy.ops -> api.prod:ssh`,
	where: place('rehearsal.yaml', 20),
});

export const accepting = (until: string | null): Accepted => ({
	flows: [it],
	text: 'deploy.ops -> api.prod:ssh',
	because: 'releases',
	until,
	where: place('rehearsal.yaml', 30),
});

export const exit = (columns: readonly Column[], rest: Parameters<typeof input>[1] = {}) =>
	judge(input(columns, rest)).exitCode;
