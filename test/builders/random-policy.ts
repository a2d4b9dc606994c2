// Stacks by chance: every feature of the language, dense enough that most rules meet some flow.
import type {
	Action,
	Match,
	Policy,
	PortMatch,
	Requirement,
	Rule,
	Selector,
	Stack,
	Term,
} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {place} from './place.ts';
import {randomSegments} from './random-topology.ts';
import type {Chance} from './seeded.ts';
import {port} from './selector.ts';

/** 1 to 3 policies, now and then none, or a cluster's; they agree in `established` and `denied`, as a loaded stack does. */
export function randomStack(chance: Chance, topology: Topology): Stack {
	const established = chance.pick(['keep', 'cut'] as const);
	const denied = chance.pick(['drop', 'reject'] as const);
	const count = chance.often(0.03) ? 0 : chance.pick([1, 1, 2, 3]);
	const drafts = chance.often(0.2)
		? randomCluster(chance, topology)
		: Array.from({length: count}, (_, at) => randomPolicy(chance, topology, at));
	return drafts.map(draft => ({...draft, established, denied}));
}

type Draft = Omit<Policy, 'established' | 'denied'>;

/**
 * As manifests become policies: one with guardrails for many, up to three that isolate some workloads in one direction or
 * both and only allow, one with a baseline; now and then a native policy beside them.
 */
function randomCluster(chance: Chance, topology: Topology): readonly Draft[] {
	const plain = (at: number): Draft => ({
		...randomPolicy(chance, topology, at),
		dialect: 'kubernetes',
		default: 'allow',
		mode: 'enforce',
		enforce: everything(`p${at}`),
		guardrails: [],
		rules: [],
		baseline: [],
		isolates: false,
	});
	const ruled = (at: number, tier: 'g' | 'r' | 'b', count: number, actions: readonly Action[]): readonly Rule[] =>
		Array.from({length: 1 + chance.below(count)}, (_, number) => ({
			...randomRule(chance, topology, `p${at}.${tier}${number + 1}`, chance.pick(actions), false),
			mode: 'enforce',
			direction: chance.pick(['ingress', 'egress']),
		}));
	const namespaced = 1 + chance.below(3);
	return [
		{...plain(0), guardrails: ruled(0, 'g', 4, ['allow', 'deny', 'pass'])},
		...Array.from({length: namespaced}, (_, number) => ({
			...plain(number + 1),
			rules: chance.often(0.15) ? [] : ruled(number + 1, 'r', 3, ['allow']),
			isolates: true,
		})),
		{...plain(namespaced + 1), baseline: ruled(namespaced + 1, 'b', 3, ['allow', 'deny'])},
		...(chance.often(0.3) ? [randomPolicy(chance, topology, namespaced + 2)] : []),
	];
}

const everything = (id: string): Selector => [
	{reach: 'workloads', requirements: [], where: place(`${id}.policy.yaml`, 1)},
];

function randomPolicy(chance: Chance, topology: Topology, at: number): Draft {
	const id = `p${at}`;
	const kubernetes = chance.often(0.2);
	const rules = (tier: string, count: number, actions: readonly Action[]): readonly Rule[] =>
		Array.from({length: chance.below(count + 1)}, (_, number) =>
			randomRule(chance, topology, `${id}.${tier}${number + 1}`, chance.pick(actions), kubernetes),
		);
	return {
		name: `policy ${id}`,
		id,
		dialect: kubernetes ? 'kubernetes' : 'native',
		default: chance.pick(['deny', 'deny', 'allow']),
		mode: chance.often(0.15) ? 'observe' : 'enforce',
		enforce: chance.often(0.15) ? randomSelector(chance, topology) : everything(id),
		applies: chance.often(0.35) ? randomSelector(chance, topology) : everything(id),
		directions: chance.pick([['ingress', 'egress'], ['ingress', 'egress'], ['ingress'], ['egress']] as const),
		guardrails: rules('g', 3, ['allow', 'deny', 'deny', 'pass']),
		rules: rules('r', 5, ['allow']),
		baseline: rules('b', 2, ['allow', 'deny']),
		isolates: kubernetes && chance.often(0.6),
		where: place(`${id}.policy.yaml`, 1),
	};
}

