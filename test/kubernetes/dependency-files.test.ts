import test from 'ava';
import {importManifests} from '../../core/kubernetes/import.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {deploymentText, serviceText} from './manifest-texts.ts';

const manifests = [
	deploymentText('web', '{name: c, env: [{name: A, value: "api:8080"}, {name: B, value: "gone:80"}]}'),
	deploymentText('api', '{name: c, ports: [{name: http, containerPort: 8080}]}'),
	serviceText('api', '[{port: 8080}]'),
	deploymentText('db', '{name: c, ports: [{containerPort: 5432}]}').replace('spec: {', 'spec: {replicas: 3, '),
].join('\n---\n');
const read = (text: string, more = '') =>
	importManifests([
		{path: 'a.yaml', text: manifests + more},
		{path: 'x/firebreak.dependencies.yaml', text},
	]);

function needs(text: string): readonly string[] {
	const parsed = read(text);
	if (parsed.kind === 'wrong') return parsed.problems.map(renderProblem);
	const own = parsed.value.topology.dependencies.filter(({source}) => source !== 'assumed');
	const lines = own.map(
		({source, from, to, port, protocol, service}) => `${source} ${from} -> ${to}:${port}/${protocol} ${service}`,
	);
	return [...lines, ...parsed.warnings.map(renderProblem)];
}
const given = ['imported web -> api:8080/tcp http', 'imported web -> gone:80/tcp null'];

test('an empty file changes nothing', t => {
	for (const text of ['', '# nothing yet\n', 'needs: []', 'needs:\nwithout:\n']) t.deepEqual(needs(text), given);
});

test('needs are added, by number or by name of the port', t => {
	t.deepEqual(needs('needs: [api -> db:5432/tcp, db → api:http]'), [
		'declared api -> db:5432/tcp 5432',
		'declared db -> api:8080/tcp http',
		...given,
	]);
});

test('a need that is known already is declared then, and stands once', t => {
	t.deepEqual(needs('needs: [web -> api:8080]'), ['declared web -> api:8080/tcp http', given[1]!]);
});

test('dependencies are taken out however their port is written, dangling ones and the name server too', t => {
	for (const flow of ['web -> api:8080/tcp', 'web -> api:8080', 'web -> api:http', 'web▸api:http'])
		t.deepEqual(needs(`without: ["${flow}"]`), [given[1]!]);
	t.deepEqual(needs('without: [web -> gone:80/tcp]'), [given[0]!]);
	const parsed = read('without: [web -> kube-dns:53/udp]');
	t.false(parsed.kind === 'ok' && parsed.value.topology.dependencies.some(({source}) => source === 'assumed'));
});

test('replicas count as one, and whoever needs knows', t => {
	t.deepEqual(needs('needs: [db -> db:5432]'), ['declared db -> db:5432/tcp 5432', ...given]);
	const parsed = read('needs: [api -> db:5432]');
	const api = parsed.kind === 'ok' ? parsed.value.topology.workloads.find(({name}) => name === 'api') : undefined;
	t.true(api!.knows.includes('db'));
});

test('a port that nothing declares dangles, with a warning', t => {
	t.deepEqual(needs('needs: [web -> db:1/tcp]').slice(-1), [
		'x/firebreak.dependencies.yaml:1:9: db declares no port 1/tcp: nothing answers there',
	]);
});

const wrong: readonly (readonly [text: string, problem: string])[] = [
	['need: []', '1:1: there is no key "need" (did you mean needs?)'],
	['needs: web -> api:80', '1:8: needs is the text "web -> api:80" (wanted a list)'],
	['- web', '1:1: the file is a list (wanted a map)'],
	['needs:\n  - wep -> api:8080', '2:5: there is no workload wep (did you mean web?)'],
	['needs: [web -> api]', '1:9: "web -> api" is not a flow (a flow is written web.prod -> db.prod:5432/tcp)'],
	['needs: [web -> api:icmp]', '1:9: "web -> api:icmp" names no port (a dependency is on a service: api:8080/tcp)'],
	[
		'without: [web -> apo:8080/tcp]',
		'1:11: there is no dependency "web -> apo:8080/tcp" (did you mean web -> api:8080/tcp?)',
	],
];
for (const [text, problem] of wrong)
	test(`refused: ${JSON.stringify(text)}`, t => {
		t.deepEqual(needs(text), [`x/firebreak.dependencies.yaml:${problem}`]);
	});

test('a name of several namespaces must say which', t => {
	const parsed = read(
		'needs: [web.shop -> api:8080]',
		`\n---\n${deploymentText('api', '{name: c}', '{app: api}', 'ops')}`,
	);
	t.regex(
		parsed.kind === 'wrong' ? renderProblem(parsed.problems[0]!) : '',
		/api is several: api\.(ops|shop), api\.(ops|shop) \(say which, such as api\./,
	);
});

test('problems of manifests and of the file come at once', t => {
	const parsed = read('needs: 3', '\n---\n{kind: Pod}');
	t.is(parsed.kind === 'wrong' ? parsed.problems.length : 0, 2);
});
