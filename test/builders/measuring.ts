// What the measures read, in a line or two: a verdict that a table gives, a dependency, a scenario, a candidate.

import type {Flow} from '../../core/model/flow.ts';
import type {RuleRef, Stack, Verdict} from '../../core/model/policy.ts';
import type {Candidate} from '../../core/model/rehearsal.ts';
import type {Scenario} from '../../core/model/scenario.ts';
import type {Dependency, Topology} from '../../core/model/topology.ts';
import type {Stand} from '../../core/policy/placement.ts';
import {place} from './place.ts';

/** `web.prod -> db.prod:5432`; tcp, declared, unless the rest says otherwise. The service has its port for a name. */
export function need(text: string, rest: Partial<Dependency> = {}): Dependency {
	const [, from = '', to = '', port = '', protocol = 'tcp'] = /^(\S+) -> ([^:\s]+):(\d+)(?:\/(\w+))?$/.exec(text) ?? [];
	if (to === '') throw new Error(`no dependency: ${text}`);
	return {
		from,
		to,
		protocol: protocol as Dependency['protocol'],
		port: Number(port),
		service: port,
		dangling: false,
		vital: false,
		source: 'declared',
		where: place('test.topology.yaml', 5),
		...rest,
	};
}

/** The same topology with these dependencies; `assumed` names workloads that an importer added. */
export const needing = (
	topology: Topology,
	needs: readonly Dependency[],
	assumed: readonly string[] = [],
): Topology => ({
	...topology,
	dependencies: needs,
	workloads: topology.workloads.map(workload => ({...workload, assumed: assumed.includes(workload.name)})),
});

const ref = (id: string): RuleRef => ({
	id,
	name: id === 'p0.default' ? 'default' : `rule ${id}`,
	policy: id === 'none' ? '' : 'p0',
	tier: id === 'none' ? 'none' : 'rules',
	where: id === 'none' ? null : place('p0.policy.yaml', 3),
});

/** Both ends allow, by this rule. */
export const allows = (id = 'none'): Verdict => ({
	action: 'allow',
	rule: ref(id),
	direction: 'ingress',
	egress: {action: 'allow', rule: ref(id)},
	ingress: {action: 'allow', rule: ref(id)},
	asIf: {action: 'allow', rule: ref(id), direction: 'ingress'},
});

/** The sender's end denies, by this rule. */
export const denies = (id = 'p0.default'): Verdict => ({
	action: 'deny',
	rule: ref(id),
	direction: 'egress',
	egress: {action: 'deny', rule: ref(id)},
	ingress: {action: 'deny', rule: ref(id)},
	asIf: {action: 'deny', rule: ref(id), direction: 'egress'},
});

/** Allowed by `p0.r1` where the test says so, denied by the default elsewhere. */
export const only =
	(test: (flow: Flow) => boolean) =>
	(flow: Flow): Verdict =>
		test(flow) ? allows('p0.r1') : denies();

export const rules: ReadonlyMap<string, RuleRef> = new Map(
	['p0.r1', 'p0.r2', 'p0.g1', 'p0.default'].map(id => [id, ref(id)]),
);

export const candidate = (name: string, stack: Stack = [], rest: Partial<Candidate> = {}): Candidate => ({
	name,
	stack,
	placement: 'host',
	today: false,
	files: [],
	where: place('rehearsal.yaml', 4),
	...rest,
});

export const scenario = (rest: Partial<Scenario> = {}): Scenario => ({
	name: 'ransomware',
	tactic: 'TA0008',
	foothold: null,
	goal: {kind: 'everything'},
	strategy: 'worm',
	techniques: ['exploit-service'],
	weak: null,
	limits: {actions: 10_000, seconds: 60},
	where: place('ransomware.scenario.yaml', 1),
	...rest,
});

/** What a flow meets at placement `host`, between workloads that both have an enforcer. */
export const bothHosts: readonly Stand[] = [
	{place: 'host', direction: 'egress', judges: true},
	{place: 'host', direction: 'ingress', judges: true},
];
