import test from 'ava';
import {renderProblem} from '../../core/model/problem.ts';
import {importStream} from '../../topologies/kubernetes/load.ts';
import {deploymentText, networkPolicyText} from './manifest-texts.ts';

const said = (...texts: readonly string[]): readonly string[] => {
	const parsed = importStream(texts.join('\n---\n'));
	return (parsed.kind === 'wrong' ? parsed.problems : parsed.warnings).map(renderProblem);
};

test('a problem with a field names the object once, and the line where it begins', t => {
	t.deepEqual(said(deploymentText('a'), networkPolicyText('\n  ingress:\n    - ports:\n        - port: 70000')), [
		'stdin:12:17: NetworkPolicy shop/p (from line 6), spec.ingress[0].ports[0].port: 70000 is no port (1 to 65535)',
	]);
});

test('an object that names no namespace is in default', t => {
	const text = networkPolicyText('{bad: 1}').replace(', namespace: shop', '');
	t.regex(said(text)[0]!, /^stdin:4:8: NetworkPolicy default\/p \(from line 1\), spec\.bad: there is no such field/);
});

test('an item of a List is named itself', t => {
	const list = `apiVersion: v1\nkind: List\nitems:\n- ${deploymentText('a').replaceAll('\n', '\n  ')}\n- ${networkPolicyText('{bad: 1}').trimEnd().replaceAll('\n', '\n  ')}`;
	t.regex(said(list)[0]!, /^stdin:11:\d+: NetworkPolicy shop\/p \(from line 8\), spec\.bad/);
});

test('warnings that speak of a kind name its object before', t => {
	const caller = deploymentText('a', '{name: c, envFrom: [{configMapRef: {name: gone}}]}');
	t.regex(
		said(deploymentText('b'), caller)[0]!,
		/^stdin:9:\d+: Deployment shop\/a \(from line 6\): a reads ConfigMap gone/,
	);
});

test('a document that is no YAML is named by what its lines say, and is not the one before it', t => {
	const broken = 'kind: Pod\nmetadata:\n  labels: {a: b}\n  name: half\nspec: [';
	t.regex(said(deploymentText('a'), broken)[0]!, /^stdin:\d+:\d+: Pod half \(from line 6\): not YAML/);
	t.regex(said(deploymentText('a'), '# nothing\n[')[0]!, /^stdin:\d+:\d+: document \(from line 7\): not YAML/);
});

test('a stream without a word is a problem, and one with manifests is called stdin', t => {
	for (const text of ['', '\n \n']) t.regex(said(text)[0]!, /^stdin:1:1: nothing came/);
	const parsed = importStream(deploymentText('a'));
	t.is(parsed.kind === 'ok' && parsed.value.topology.name, 'stdin');
});
