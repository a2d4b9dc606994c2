import test from 'ava';
import {addressesOf, importLab, labOf} from './written.ts';

test('a node is what it says, then its group, its kind and the defaults; maps are merged, commands joined', t => {
	const {workloads} = labOf(`
topology:
  defaults: {kind: linux, image: alpine, env: {A: defaults, B: defaults}, labels: {site: x}, exec: [one], group: g2}
  kinds: {linux: {env: {B: kind, C: kind}, cmd: sleep 1, group: g3}}
  groups:
    g1: {env: {C: group, D: group}, image: nginx, ports: ["8080:8080"]}
    g3: {labels: {tier: web}}
    os: {kind: nokia_srlinux}
  nodes:
    a: {group: g1, env: {D: node}, labels: {site: y}}
    b:
    c: {group: os}
`);
	const [a, b, c] = workloads.filter(({outside}) => !outside) as [
		(typeof workloads)[0],
		(typeof workloads)[0],
		(typeof workloads)[0],
	];
	t.deepEqual(a.variables, {A: 'defaults', B: 'kind', C: 'group', D: 'node'});
	t.deepEqual(a.labels, {node: 'a', kind: 'linux', group: 'g1', site: 'y'});
	t.is(a.image, 'nginx');
	t.deepEqual(
		a.services.map(({port}) => port),
		[80, 8080],
	);
	t.deepEqual(b.labels, {node: 'b', kind: 'linux', group: 'g3', site: 'x', tier: 'web'});
	t.deepEqual(b.command, ['sleep', '1']);
	t.is(c.labels.kind, 'nokia_srlinux');
	t.deepEqual(
		[a.managed, c.managed],
		[true, false],
		'a network system is a plain machine on which nothing can be enforced',
	);
	t.deepEqual(
		c.services.map(({name, speaks}) => `${name} ${speaks}`),
		['ssh ssh'],
	);
});

test('each link is a network, a bridge is one for all its links, and every node is in the management network', t => {
	const topology = labOf(`
mgmt: {network: custom, ipv4-subnet: 10.99.0.0/24}
topology:
  nodes:
    a: {kind: linux, mgmt-ipv4: 10.99.0.11}
    b: {kind: linux}
    c: {kind: linux, network-mode: none}
    br: {kind: bridge}
  links:
    - endpoints: ["a:eth1", "b:eth1"]
    - endpoints: ["a:eth2", "b:eth2"]
    - endpoints: ["br:p1", "a:eth3"]
    - {type: veth, endpoints: [{node: c, interface: eth1, ipv4: 10.5.0.3/24}, {node: br, interface: p2}]}
    - {type: dummy, endpoint: {node: a, interface: d0}}
    - endpoints: ["b:eth3", "mgmt-net:x"]
`);
	t.deepEqual(addressesOf(topology), [
		'a: mgmt=10.99.0.11, a-b 198.18.0.2, a-b-2 198.18.1.2, br 10.5.0.2',
		'b: mgmt 10.99.0.2, a-b 198.18.0.3, a-b-2 198.18.1.3',
		'c: br=10.5.0.3',
	]);
});

test('commands and links give addresses; a gateway’s too, and a router gets it where the range has no other', t => {
	const topology = labOf(`
topology:
  nodes:
    r: {kind: nokia_srlinux}
    h1: {kind: linux, exec: ["ip addr add 10.0.1.2/30 dev eth1", "ip route add 10.0.0.0/8 via 10.0.1.1"]}
    h2: {kind: linux, exec: ["sh -c 'ip link set eth1 up && ip a add dev eth1 10.0.2.1/24'"]}
    h3: {kind: linux, exec: ["ifconfig eth1 10.0.3.9/24"]}
  links:
    - endpoints: ["r:e1-1", "h1:eth1"]
    - endpoints: ["h2:eth1", "h3:eth2"]
      ipv4: ["", 10.0.2.7/24]
    - endpoints: ["h3:eth1", "r:e1-2"]
`);
	t.deepEqual(addressesOf(topology), [
		'h1: mgmt 172.20.20.2, r-h1=10.0.1.2',
		'h2: mgmt 172.20.20.3, h2-h3=10.0.2.1',
		'h3: mgmt 172.20.20.4, h2-h3=10.0.2.7, h3-r=10.0.3.9',
		'r: mgmt 172.20.20.5, r-h1=10.0.1.1, h3-r 10.0.3.2',
	]);
});

test('links with addresses of one range are one network, and what cannot be kept is told', t => {
	const {topology, said} = importLab(`
topology:
  nodes:
    sw: {kind: nokia_srlinux}
    a: {kind: linux, image: nginx, exec: ["ip addr add 10.0.0.5/24 dev eth1"]}
    b: {kind: linux, exec: ["ip addr add 10.0.0.6/24 dev eth1"]}
    c: {kind: linux, exec: ["ip addr add 10.7.0.0/31 dev eth1"]}
  links:
    - endpoints: ["a:eth1", "sw:e1"]
    - endpoints: ["b:eth1", "sw:e2"]
    - endpoints: ["c:eth1", "sw:e3"]
`);
	t.deepEqual(addressesOf(topology!), [
		'a: mgmt 172.20.20.2, a-sw=10.0.0.5',
		'b: mgmt 172.20.20.3, a-sw=10.0.0.6',
		'c: mgmt 172.20.20.4, c-sw 198.18.0.2',
		'sw: mgmt 172.20.20.5, a-sw 10.0.0.2, c-sw 198.18.0.3',
	]);
	t.deepEqual(said, ['f:12:19: c gets another address than 10.7.0.0/31: that cannot be kept in the network c-sw']);
});

