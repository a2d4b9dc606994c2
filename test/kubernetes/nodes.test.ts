import test from 'ava';
import {imported, problemsOf, warningsOf} from './manifest-texts.ts';
import {type Asked, admin, namespaces, pod, pods, shop, toAll, verdict} from './two-namespaces.ts';

const onNode = pod('node', 'ops', '10.9.0.1', 'hostNetwork: true, nodeSelector: {disk: ssd}, ');
test('a pod on its node’s network is neither subject nor peer by its labels, and is reached as its node and by its address', t => {
	const asked: Asked = {ends: 'web>node', port: '80/tcp'};
	const denies = (peer: string): boolean =>
		verdict([onNode, admin(1, `${shop}, egress: [{action: Deny, to: [${peer}]}]`)], asked).startsWith('deny');
	t.false(denies(toAll));
	t.false(denies('{pods: {podSelector: {matchLabels: {app: node}}, namespaceSelector: {}}}'));
	t.true(denies('{networks: [10.9.0.0/16]}'));
	t.true(denies('{nodes: {}}'));
	t.true(denies('{nodes: {matchLabels: {disk: ssd, kubernetes.io/os: linux}}}'));
	t.false(denies('{nodes: {matchLabels: {disk: hdd}}}'));
	const everyone = admin(1, `subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: [0.0.0.0/0]}]}]`);
	t.regex(verdict([onNode, everyone], {ends: 'node>web', port: '80/tcp'}), /^allow/);
	t.regex(verdict([onNode, everyone], {ends: 'job>web', port: '80/tcp'}), /^deny/);
});

test('nodes are those of the manifests, with all of their labels and addresses', t => {
	const node =
		'apiVersion: v1\nkind: Node\nmetadata: {name: n1, labels: {zone: a}}\nstatus: {addresses: [{type: InternalIP, address: 10.9.0.7}, {type: Hostname, address: n1}]}';
	const policy = (labels: string): string =>
		admin(1, `${shop}, egress: [{action: Deny, to: [{nodes: {matchLabels: ${labels}}}]}]`);
	const asked: Asked = {ends: 'web>10.9.0.7', port: '80/tcp'};
	t.regex(verdict([node, policy('{zone: a}')], asked), /^deny/);
	t.regex(verdict([node, policy('{zone: b}')], asked), /^allow/);
	const texts = [...namespaces, ...pods, policy('{zone: a}')];
	t.regex(warningsOf(texts)[0]!, /spec\.egress\[0\]\.to\[0\]\.nodes: matches nothing \(the manifests have no Node\)/);
	t.regex(
		problemsOf([...texts, onNode])[0]!,
		/whether the node of node\.ops has the label zone is not known \(add the Node/,
	);
});

test('policies that stand alone know the nodes’ pods of the manifests that they are for', t => {
	const {surroundings} = imported([...namespaces, ...pods, onNode], {assumed: false});
	const text = admin(1, `${shop}, egress: [{action: Deny, to: [${toAll}, {nodes: {}}]}]`);
	const [policy] = imported([text], {surroundings}).stack;
	const [everyone, nodes] = policy!.guardrails[0]!.to;
	t.deepEqual(everyone!.requirements, [{kind: 'workload', names: ['node.ops'], wanted: false}]);
	t.deepEqual(nodes!.requirements, [{kind: 'cidr', cidrs: ['10.9.0.1/32'], except: []}]);
	t.deepEqual(imported([text]).stack[0]!.guardrails[0]!.to.length, 1);
});
