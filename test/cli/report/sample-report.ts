// Reports as SCREENS has them: made-up figures, real proportions.
import type {RehearsalReport, RuleText, RunReport, StillLost} from '../../../core/contracts/report.ts';

const rule = (id: string, name: string, where: string): RuleText => ({id, name, policy: 'sample', where});
const ops = rule('p0.r1', 'ops reaches everything', 'zones.policy.yaml:14');
const wiki = rule('p0.r2', 'wiki reads the api', 'segmented.policy.yaml:19');
const silence = rule('p0.default', 'default', 'too-tight.policy.yaml:3');

type Step = StillLost['path'][number];

/** `wiki.dev -> deploy.ops:22 exploit-service`. */
function step(text: string, rule: RuleText | null): Step {
	const [, from = '', to = '', port = '', technique = ''] = /^(\S+) -> ([^:]+):(\d+) (\S+)$/.exec(text) ?? [];
	return {from, to, technique, protocol: 'tcp', port: Number(port), rule};
}

const toDeploy = step(
	'wiki.dev -> deploy.ops:80 exploit-service',
	rule('p0.r3', 'dev reaches ops', 'zones.policy.yaml:11'),
);
const toApi = step('deploy.ops -> api.prod:22 reuse-ssh-key', ops);
const toDb = step('api.prod -> db.prod:5432 reuse-password', ops);

const lost = (kind: string, path: readonly Step[], cut: StillLost['cut'], jewel = false): StillLost => ({
	kind,
	environment: kind.split('.')[1] ?? null,
	jewel,
	path,
	cut,
});

/** What every run of the sample has, unless it says otherwise. */
export function sampleRun(rest: Partial<RunReport> & {readonly candidate: string}): RunReport {
	return {
		placement: 'host',
		scenario: 'ransomware',
		foothold: 'wiki.dev',
		mode: 'enforce',
		worst: true,
		footholds: {count: 1, median: 1},
		containment: {
			compromised: 1,
			others: 20,
			blastRadius: 1 / 20,
			workloads: {compromised: 1, others: 26},
			byEnvironment: {
				dev: {compromised: 1, others: 6, jewels: 0},
				prod: {compromised: 0, others: 7, jewels: 2},
				test: {compromised: 0, others: 7, jewels: 0},
			},
			saved: 18,
			savable: 19,
			savedReason: null,
			jewelsReached: 0,
			jewels: 2,
			hopsToFirstJewel: null,
			actionsToFirstJewel: null,
			labSeconds: 0.4,
			exposedServices: 1,
			servicesOfOthers: 37,
			noise: 40,
			deniedAttempts: 11,
			firstDeniedAction: 2,
			stillLost: [lost('api.dev', [step('wiki.dev -> api.dev:8080 exploit-service', wiki)], {step: 0, neededBy: []})],
			lostKinds: ['api.dev'],
			ended: 'exhausted',
		},
		breakage: {
			dependencies: 34,
			broken: 0,
			flows: [],
			untestable: [],
			dangling: [],
			orphaned: [],
			coverage: {
				services: 37,
				covered: 34,
				share: 34 / 37,
				bySource: {declared: 34, imported: 0, assumed: 0, learned: 0},
				withoutCaller: ['wiki.dev:80/tcp', 'worker.dev:9100/tcp', 'worker.test:9100/tcp'],
			},
		},
		looseness: {usableNow: 0.04, openToNothing: 0.1},
		outcomes: {
			checked: 1824,
			permitted: 100,
			rejected: 1724,
			escaped: 0,
			misdropped: 0,
			inconclusive: 0,
			inconclusiveFlows: [],
			wouldDeny: 0,
			wouldAllow: 0,
		},
		fidelity: {checked: 1824, mismatches: 0, flows: [], attacker: []},
		timeline: [
			['exploit-service', 'T1210'],
			['reuse-ssh-key', 'T1021.004'],
			['reuse-password', 'T1078'],
		].map(([technique = '', attack = ''], at) => ({
			atMs: at,
			action: at + 1,
			technique,
			attack,
			from: 'wiki.dev',
			to: 'api.dev',
			port: null,
			result: 'success',
			rule: null,
			detail: '',
		})),
		...rest,
	};
}

const segmented = sampleRun({candidate: 'segmented'});
const {containment, breakage} = segmented;

