import test from 'ava';
import {deploymentText, networkPolicyText, problemsOf, warningsOf} from './manifest-texts.ts';

const refusedKinds: readonly (readonly [apiVersion: string, kind: string, mend: RegExp])[] = [
	[
		'policy.networking.k8s.io/v1alpha2',
		'AdminNetworkPolicy',
		/write apiVersion: policy\.networking\.k8s\.io\/v1alpha1/,
	],
	['policy.networking.k8s.io/v1beta1', 'ClusterNetworkPolicy', /v1alpha2 is read/],
	['policy.linkerd.io/v1beta1', 'ServerAuthorization', /read are NetworkPolicy/],
	['cilium.io/v2', 'CiliumNetworkPolicy', /read are NetworkPolicy/],
	['projectcalico.org/v3', 'NetworkPolicy', /read are NetworkPolicy/],
	['crd.projectcalico.org/v1', 'GlobalNetworkPolicy', /read are NetworkPolicy/],
	['k8s.cni.cncf.io/v1beta1', 'MultiNetworkPolicy', /read are NetworkPolicy/],
	['security.istio.io/v1', 'AuthorizationPolicy', /read are NetworkPolicy/],
	['extensions/v1beta1', 'NetworkPolicy', /networking\.k8s\.io\/v1/],
	['networking.k8s.io/v1beta1', 'NetworkPolicy', /networking\.k8s\.io\/v1/],
	['networking.k8s.io/v1', 'networkpolicy', /did you mean NetworkPolicy\?/],
	['networking.k8s.io/v1', 'NetworkPolicies', /did you mean NetworkPolicy\?/],
	['policy.networking.k8s.io/v1alpha1', 'BaselineNetworkPolicy', /read are|did you mean/],
	['apps/v1', 'Deploymnet', /did you mean Deployment\?/],
	['v1', 'NetworkPolicy', /write apiVersion: networking\.k8s\.io\/v1/],
	['networking.k8s.io', 'NetworkPolicy', /write apiVersion: networking\.k8s\.io\/v1/],
	['networking.k8.io/v1', 'NetworkPolicy', /write apiVersion: networking\.k8s\.io\/v1/],
	['v1', 'Deployment', /write apiVersion: apps\/v1/],
	['apps/v1', 'Pod', /write apiVersion: v1/],
];
for (const [apiVersion, kind, mend] of refusedKinds)
	test(`${kind} ${apiVersion} is refused by name`, t => {
		const problems = problemsOf([
			deploymentText('a'),
			`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: lock}`,
		]);
		t.is(problems.length, 1);
		const namespaced = ['NetworkPolicy', 'Deployment', 'Pod'].includes(kind);
		const title = namespaced ? `${kind} default/lock` : `${kind} lock`;
		t.true(problems[0]!.startsWith(`a.yaml:6:1: ${title} (${apiVersion})`), problems[0]);
		t.regex(problems[0]!, mend);
	});

test('kinds that decide nothing are named once each, also those that are called like ours', t => {
	const other = (apiVersion: string, kind: string, name: string): string =>
		`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}}`;
	const accounts = ['a', 'b', 'c', 'd', 'e'].map(name => other('v1', 'ServiceAccount', name));
	t.deepEqual(warningsOf([...accounts, other('serving.knative.dev/v1', 'Service', 's')]), [
		'a.yaml:1:1: ServiceAccount a, b, c and 2 more: skipped, no verdict depends on it here',
		'a.yaml:21:1: Service default/s: skipped, no verdict depends on it here',
	]);
});

test('a controller of an unknown kind is missed for its pods', t => {
	const rollout =
		'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r}\nspec: {template: {spec: {containers: []}}}';
	t.regex(warningsOf([rollout])[0]!, /^a\.yaml:1:1: Rollout r: skipped, and the pods that it runs are missing here/);
});

test('a name that a cluster would refuse is refused where policies stand alone, and a warning beside pods', t => {
	const odd = networkPolicyText('{}').replace('name: p', 'name: p_1');
	t.regex(problemsOf([odd])[0]!, /^a\.yaml:3:18: NetworkPolicy shop\/p_1: a cluster would refuse this name/);
	t.regex(warningsOf([odd, deploymentText('a')])[0]!, /NetworkPolicy shop\/p_1: a cluster would refuse this name/);
});

test('a namespace that no cluster has is as odd as a name; names may be longer than labels', t => {
	for (const namespace of ['Shop', 'a.b', 'x'.repeat(64)]) {
		const odd = networkPolicyText('{}').replace('namespace: shop', `namespace: ${namespace}`);
		t.regex(
			problemsOf([odd])[0]!,
			/^a\.yaml:3:32: NetworkPolicy .*: a cluster would refuse this namespace \(at most 63/,
		);
	}
	t.deepEqual(problemsOf([networkPolicyText('{}').replace('name: p', `name: ${'x'.repeat(253)}`)]), []);
});

test('kinds of Kubernetes that are not read are no misspelling', t => {
	const others = ['v1 Secret', 'v1 PodTemplate', 'networking.k8s.io/v1 Ingress', 'apps/v1 ControllerRevision'];
	t.is(
		warningsOf(others.map(one => `apiVersion: ${one.split(' ')[0]}\nkind: ${one.split(' ')[1]}\nmetadata: {name: x}`))
			.length,
		4,
	);
	t.deepEqual(problemsOf(['apiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems: null']), []);
});
