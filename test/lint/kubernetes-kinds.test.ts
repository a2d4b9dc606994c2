import test from 'ava';
import {importManifests} from '../../core/kubernetes/import.ts';
import {type Found, lint} from '../../core/lint/lint.ts';
import {today, toldOf} from './linted.ts';

const pod = (name: string, namespace: string, app: string, port = 80): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${app}}}
spec: {containers: [{name: c, image: x, ports: [{containerPort: ${port}}]}]}
`;
const policy = (name: string, namespace: string, spec: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
`;
const pods = [pod('web', 'shop', 'web'), pod('cart', 'shop', 'carts'), pod('scrape', 'ops', 'prometheus')];

function found(id: string, ...documents: readonly string[]): readonly Found[] {
	const files = [{path: 'all.yaml', text: [...pods, ...documents].join('---')}];
	const imported = importManifests(files);
	if (imported.kind === 'wrong') throw new Error(imported.problems[0]!.what);
	const {topology, stack} = imported.value;
	return lint({topology, stack, placement: 'host', today}).filter(one => one.id === id);
}

interface Case {
	readonly title: string;
	readonly policies: readonly string[];
	readonly tells: readonly string[];
}

const dns = (to: string): string =>
	`{podSelector: {}, policyTypes: [Egress], egress: [{to: [${to}], ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]}]}`;
const kubeDns = '{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}';

const cases: Readonly<Record<string, readonly Case[]>> = {
	'dns-by-pods-only': [
		{
			title: 'a rule for kube-dns in its own namespace',
			policies: [policy('out', 'shop', dns('{podSelector: {matchLabels: {k8s-app: kube-dns}}}'))],
			tells: ['warning "out egress 1"'],
		},
		{
			title: 'rules for pods alone, once for all, as a note',
			policies: [policy('out', 'shop', dns(kubeDns)), policy('out', 'ops', dns(kubeDns))],
			tells: ['note "out.shop egress 1"'],
		},
		{
			title: 'no rules beside one for the address of the cache on the node',
			policies: [
				policy('out', 'shop', dns(kubeDns)),
				policy('node', 'shop', dns('{ipBlock: {cidr: 169.254.20.10/32}}')),
			],
			tells: [],
		},
	],
	'dns-forgotten': [
		{
			title: 'pods that may call pods and ask nobody, as a note',
			policies: [
				policy(
					'out',
					'shop',
					'{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}], ports: [{port: 80}]}]}',
				),
			],
			tells: ['note'],
		},
		{
			title: 'no pods that may call nobody',
			policies: [policy('out', 'shop', '{podSelector: {}, policyTypes: [Egress]}')],
			tells: [],
		},
		{
			title: 'no pods that may only call addresses',
			policies: [
				policy(
					'out',
					'shop',
					'{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}',
				),
			],
			tells: [],
		},
		{
			title: 'no pods that may ask a name server that is not there',
			policies: [policy('out', 'shop', dns(kubeDns))],
			tells: [],
		},
	],
	'dns-udp-only': [
		{
			title: 'a rule for a name server that is not there',
			policies: [
				policy(
					'out',
					'shop',
					`{podSelector: {}, policyTypes: [Egress], egress: [{to: [${kubeDns}], ports: [{port: 53, protocol: UDP}]}]}`,
				),
			],
			tells: ['warning "out egress 1"'],
		},
		{
			title: 'no rule beside another one for tcp in its policy',
			policies: [
				policy(
					'out',
					'shop',
					`{podSelector: {}, policyTypes: [Egress], egress: [{to: [${kubeDns}], ports: [{port: 53, protocol: UDP}]}, {to: [${kubeDns}], ports: [{port: 53}]}]}`,
				),
			],
			tells: [],
		},
	],
	'selector-matches-nothing': [
		{
			title: 'a misspelt label in a namespace that is there',
			policies: [
				policy('in', 'shop', '{podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{podSelector: {}}]}]}'),
			],
			tells: ['warning'],
		},
		{
			title: 'a namespace that is not there as a note',
			policies: [
				policy('in', 'shop', '{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: x}}}]}]}'),
			],
			tells: ['note "in ingress 1"'],
		},
		{title: 'no policy for every pod of a namespace', policies: [policy('in', 'shop', '{podSelector: {}}')], tells: []},
	],
	'allow-all': [
		{
			title: 'an empty rule as a note',
			policies: [policy('in', 'shop', '{podSelector: {matchLabels: {app: web}}, ingress: [{}]}')],
			tells: ['note "in ingress 1" cart.shop -> web.shop:80/tcp'],
		},
		{
			title: 'no rule for one port',
			policies: [policy('in', 'shop', '{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 80}]}]}')],
			tells: [],
		},
	],
	'other-direction-missing': [
		{
			title: 'egress to pods whose ingress names others',
			policies: [
				policy(
					'out',
					'shop',
					'{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: carts}}}]}]}',
				),
				policy(
					'in',
					'shop',
					'{podSelector: {matchLabels: {app: carts}}, ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: prometheus}}}]}]}',
				),
			],
			tells: ['warning "out egress 1" web.shop -> cart.shop:80/tcp'],
		},
	],
	'redundant-rule': [
		{
			title: 'the same rule in a policy for fewer pods',
			policies: [
				policy('few', 'shop', '{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {}}]}]}'),
				policy('all', 'shop', '{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}'),
			],
			tells: ['note "few ingress 1" cart.shop -> web.shop:80/tcp'],
		},
		{
			title: 'no rule whose twin is for other pods',
			policies: [
				policy('web', 'shop', '{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {}}]}]}'),
				policy('cart', 'shop', '{podSelector: {matchLabels: {app: carts}}, ingress: [{from: [{podSelector: {}}]}]}'),
			],
			tells: [],
		},
	],
};

for (const [id, list] of Object.entries(cases))
	for (const {title, policies, tells} of list)
		test(`in Kubernetes, ${id} tells ${title}`, t => {
			t.deepEqual(found(id, ...policies).map(toldOf), tells);
		});

test('a misspelt label is told with the one that is there', t => {
	const [finding] = found(
		'selector-matches-nothing',
		policy('in', 'shop', '{podSelector: {matchLabels: {app: cart}}}'),
	);
	t.is(finding!.mend, 'did you mean app=carts?');
	t.regex(finding!.what, /app=cart in namespace shop/);
});

test('of a rule that nobody meets, the place is the peer that means nobody', t => {
	const text = '{podSelector: {}, ingress: [{from: [{podSelector: {}}, {podSelector: {matchLabels: {app: cat}}}]}]}';
	const [finding] = found('selector-matches-nothing', policy('in', 'shop', text));
	t.is(
		finding!.where.column,
		policy('in', 'shop', text).split('\n').at(-2)!.indexOf('{podSelector: {matchLabels: {app: cat') + 1,
	);
});
