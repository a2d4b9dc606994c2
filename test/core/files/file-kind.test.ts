import test from 'ava';
import {type FileKind, fileKind, meantKey} from '../../../core/files/file-kind.ts';

const cases: readonly (readonly [FileKind, string, string])[] = [
	['compose', 'anything.yml', 'services:\n  web: {image: nginx}\n'],
	['compose', 'stack.json', '{\n"name": "x", "services": {"web": {"image": "nginx"}}}'],
	['compose', 'compose.yaml', 'x-a: &a\n  image: nginx\ninclude:\n  - other.yaml\n'],
	['compose', 'docker-compose.prod.yml', 'services: {web: {image: [\n'],
	['compose', 'docker-compose.yml', 'servces:\n  web: {image: nginx}\n'],
	['compose', 'old.yml', 'web:\n  # the front\n  image: nginx\n'],
	['containerlab', 'x.yml', 'name: lab\ntopology:\n  nodes:\n    a: {kind: linux}\n'],
	['containerlab', 'x.yml', '# a lab\nname: lab\ntopology: # here\n  nodes: {}\n'],
	['containerlab', 'x.yaml', 'name: lab\ntopology: {nodes: {a: {kind: linux}}}\n'],
	['containerlab', 'x.yaml', '{name: lab, topology: {nodes: {a: {kind: linux}}}}'],
	['containerlab', 'lab.clab.yml', 'name: lab\ntopolgy: {}\n'],
	['manifest', 'x.yaml', '---\napiVersion: v1\nkind: Service\nmetadata: {name: topology}\n'],
	['manifest', 'x.json', '{"kind": "List", "apiVersion": "v1", "items": [{"policy": 1}]}'],
	['rehearsal', 'compose.yaml', 'rehearsal: x\ntopology: y.yaml\n'],
	['topology', 'x.yaml', 'topology: shop\nnetworks:\n  app: {cidr: 198.18.0.0/20}\n'],
	['policy', 'x.yaml', 'policy: p\nrules: []\n'],
	['scenario', 'x.yaml', 'scenario: s\n'],
	['unknown', 'values.yaml', 'replicaCount: 1\nweb:\n  port: 80\n'],
	['unknown', 'x.txt', 'services are what matters\n'],
	['unknown', 'x.yaml', 'jobs:\n  services: {}\n'],
	['unknown', 'x.yaml', ''],
];

for (const [kind, file, text] of cases)
	test(`${JSON.stringify(text.slice(0, 50))} in ${file} is ${kind}`, t => {
		t.is(fileKind(`a/b/${file}`, text), kind);
	});

test('a misspelt first key is told with the one that was meant', t => {
	t.is(meantKey('servces:\n  web: {image: nginx}\n'), 'services');
	t.is(meantKey('rehersal: x\n'), 'rehearsal');
	t.is(meantKey('colour: red\n'), undefined);
});
