import test from 'ava';
import {type Endpoint, type Flow, renderFlow} from '../../core/model/flow.ts';
import type {Placement, Verdict} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {covers, parseAddress} from '../../core/policy/address.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {type Changes, changesBetween, type FlowChange} from '../../core/reach/changes.ts';
import {ruleChanges} from '../../core/reach/changes-rules.ts';
import {hasPort, portSet, samePorts} from '../../core/reach/port-set.ts';
import {allow, deny, policies} from '../builders/policy.ts';
import {randomCase, randomFlows} from '../builders/random.ts';
import {randomStack} from '../builders/random-policy.ts';
import {seeded} from '../builders/seeded.ts';
import {topology} from '../builders/topology.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

/** Number of the class of a flow's end; undefined for a second address of the family. */
function classOf({classes}: Changes, {workloads}: Topology, end: Endpoint, family: 4 | 6): number | undefined {
	if (end.workload === null)
		return classes.find(({beyond}) => beyond?.ranges.some(span => within(span, end.address)))?.index;
	const primary = workloads.find(({name}) => name === end.workload)!.addresses.find(one => one.family === family);
	if (primary?.address !== end.address) return undefined;
	return classes.find(({members}) => members.some(({name}) => name === end.workload))!.index;
}

const within = ({first, last}: {first: string; last: string}, address: string): boolean =>
	covers({...parseAddress(first), last: parseAddress(last).last}, parseAddress(address));

/** What is reported about a flow. */
const reported = (changes: Changes, flow: Flow, source: number, destination: number): readonly FlowChange[] =>
	changes.flows.filter(
		({ports, family, between}) =>
			hasPort(ports, flow.protocol, flow.port) &&
			(family === null || family === flow.family) &&
			between.some(block => block.sources.includes(source) && block.destinations.includes(destination)),
	);

/** The ends that denied on one side, with the rules of both sides there. */
function expectedEnds(before: Verdict, after: Verdict): readonly (readonly unknown[])[] {
	const denying = before.action === 'deny' ? before : after;
	const ends = (['egress', 'ingress'] as const)
		.filter(direction => denying[direction]?.action === 'deny')
		.map(direction => [direction, before[direction]?.rule.id, after[direction]?.rule.id] as const);
	const [first, second] = ends;
	const alike = second !== undefined && first![1] === second[1] && first![2] === second[2];
	return alike ? [['both', first![1], first![2]]] : ends;
}

test('a flow is reported as opened or closed exactly where its verdict differs, by the rules of the ends that denied it', t => {
	const seen = {flows: 0, opened: 0, closed: 0, beyond: 0, ends: {egress: 0, ingress: 0, both: 0}};
	for (let seed = firstSeed; seed < firstSeed + 120; seed++) {
		const random = randomCase(seed);
		const chance = seeded(seed ^ 0xd1ff);
		const [from, to] = [chance.pick(placements), chance.pick(placements)];
		const other = randomStack(chance, random.topology);
		const before = {topology: random.topology, stack: random.stack, placement: from};
		const after = {topology: random.topology, stack: other, placement: to};
		const changes = changesBetween(before, after);
		const [was, is] = [createEvaluator(random.topology, random.stack), createEvaluator(random.topology, other)];
		for (const flow of randomFlows(random, 40, {unowned: true})) {
			const source = classOf(changes, random.topology, flow.source, flow.family);
			const destination = classOf(changes, random.topology, flow.destination, flow.family);
			if (source === undefined || destination === undefined) continue;
			const about = `seed ${seed}: ${renderFlow(flow)}`;
			const [earlier, later] = [was.verdict(flow, from), is.verdict(flow, to)];
			const found = reported(changes, flow, source, destination);
			t.deepEqual(
				found.map(({kind, because}) => `${kind} by ${because}`),
				earlier.action === later.action ? [] : [`${later.action === 'allow' ? 'opened' : 'closed'} by policy`],
				about,
			);
			seen.flows++;
			if (found.length === 0) continue;
			const {ends, kind} = found[0]!;
			t.deepEqual(
				ends.map(({direction, was, now}) => [direction, was?.id, now?.id]),
				expectedEnds(earlier, later).map(end => [...end]),
				about,
			);
			seen[kind]++;
			for (const {direction} of ends) seen.ends[direction]++;
			if (flow.source.workload === null || flow.destination.workload === null) seen.beyond++;
		}
	}
	t.true(seen.flows > 2000 && seen.opened > 200 && seen.closed > 200 && seen.beyond > 50, JSON.stringify(seen));
	t.true(Math.min(...Object.values(seen.ends)) > 50, JSON.stringify(seen));
});

const placements: readonly Placement[] = ['host', 'host', 'fabric', 'gateway', 'host+fabric'];

const shop = topology({
	'web-1.prod': {labels: {tier: 'web'}},
	'web-2.prod': {labels: {tier: 'web'}},
	'api.prod': {labels: {tier: 'api'}},
	'db.prod': {labels: {tier: 'db'}, services: ['postgres:5432'], jewel: true},
	'wiki.dev': {labels: {tier: 'wiki'}},
});
const postgres = portSet([{protocol: 'tcp', first: 5432, last: 5432}]);
const names = ({classes}: Changes, numbers: readonly number[]): readonly string[] =>
	numbers.flatMap(at => classes[at]!.members.map(({name}) => name)).sort();