test('ends on the machine itself and published ports lead outside', t => {
	const {topology, said} = importLab(`
topology:
  nodes:
    a: {kind: linux, ports: ["8080:80", "127.0.0.1:9000:9000"]}
    b: {kind: linux, network-mode: host}
    hostnode: {kind: host}
  links: [{endpoints: ["a:eth1", "host:x"]}, {endpoints: ["a:eth2", "macvlan:\${IF:=ens3}"]}]
`);
	t.deepEqual(said, []);
	t.deepEqual(
		topology!.dependencies.map(({from, to, port, source}) => `${from} ${to} ${port} ${source}`),
		['host a 80 assumed'],
	);
	t.deepEqual(
		topology!.workloads.map(({name, outside, segments}) => `${name}${outside ? ' outside' : ''} ${segments.join()}`),
		['a mgmt,a-host,a-host-2', 'b host-network', 'host outside outside'],
	);
});

test('who lives in another’s network is one workload with it', t => {
	const topology = labOf(`
topology:
  nodes:
    a: {kind: nokia_srsim}
    a-1: {kind: nokia_srsim, network-mode: "container:a"}
    l: {kind: linux, image: nginx}
  links: [{endpoints: ["l:eth1", "a-1:1/1/1"]}]
`);
	t.deepEqual(
		topology.workloads.map(({name, segments}) => `${name} ${segments.join()}`),
		['a mgmt,l-a', 'l mgmt,l-a'],
	);
	t.true(topology.assumptions.some(one => one.startsWith('a-1 lives in the network of a,')));
});

test('a cluster of its own is left out with the reason, and new kinds are taken for network systems', t => {
	const {topology, said} = importLab(`
topology:
  nodes:
    k: {kind: k8s-kind}
    k-worker: {kind: ext-container}
    new: {kind: acme_router9000}
`);
	t.deepEqual(
		topology!.workloads.map(({name, managed}) => `${name} ${managed}`),
		['k-worker true', 'new false'],
	);
	t.deepEqual(said, [
		'f:5:5: k is left out: a Kubernetes cluster of its own is not run here (its containers are nodes of kind ext-container)',
		'f:7:5: new is of kind acme_router9000, which is not known: it is taken for a network system',
	]);
});

test('where nothing is known to listen, that is said', t => {
	t.deepEqual(importLab('topology: {nodes: {a: {kind: linux, image: alpine}}}').said, [
		'f:2:11: nothing is known to listen here: nothing can be reached (add services to the topology that is written)',
	]);
});

const nodes = 'topology:\n  nodes: {a: {kind: linux}, b: {kind: linux}}\n';
const wrong: readonly (readonly [title: string, text: string, problems: readonly string[]])[] = [
	['no name', 'name:\ntopology: {nodes: {}}', ['f:1:6: name is empty (wanted a text)']],
	[
		'a misspelt key',
		'topology: {nodes: {a: {kind: linux, exce: []}}}',
		['f:2:37: a has no key exce (did you mean exec?)'],
	],
	[
		'a misspelt kind',
		'topology: {nodes: {a: {kind: linx}}}',
		['f:2:20: a is of kind linx, which is not known (did you mean linux?)'],
	],
	['no kind', 'topology: {nodes: {a: {image: x}}}', ['f:2:20: a has no kind (such as kind: linux)']],
	[
		'a node that is not there',
		`${nodes}  links: [{endpoints: ["a:eth1", "bb:eth1"]}]`,
		['f:4:34: there is no node bb (did you mean b?)'],
	],
	[
		'one end',
		`${nodes}  links: [{endpoints: ["a:eth1"]}]`,
		['f:4:11: a link has two ends, and this has 1 (such as endpoints: ["a:eth1", "b:eth1"])'],
	],
	[
		'an unknown type of link',
		`${nodes}  links: [{type: vethh, endpoints: []}]`,
		['f:4:11: there is no type of link vethh (did you mean veth?)'],
	],
	[
		'a port that is none',
		'topology: {nodes: {a: {kind: linux, ports: ["x"]}}}',
		['f:2:45: "x" is not a port (a port is written 8080:80, 127.0.0.1:8080:80/tcp or 53:53/udp)'],
	],
	[
		'a template',
		'topology:\n  nodes:\n{{ range $i := seq 3 }}\n    n{{ $i }}: {kind: linux}\n',
		['f:4:1: a template ({{ … }}) is not filled in here (import the file that containerlab makes of it)'],
	],
	[
		'an address outside the management network',
		'topology: {nodes: {a: {kind: linux, mgmt-ipv4: 10.0.0.9}}}',
		['f:2:48: 10.0.0.9 lies outside network mgmt, 172.20.20.0/24 (take one of its range)'],
	],
	[
		'bridges alone',
		'topology: {nodes: {br: {kind: bridge}}}',
		['f:1:1: there is nothing in it that can be compromised'],
	],
];
for (const [title, text, problems] of wrong)
	test(`refused, with its place: ${title}`, t => t.deepEqual(importLab(text).said, problems));
