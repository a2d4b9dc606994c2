import test from 'ava';
import {parseTopology} from '../../../core/files/topology.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import type {Workload} from '../../../core/model/topology.ts';
import {nativeFiles} from '../../../core/native/native-files.ts';
import {importTexts} from './written.ts';

const text = `services:
  api:
    build: { context: ./api, dockerfile: ci/Dockerfile, args: [VERSION=1, FROM_HERE, NOWHERE], target: run }
    image: shop/api
    volumes:
      - ./conf/a.yml:/etc/a.yml:rw
      - "./none:/etc/none"
      - data:/var/lib/data
      - /etc/passwd:/etc/passwd
      - ../up:/up
      - { type: bind, source: conf/b, target: /b }
    healthcheck: { test: curl -f localhost, interval: 1m30s, timeout: 500ms, retries: 5 }
    ports: ["80:80"]
  db: { image: postgres, build: https://example.org/x.git, restart: always, healthcheck: { test: [CMD, pg_isready, -q] } }
  web: { build: web, healthcheck: { disable: true }, expose: [80] }
  far: { build: ../far, image: far, expose: [81] }
  odd: { build: { context: web, dockerfile_inline: FROM scratch }, expose: [82] }
`;
const files = {
	'sub/compose.yaml': text,
	'sub/api': '',
	'sub/web': '',
	'sub/conf/a.yml': '',
	'sub/conf/b': '',
	up: '',
	far: '',
};
const {value, said} = importTexts(files, {environment: {FROM_HERE: 'here'}});
if (value === undefined) throw new Error(said.join('\n'));
const {workloads, assumptions} = value.topology;
const of = (name: string): Workload => workloads.find(one => one.name === name)!;

test('a folder beside the file is built with its arguments and stage; one elsewhere is not, and that is said', t => {
	const {where: _, ...build} = of('api').build!;
	t.deepEqual(build, {
		context: './api',
		dockerfile: 'ci/Dockerfile',
		args: {VERSION: '1', FROM_HERE: 'here'},
		target: 'run',
	});
	t.deepEqual(
		['api', 'db', 'web', 'far', 'odd'].map(name => [of(name).image, of(name).build?.context]),
		[
			['shop/api', './api'],
			['postgres', undefined],
			['./web', './web'],
			['far', undefined],
			[null, undefined],
		],
	);
	t.true(assumptions.some(one => /^the image of db, far, odd is not built/.test(one)));
});

test('what is bound from beside the file is carried, and nothing else of this machine', t => {
	t.deepEqual(
		of('api').volumes?.map(({source, target, where}) => [source, target, where.line]),
		[
			['./conf/a.yml', '/etc/a.yml', 6],
			['./conf/b', '/b', 11],
		],
	);
	t.true(assumptions.some(one => one === 'containers of api see what is bound from beside the file, read-only'));
	t.true(assumptions.some(one => /^other volumes of api are left out/.test(one)));
});

test('a health check is carried in seconds, a text by a shell, and one that is off is none', t => {
	const check = {interval: 90, timeout: 0.5, retries: 5, startPeriod: 0};
	t.deepEqual(of('api').healthCheck, {test: ['/bin/sh', '-c', 'curl -f localhost'], ...check});
	t.like(of('db').healthCheck, {test: ['pg_isready', '-q'], interval: 30, retries: 3});
	t.is(of('web').healthCheck, 'none');
	t.is(of('far').healthCheck, undefined);
	t.true(assumptions.some(one => /not started again, whatever restart says/.test(one)));
});

test('as a topology file it says the same', t => {
	const written = nativeFiles({...value!, stack: []}, {name: 'written', source: 'here'});
	const own = written
		.filter(({path}) => path.endsWith('.topology.yaml'))
		.map(one => ({file: one.path, text: one.text}));
	const parsed = parseTopology(own);
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	const plainly = (all: readonly Workload[]) =>
		all.map(({name, build, volumes, healthCheck, image}) => ({
			name,
			image: build === undefined ? image : null,
			build: build && {...build, where: null},
			volumes: volumes?.map(one => ({...one, where: null})),
			healthCheck,
		}));
	t.deepEqual(plainly(parsed.value.workloads), plainly(workloads));
});