test('a rule that opens a port to many is one change with the rules of both sides, and one block', t => {
	const before = policies({guardrails: [deny('environments do not mix', {differ: ['env']})]});
	const after = policies({rules: [allow('all read', {to: {tier: 'db'}, on: ['5432/tcp']})]});
	const side = {topology: shop, placement: 'host' as const};
	const changes = changesBetween({...side, stack: before}, {...side, stack: after});
	t.deepEqual(
		changes.flows.map(({kind, family, ports, ends, between}) => [
			kind,
			family,
			samePorts(ports, postgres),
			ends.map(({direction, was, now}) => `${direction} ${was?.name} > ${now?.name}`),
			between.map(({sources, destinations}) => [names(changes, sources), names(changes, destinations)]),
		]),
		[
			['opened', null, true, ['both default > all read'], [[['api.prod', 'web-1.prod', 'web-2.prod'], ['db.prod']]]],
			['opened', null, true, ['both environments do not mix > all read'], [[['wiki.dev'], ['db.prod']]]],
		],
	);
	t.deepEqual(changes.pairs.opened.policy, {workloads: 4, beyond: 0});
	t.deepEqual(changes.pairs.closed.policy, {workloads: 0, beyond: 0});
});

test('everything to everything is one block, although nothing is a pair with itself', t => {
	const side = {topology: shop, placement: 'host' as const};
	const apart = policies({baseline: [deny('no jewels', {to: {tier: 'db'}, on: ['9/tcp']})], default: 'allow'});
	const closed = policies({baseline: [deny('no jewels', {to: {tier: 'db'}, on: ['9/tcp']})]});
	const changes = changesBetween({...side, stack: apart}, {...side, stack: closed});
	t.deepEqual(
		changes.flows.filter(({ends}) => ends[0]!.direction === 'both').map(({between}) => between.length),
		[1, 1],
	);
	t.deepEqual(changes.pairs.closed.policy.workloads, 20);
});

test('a change for one family names it, and one for workloads that have no other does not', t => {
	const only = policies({rules: [allow('four', {to: {cidr: '198.18.0.0/15'}})]});
	const families = (one: Topology): readonly (number | null)[] => {
		const side = {topology: one, placement: 'host' as const};
		const changes = changesBetween({...side, stack: policies({})}, {...side, stack: only});
		const toWorkloads = changes.flows.filter(({between}) => names(changes, between[0]!.destinations).length > 0);
		return [...new Set(toWorkloads.map(({family}) => family))];
	};
	t.deepEqual(families(shop), [4]);
	t.deepEqual(families(topology({a: {addresses: ['198.18.0.2']}, b: {addresses: ['198.18.0.3']}})), [null]);
});

test('flows of workloads that are new or gone are told apart from those that the policy changes', t => {
	const without = {...shop, workloads: shop.workloads.filter(({name}) => name !== 'wiki.dev')};
	const stack = policies({rules: [allow('wiki', {from: {tier: 'wiki'}, to: {tier: 'api'}, on: ['80/tcp']})]});
	const [less, more] = [without, shop].map(one => ({topology: one, stack, placement: 'host' as const}));
	const added = changesBetween(less!, more!);
	t.deepEqual(
		added.flows.map(({kind, because, ends}) => [kind, because, ends.map(({was, now}) => [was, now?.name])]),
		[['opened', 'workloads', [[null, 'wiki']]]],
	);
	t.deepEqual(added.pairs.opened.workloads, {workloads: 1, beyond: 0});
	const gone = changesBetween(more!, less!);
	t.deepEqual(
		gone.flows.map(({kind, because}) => [kind, because]),
		[['closed', 'workloads']],
	);
});

test('dependencies are broken and mended by the flows of any replica, with the rule that denies them', t => {
	const need = {from: 'web.prod', to: 'db.prod', protocol: 'tcp', port: 5432, service: 'postgres'} as const;
	const where = {file: 'a', line: 1, column: 1};
	const needs = {...shop, dependencies: [{...need, dangling: false, vital: false, source: 'declared', where} as const]};
	const side = {topology: needs, placement: 'host' as const};
	const reads = (from: object) => policies({rules: [allow('reads', {from: {...from}, to: {tier: 'db'}})]});
	const [all, one] = [reads({tier: 'web'}), reads({workload: 'web-1.prod'})];
	const broken = changesBetween({...side, stack: all}, {...side, stack: one}).needs;
	t.deepEqual(
		broken.broken.map(({dependency, was, now, rule}) => [dependency, was, now, rule?.id]),
		[['web.prod -> db.prod:5432/tcp', 'allowed', 'denied', 'p0.default']],
	);
	const mended = changesBetween({...side, stack: one}, {...side, stack: all}).needs;
	t.deepEqual([mended.broken.length, mended.mended.length], [0, 1]);
});

test('rules that moved or whose policy has another name are the same, and others are added, gone or altered', t => {
	const [a, b, c] = [allow('a', {on: ['1/tcp']}), allow('b', {on: ['2/tcp']}), allow('c')];
	const before = policies({name: 'old', rules: [a, b]});
	t.deepEqual(ruleChanges(before, policies({name: 'new', rules: [b, a]})), {added: [], gone: [], altered: []});
	const {added, gone, altered} = ruleChanges(before, policies({rules: [allow('b', {on: ['3/tcp']}), c]}));
	const texts = [added, gone, altered].map(list => list.map(({name}) => name));
	t.deepEqual(texts, [['c'], ['a'], ['b']]);
});