const flat = sampleRun({
	candidate: 'flat',
	containment: {
		...containment,
		compromised: 19,
		blastRadius: 19 / 20,
		workloads: {compromised: 25, others: 26},
		byEnvironment: {
			dev: {compromised: 5, others: 6, jewels: 0},
			prod: {compromised: 7, others: 7, jewels: 2},
			test: {compromised: 7, others: 7, jewels: 0},
		},
		saved: null,
		savable: null,
		savedReason: 'the control',
		jewelsReached: 2,
		hopsToFirstJewel: 1,
		actionsToFirstJewel: 14,
		exposedServices: 37,
		firstDeniedAction: null,
		noise: 90,
		deniedAttempts: 0,
	},
	looseness: {usableNow: 0.95, openToNothing: 0.9},
});

const zones = sampleRun({
	candidate: 'zones',
	containment: {
		...containment,
		compromised: 6,
		blastRadius: 6 / 20,
		workloads: {compromised: 8, others: 26},
		byEnvironment: {
			dev: {compromised: 2, others: 6, jewels: 0},
			prod: {compromised: 4, others: 7, jewels: 2},
			test: {compromised: 0, others: 7, jewels: 0},
		},
		saved: 13,
		jewelsReached: 1,
		hopsToFirstJewel: 3,
		actionsToFirstJewel: 31,
		exposedServices: 12,
		firstDeniedAction: 9,
		stillLost: [
			lost('db.prod', [toDeploy, toApi, toDb], {step: 1, neededBy: ['deploy.ops -> api.prod:22/tcp']}, true),
			lost('api.prod', [toDeploy, toApi], null),
			lost('cache.prod', [toDeploy, toApi, step('api.prod -> cache.prod:6379 exploit-service', ops)], null),
			lost('deploy.ops', [toDeploy], null),
			lost('monitor.ops', [step('wiki.dev -> monitor.ops:80 exploit-service', toDeploy.rule)], null),
			lost('web.prod', [toDeploy, toApi, step('api.prod -> web.prod:443 exploit-service', ops)], null),
		],
	},
	looseness: {usableNow: 0.71, openToNothing: 0.8},
});

const tight = sampleRun({
	candidate: 'too-tight',
	looseness: {usableNow: 0.02, openToNothing: 0.1},
	breakage: {
		...breakage,
		broken: 2,
		flows: [
			{
				dependency: 'worker.prod -> queue.prod:5672/tcp',
				failing: 4,
				of: 4,
				rule: silence,
				source: 'declared',
				vital: false,
			},
			{
				dependency: 'web.test -> cache.test:6379/tcp',
				failing: 2,
				of: 4,
				rule: silence,
				source: 'declared',
				vital: false,
			},
		],
		orphaned: ['queue.prod:5672/tcp'],
	},
});

/** The rehearsal of SCREENS: four columns, a candidate that breaks what was not to be broken. */
export const sampleReport: RehearsalReport = {
	schema: 'firebreak/rehearsal/v1',
	name: 'shop',
	measured: 'packets',
	topology: {name: 'shop', kinds: 21, workloads: 27, services: 41, dependencies: 34, jewels: 2},
	inputs: [{path: 'rehearsal.yaml', sha256: '00'}],
	revision: null,
	versions: {firebreak: '0.1.0'},
	assumptions: [],
	seed: 7,
	cuts: [],
	runs: [flat, zones, segmented, tight],
	latencies: {bootMs: 310, applyMs: 12, propagation: {p50Ms: 7, p99Ms: 11}, probesPerSecond: 9200, teardownMs: 40},
	expectations: [
		{where: 'rehearsal.yaml:9', what: 'segmented · broken', expected: '0', found: '0', held: true},
		{
			where: 'rehearsal.yaml:12',
			what: 'too-tight · broken',
			expected: '0',
			found: '2 (worker.prod -> queue.prod:5672/tcp, web.test -> cache.test:6379/tcp)',
			held: false,
		},
		{
			where: 'rehearsal.yaml:16',
			what: 'accepted · deploy.ops -> api.prod:ssh · releases',
			expected: 'open, until 2027-03-31',
			found: 'open under segmented, too-tight',
			held: true,
		},
	],
	passed: false,
	limits: [
		'enforced by Firebreak’s own nftables rules, not by your product',
		'no NAT or virtual addresses, no nodes, nothing of layer 2 or layer 7',
		'weaknesses as the topology declares them',
		'34 dependencies known; 3 of 37 services without a known caller',
		'conformance: model, kernel and far end agree on 7,296 of 7,296 flows checked here',
	],
};