function randomRule(chance: Chance, topology: Topology, id: string, action: Action, kubernetes: boolean): Rule {
	return {
		...randomMatch(chance, topology),
		id,
		name: `rule ${id} "${chance.pick(['ö', '; flush ruleset', '\n', '#', '\\'])}"`,
		action,
		mode: action === 'deny' && chance.often(0.2) ? 'observe' : 'enforce',
		direction: kubernetes && chance.often(0.7) ? chance.pick(['ingress', 'egress']) : null,
		unless: chance.often(0.25) ? Array.from({length: 1 + chance.below(2)}, () => randomMatch(chance, topology)) : [],
		note: null,
		where: place(`${id.slice(0, 2)}.policy.yaml`, 2),
	};
}

const relationKeys = ['env', 'network', 'workload', 'tier', 'app', 'constructor'];

const randomMatch = (chance: Chance, topology: Topology): Match => ({
	from: randomSelector(chance, topology),
	to: randomSelector(chance, topology),
	same: chance.often(0.2) ? [chance.pick(relationKeys)] : [],
	differ: chance.often(0.2) ? [...new Set([chance.pick(relationKeys), chance.pick(relationKeys)])] : [],
	on: chance.often(0.45) ? null : Array.from({length: 1 + chance.below(3)}, () => randomPort(chance)),
});

const portTexts =
	'80/tcp 8080/tcp 1-1024/tcp 7001-8080/tcp 53/udp 5000-6000/udp 9/udp tcp udp icmp http data data/udp names names/tcp many nothing 5/sctp';

const randomPort = (chance: Chance): PortMatch => port(chance.pick(portTexts.split(' ')));

/** One or two terms. */
export const randomSelector = (chance: Chance, topology: Topology): Selector =>
	Array.from({length: chance.often(0.2) ? 2 : 1}, () => randomTerm(chance, topology));

function randomTerm(chance: Chance, topology: Topology): Term {
	const where = place('random.policy.yaml', 1);
	const some = (count: number) => Array.from({length: count}, () => randomRequirement(chance, topology));
	if (chance.often(0.2))
		return {reach: 'anything', requirements: [randomCidr(chance, topology), ...some(chance.below(2))], where};
	if (chance.often(0.1))
		return {reach: chance.pick(['outside', 'anything']), requirements: some(chance.below(2)), where};
	return {reach: 'workloads', requirements: some(chance.pick([0, 0, 1, 1, 1, 2])), where};
}

function randomRequirement(chance: Chance, topology: Topology): Requirement {
	const wanted = chance.often(0.7);
	const one = chance.pick(topology.workloads);
	switch (
		chance.pick(['label', 'label', 'label', 'namespace', 'namespace-label', 'workload', 'network', 'is'] as const)
	) {
		case 'label':
			return randomLabel(chance, 'label', wanted);
		case 'namespace-label':
			return randomLabel(chance, 'namespace-label', wanted);
		case 'namespace':
			return {kind: 'namespace', names: [chance.pick(['shop', 'ops'])], wanted};
		case 'workload':
			return {kind: 'workload', names: [chance.pick([one.name, one.kind, one.base])], wanted};
		case 'network':
			return {kind: 'network', names: [chance.pick(['app', 'data', 'ops', 'app.prod', 'data.dev'])], wanted};
		case 'is':
			return {kind: 'is', name: 'partners', selector: randomSelector(chance, topology)};
	}
}

function randomLabel(chance: Chance, kind: 'label' | 'namespace-label', wanted: boolean): Requirement {
	if (kind === 'label' && chance.often(0.3)) return {kind, key: 'env', values: [chance.pick(['prod', 'dev'])], wanted};
	const values = chance.often(0.2) ? null : chance.some(['red', 'green', 'blue'], 0.5);
	return {kind, key: chance.pick(['tier', 'app', 'constructor']), values, wanted};
}

function randomCidr(chance: Chance, topology: Topology): Requirement {
	const {address, family} = chance.pick(chance.pick(topology.workloads).addresses);
	const narrow = `${address}/${(family === 4 ? [32, 31, 30, 29] : [128, 127, 126, 125])[chance.below(4)]}`;
	const wide = chance.pick(['0.0.0.0/0', '::/0', '198.18.0.0/16', 'fd00:f1eb::/32', '203.0.113.0/24']);
	const segment = chance.pick(chance.pick(randomSegments).prefixes).cidr;
	return {
		kind: 'cidr',
		cidrs: chance.pick([[narrow], [wide], [segment], [segment, narrow], ['0.0.0.0/0', '::/0']]),
		except: chance.often(0.4) ? [chance.pick([narrow, segment])] : [],
	};
}
