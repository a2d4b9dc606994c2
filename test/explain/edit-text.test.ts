// What is proposed as text means what is proposed as a value: it is pasted where it says, read again, and judged.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {parse, stringify} from 'yaml';
import type {Edit, World} from '../../core/explain/edit.ts';
import {editText} from '../../core/explain/edit-text.ts';
import {explainFlow} from '../../core/explain/explain.ts';
import {parseFlowText} from '../../core/files/flow-text.ts';
import {parsePolicies} from '../../core/files/policy.ts';
import {parseTopology} from '../../core/files/topology.ts';
import type {Flow} from '../../core/model/flow.ts';
import {type Parsed, renderProblem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {deploymentText, imported, networkPolicyText} from '../kubernetes/manifest-texts.ts';

const folder = join(import.meta.dirname, '../../topologies/catalog/shop');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const unwrapped = <T>(parsed: Parsed<T>): T => {
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	return parsed.value;
};
const shop = unwrapped(parseTopology([{file: 'shop.topology.yaml', text: read('shop.topology.yaml')}]));
const policyOf = (file: string, text: string) => unwrapped(parsePolicies([{file, text}], shop));

type Content = Record<string, {allow?: string; deny?: string; unless?: unknown[]; on?: unknown[]}[]>;
const tiers = ['guardrails', 'rules', 'baseline'] as const;

/** The policy file with the edit's text pasted where it says; null for what is no edit of this file. */
function pasted(text: string, edit: Edit, yaml: string | null): string | null {
	const content = parse(text) as Content;
	const lists = tiers.flatMap(tier => content[tier] ?? []);
	const named = (name: string) => lists.find(rule => (rule.allow ?? rule.deny) === name)!;
	switch (edit.kind) {
		case 'add-rule': {
			const added = (parse(yaml!) as Content)[edit.tier]!;
			content[edit.tier] =
				edit.before === null ? [...(content[edit.tier] ?? []), ...added] : [...added, ...(content[edit.tier] ?? [])];
			break;
		}
		case 'add-exception':
			named(edit.rule.name).unless = [
				...(named(edit.rule.name).unless ?? []),
				...(parse(yaml!) as {unless: unknown[]}).unless,
			];
			break;
		case 'remove-rule':
			for (const tier of tiers) content[tier] = (content[tier] ?? []).filter(rule => rule !== named(edit.rule.name));
			break;
		case 'add-ports':
			named(edit.rule.name).on!.push(
				...edit.on.map(port => ('first' in port ? `${port.first}/${port.protocol}` : 'icmp')),
			);
			break;
		default:
			return null;
	}
	return stringify(content);
}

const flowsOf = (text: string): readonly Flow[] => {
	const flow = parseFlowText(text, shop);
	if (flow.kind === 'wrong') throw new Error(flow.what);
	return flow.flows.slice(0, 1);
};

const texts = [
	'wiki.dev -> db.prod:postgres',
	'web.prod -> api.prod:http',
	'web.prod -> api.prod:ssh',
	'worker.prod -> queue.prod:amqp',
	'customers -> web.prod:https',
	'office -> wiki.dev:http',
	'monitor.ops -> db.test:metrics',
	'web.dev -> db.dev:icmp',
];

for (const file of ['zones', 'segmented', 'too-tight'].map(name => `${name}.policy.yaml`)) {
	test(`${file}: what explain says to paste, pasted, flips the verdict`, t => {
		const text = read(file);
		const world: World = {topology: shop, stack: policyOf(file, text)};
		let tried = 0;
		for (const flow of texts.flatMap(flowsOf)) {
			const {verdict, changes} = explainFlow(world, flow, 'host');
			for (const {edits} of changes) {
				const changed = edits.reduce<string | null>(
					(so, edit) => (so === null ? null : pasted(so, edit, editText(world, edit).yaml)),
					text,
				);
				if (changed === null) continue;
				const after = createEvaluator(shop, policyOf(file, changed)).verdict(flow, 'host').action;
				t.not(after, verdict.action, `${JSON.stringify(flow)}\n${changed}`);
				tried++;
			}
		}
		t.true(tried >= texts.length, `${tried}`);
	});
}

const pods = ['front', 'carts', 'carts-db'].map(name =>
	deploymentText(name, '{name: c, ports: [{containerPort: 80}]}'),
);
const isolating = networkPolicyText(
	'{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: carts}}}]}]}',
);

const betweenPods = ({workloads}: Topology, from: string, to: string): Flow => {
	const end = (kind: string) => {
		const {name, addresses} = workloads.find(workload => workload.kind === kind)!;
		return {workload: name, address: addresses[0]!.address};
	};
	return {source: end(from), destination: end(to), family: 4, protocol: 'tcp', port: 80};
};

test('a NetworkPolicy and an AdminNetworkPolicy that explain writes are read by the importer and flip the verdict', t => {
	const {topology, stack} = imported([...pods, isolating]);
	const world = {topology, stack};
	for (const [from, expected, kind] of [
		['front', 'deny', /^kind: NetworkPolicy$/m],
		['carts', 'allow', /^kind: AdminNetworkPolicy$/m],
	] as const) {
		const flow = betweenPods(topology, from, 'carts-db');
		const {verdict, changes} = explainFlow(world, flow, 'host');
		t.is(verdict.action, expected);
		const texts = changes.flatMap(({edits}) => edits.map(edit => editText(world, edit).yaml));
		const written = texts.find(text => text !== null && kind.test(text));
		t.truthy(written, texts.join('\n'));
		const after = imported([...pods, isolating, written!]);
		t.not(createEvaluator(after.topology, after.stack).verdict(flow, 'host').action, verdict.action, written!);
	}
});

test('a rule for a NetworkPolicy is an entry of its field, and is said to belong there', t => {
	const {topology, stack} = imported([...pods, isolating]);
	const world = {topology, stack};
	const {changes} = explainFlow(world, betweenPods(topology, 'front', 'carts-db'), 'host');
	const edit = changes.flatMap(({edits}) => edits).find(({kind}) => kind === 'add-rule')!;
	const {says, yaml} = editText(world, edit);
	t.is(says, 'add to NetworkPolicy shop/p');
	const entry = JSON.stringify((parse(yaml!) as {ingress: unknown[]}).ingress[0]);
	const more = networkPolicyText(
		`{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: carts}}}]}, ${entry}]}`,
	);
	const after = imported([...pods, more]);
	t.is(
		createEvaluator(after.topology, after.stack).verdict(betweenPods(topology, 'front', 'carts-db'), 'host').action,
		'allow',
	);
});
