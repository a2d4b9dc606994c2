// Reports that must not look green: little known, much in doubt; and one of two scenarios and two placements.
import type {RehearsalReport, RunReport} from '../../../core/contracts/report.ts';
import {assumedWeak} from '../../../core/measure/limits.ts';
import {sampleReport, sampleRun} from './sample-report.ts';

const sample = sampleRun({candidate: 'manifests'});

const doubtful = sampleRun({
	candidate: 'manifests',
	foothold: 'frontend',
	footholds: {count: 14, median: 2.5},
	containment: {
		...sample.containment,
		byEnvironment: {},
		workloads: {compromised: 1, others: 20},
		jewels: 0,
		saved: 13,
		savable: 13,
		stillLost: [],
		compromised: 0,
		blastRadius: 0,
		lostKinds: [],
	},
	breakage: {
		dependencies: 3,
		broken: 0,
		flows: [{dependency: 'carts -> kube-dns:53/udp', failing: 2, of: 2, rule: null, source: 'assumed', vital: false}],
		untestable: ['orders -> user:80/tcp'],
		dangling: ['frontend -> shoppingassistantservice:80/tcp'],
		orphaned: ['carts:80/tcp', 'orders:80/tcp'],
		coverage: {
			services: 14,
			covered: 3,
			share: 3 / 14,
			bySource: {declared: 0, imported: 3, assumed: 14, learned: 0},
			withoutCaller: [
				'carts:80/tcp',
				'catalogue:80/tcp',
				'orders:80/tcp',
				'payment:80/tcp',
				'queue:5672/tcp',
				'rabbit:9090/tcp',
				'session:6379/tcp',
				'shipping:80/tcp',
				'user:80/tcp',
			],
		},
	},
	outcomes: {
		...sample.outcomes,
		checked: 210,
		inconclusive: 3,
		inconclusiveFlows: [
			{flow: 'carts -> user:80/tcp', reason: 'denied, but it did not arrive with no policy in force either: no answer'},
			{
				flow: 'orders -> user:80/tcp',
				reason: 'denied, but it did not arrive with no policy in force either: no answer',
			},
			{flow: 'orders -> user:81/tcp', reason: 'connection tracking is full'},
		],
	},
	fidelity: {
		checked: 207,
		mismatches: 2,
		flows: [
			{
				flow: 'carts -> orders:80/tcp',
				model: 'ingress deny by "default"',
				kernel: 'egress allow by no rule, ingress allow by "orders"',
				farEnd: 'arrived, accepted',
			},
		],
		attacker: ['orders: lost in the lab, not in the model'],
	},
});

/** A folder of manifests of which hardly anything is known, and an enforcement that is at fault. */
export const doubtfulReport: RehearsalReport = {
	...sampleReport,
	name: 'sock-shop',
	assumptions: [assumedWeak, 'kube-dns was added: every pod that names a Service asks it'],
	runs: [
		sampleRun({
			...doubtful,
			candidate: 'flat',
			containment: {
				...doubtful.containment,
				compromised: 13,
				blastRadius: 13 / 20,
				saved: null,
				savedReason: 'the control',
			},
			outcomes: {...doubtful.outcomes, inconclusive: 0, inconclusiveFlows: []},
			fidelity: {...doubtful.fidelity, mismatches: 0, flows: [], attacker: []},
		}),
		doubtful,
	],
	expectations: [
		{
			where: 'manifests:1',
			what: 'manifests · coverage',
			expected: 'callers known for half of the services',
			found: 'for 3 of 14, so that little is known of what breaks',
			held: null,
		},
		{where: 'manifests:1', what: 'flat · mismatches', expected: '0', found: '0', held: true},
	],
	passed: null,
};

const thief = {
	...sample.containment,
	saved: null,
	savable: null,
	savedReason: 'goal-directed',
	ended: 'goal',
} as const;

const seen = (run: RunReport, scenario: string): RunReport => ({
	...run,
	scenario,
	containment: scenario === 'thief' ? {...run.containment, ...thief} : run.containment,
});

/** Two attackers, one candidate at two placements, one that only observes. */
export const scenariosReport: RehearsalReport = {
	...sampleReport,
	runs: ['ransomware', 'thief'].flatMap(scenario => [
		seen(sampleReport.runs[0]!, scenario),
		...(['host', 'host+fabric'] as const).map(placement =>
			seen(sampleRun({candidate: 'segmented', placement}), scenario),
		),
		seen(
			sampleRun({candidate: 'watching', mode: 'observe', outcomes: {...sample.outcomes, wouldDeny: 1600}}),
			scenario,
		),
	]),
	expectations: [{where: 'rehearsal.yaml:4', what: 'segmented · mismatches', expected: '0', found: '0', held: true}],
	passed: true,
};
