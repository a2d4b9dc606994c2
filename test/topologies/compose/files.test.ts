// What stands in other files, and in variables.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose files are written so
import test from 'ava';
import {importTexts, needsOf} from './written.ts';

test('extends takes from a service of the same file or of another, and says what it lacks', t => {
	const files = {
		'app/compose.yaml': `
services:
  web: {extends: {file: ../common/base.yaml, service: app}, environment: {DB_HOST: db}, ports: ["80:80"]}
  db: {extends: store, container_name: db1}
  store: {image: postgres, profiles: [never]}
`,
		'common/base.yaml': `
services:
  app: {extends: {service: root}, image: nginx, labels: {team: a}, environment: {DB_HOST: nowhere, X: "1"}}
  root: {build: ., expose: [9000], labels: [tier=web]}
`,
	};
	const {value} = importTexts(files);
	const web = value!.topology.workloads.find(({name}) => name === 'web')!;
	t.deepEqual(web.labels, {service: 'web', tier: 'web', team: 'a'});
	t.deepEqual(web.variables, {DB_HOST: 'db', X: '1'});
	t.deepEqual(
		web.services.map(({port}) => port),
		[80, 9000],
	);
	t.deepEqual(needsOf(value!), ['web -> db:5432/tcp']);
	t.deepEqual(importTexts({c: 'services: {a: {extends: b}, b: {extends: a}}'}).said, [
		'c:1:25: a extends itself (take one of the extends out)',
		'c:1:42: b extends itself (take one of the extends out)',
	]);
	t.deepEqual(importTexts({c: 'services: {a: {extends: {service: wep}}, web: {image: x}}'}).said, [
		'c:1:25: a extends wep, which is not in c (did you mean web?)',
	]);
	t.deepEqual(importTexts({c: 'services: {a: {extends: {service: x, file: no.yaml}}}'}).said, [
		'c:1:25: there is no file no.yaml',
	]);
});

test('env_file and .env fill in what names others, and the environment comes before them', t => {
	const files = {
		'compose.yaml': `
services:
  web: {image: "nginx:\${TAG}", env_file: [web.env, {path: missing.env, required: false}], environment: [WORDS=a, DIRECT]}
  store: {image: "\${STORE:-postgres}"}
  cache: {build: .}
`,
		'.env': 'TAG=1.2 # a comment\nNAME=store\nDIRECT="from .env"\n',
		'web.env': 'export PGHOST=${NAME}\nWORDS=b\n# CACHE=cache:1\nCACHE_URL="redis://cache:6379/0"\n',
	};
	const {value, said} = importTexts(files, {environment: {TAG: '9'}});
	const web = value!.topology.workloads.find(({name}) => name === 'web')!;
	t.is(web.image, 'nginx:9');
	t.deepEqual(web.variables, {PGHOST: 'store', WORDS: 'a', CACHE_URL: 'redis://cache:6379/0', DIRECT: 'from .env'});
	t.deepEqual(needsOf(value!), ['web -> cache:6379/tcp', 'web -> store:5432/tcp']);
	t.deepEqual(said, []);
});

test('files of environment that are missing and variables that nobody set are told once', t => {
	const {said} = importTexts({
		c: 'services: {a: {image: "x:${T}${T}", env_file: a.env, labels: {l: "$T", m: "$$T"}}}',
	});
	t.deepEqual(said, [
		'c:1:23: the variable T is not set: it is empty',
		'c:1:47: a reads a.env, which is not here: what it names is not known',
	]);
});

test('include brings services of other files, and refuses circles and what is elsewhere', t => {
	const {value} = importTexts({
		'c/compose.yaml':
			'include: [{path: [db/compose.yaml], env_file: db/.env}]\nservices: {web: {image: nginx, depends_on: [db]}}',
		'c/db/compose.yaml': 'services: {db: {image: "${IMAGE}"}}',
		'c/db/.env': 'IMAGE=postgres',
	});
	t.deepEqual(needsOf(value!), ['web -> db:5432/tcp']);
	t.deepEqual(importTexts({c: 'include: [d, "oci://x/y", e]', d: 'include: [c]\nservices: {}'}).said, [
		'c:1:14: it includes oci://x/y, which is not on this machine',
		'c:1:27: it includes e, which is not there',
		'd:1:11: it includes c, which includes this file',
	]);
});

test('anchors, merge keys and extension keys are read', t => {
	const {value, said} = importTexts({
		c: `
x-base: &base {environment: &env {DB_HOST: db, A: "1"}, restart: always}
x-more: &more {expose: [7000], restart: never}
services:
  web:
    <<: [*base, *more]
    image: nginx
    environment: {<<: *env, A: "2"}
    x-own: {anything: at all}
  db: {image: postgres}
`,
	});
	const web = value!.topology.workloads.find(({name}) => name === 'web')!;
	t.deepEqual(web.variables, {A: '2', DB_HOST: 'db'});
	t.deepEqual(
		web.services.map(({port}) => port),
		[80, 7000],
	);
	t.deepEqual(said, []);
});
