import test from 'ava';
import {importText, importTexts, needsOf} from './written.ts';

const workload = (imported: ReturnType<typeof importText>, name: string) =>
	imported.topology.workloads.find(one => one.name === name)!;
const portsOf = (imported: ReturnType<typeof importText>, name: string): readonly string[] =>
	workload(imported, name).services.map(
		({name: service, port, lastPort, protocol, speaks}) =>
			`${service} ${port}${lastPort === port ? '' : `-${lastPort}`}/${protocol} ${speaks}`,
	);

test('ports are what a service exposes, publishes in either syntax, and what its image is known for', t => {
	const imported = importText(`
services:
  web:
    build: .
    expose: [9000, "9100-9102", "53/udp"]
    ports: ["8080:80", "127.0.0.1:5005:5005", "6000-6002:7000-7002/udp", {target: 443, published: 8443, host_ip: 0.0.0.0}, 3000]
  db: {image: "registry.example:5000/acme/postgres:16@sha256:aa"}
`);
	t.deepEqual(portsOf(imported, 'web'), [
		'dns-udp 53/udp dns',
		'http 80/tcp http',
		'https 443/tcp tcp',
		'port-3000 3000/tcp tcp',
		'port-5005 5005/tcp tcp',
		'ports-7000-7002-udp 7000-7002/udp udp',
		'port-9000 9000/tcp tcp',
		'ports-9100-9102 9100-9102/tcp tcp',
	]);
	t.deepEqual(portsOf(imported, 'db'), ['postgres 5432/tcp postgres']);
	t.deepEqual(
		imported.topology.dependencies.map(({from, port, source}) => `${from} ${port} ${source}`),
		['internet 80 assumed', 'internet 443 assumed', 'internet 3000 assumed', 'internet 7000 assumed'],
		'what is published on the loopback alone is needed by nobody outside',
	);
});

test('who shares no network cannot talk today, and a service in two networks reaches both', t => {
	const {topology, today} = importText(`
services:
  web: {image: nginx, networks: [front]}
  api: {build: ., networks: {front: {}, back: {ipv4_address: 172.28.5.9, aliases: [backend]}}}
  db: {image: postgres, networks: [back]}
networks:
  front:
  back: {internal: true, ipam: {config: [{subnet: 172.28.5.0/24}]}}
  unused:
`);
	t.deepEqual(
		topology.segments.map(({name, prefixes}) => `${name} ${prefixes[0]!.cidr}`),
		['front 198.18.0.0/24', 'back 172.28.5.0/24'],
	);
	const api = topology.workloads.find(({name}) => name === 'api')!;
	t.deepEqual(api.segments, ['front', 'back']);
	t.true(api.addresses.some(({address, fixed}) => address === '172.28.5.9' && fixed === true));
	t.deepEqual(today, {
		policy: 'today',
		default: 'deny',
		rules: [
			{allow: 'front is one network', from: {network: 'front'}, to: {network: 'front'}},
			{allow: 'back is one network', from: {network: 'back'}, to: {network: 'back'}},
		],
	});
	t.true(topology.assumptions.some(one => one.includes('the candidate `today`')));
});

test('a dependency is what depends_on, links, variables, commands and configs name, and the port that they name', t => {
	const imported = importText(`
services:
  a: {build: ., depends_on: [db]}
  b: {build: ., depends_on: {db: {condition: service_healthy}, queue: {condition: service_started}}}
  c: {build: ., links: ["db:database"], environment: {DATABASE_URL: "postgres://u:p@database/x"}}
  d: {build: ., environment: [CACHE_HOST=cache, CACHE_PORT=6380, "API_URL=http://api:8080/v1"]}
  e: {build: ., command: "run --queue amqp://queue:5672 --other nobody"}
  f: {build: ., configs: [proxy]}
  db: {image: postgres}
  queue: {image: "rabbitmq:3-management"}
  cache: {build: .}
  api: {build: .}
configs:
  proxy: {content: "location / { proxy_pass http://api:8080; }"}
`);
	t.deepEqual(needsOf(imported), [
		'a -> db:5432/tcp',
		'b -> db:5432/tcp',
		'b -> queue:5672/tcp',
		'c -> db:5432/tcp',
		'd -> api:8080/tcp',
		'd -> cache:6380/tcp',
		'e -> queue:5672/tcp',
		'f -> api:8080/tcp',
	]);
	t.deepEqual(portsOf(imported, 'api'), ['port-8080 8080/tcp http'], 'a port that others name is a service');
	t.true(imported.topology.dependencies.every(({source}) => source === 'imported'));
});

test('a dependency without a known port, or across networks, is told and not invented', t => {
	const {value, said} = importTexts({
		c: `
services:
  a: {build: ., depends_on: [worker, far]}
  worker: {build: .}
  far: {image: redis, networks: [else]}
  many: {build: ., expose: [1, 2]}
  user: {build: ., depends_on: [many]}
networks: {else: }
`,
	});
	t.deepEqual(needsOf(value!), ['user -> many:1/tcp', 'user -> many:2/tcp']);
	t.true(value!.topology.assumptions.some(one => one.startsWith('no port is known of worker,')));
	t.deepEqual(said, [
		'c:3:30: a depends on worker, of which no port is known: no need was written for it (add its services and the needs to the topology that is written)',
		'c:3:38: a names far, but far shares no network with it: no need was written',
		'c:7:33: user depends on many, and nothing says which of its ports: all 2 are taken as needed (take the others out of the needs)',
	]);
});

test('names that only Compose allows are found; a name that is no service but must be one dangles', t => {
	const imported = importText(`
services:
  web_app: {build: ., environment: {DB: "tcp://my_db:5432", CACHE: "cache:6379", TAG: "redis:7"}}
  my_db: {build: .}
  redis: {image: redis}
`);
	t.deepEqual(needsOf(imported), ['web_app -> cache:6379/tcp dangling', 'web_app -> my_db:5432/tcp']);
});

test('services of a profile are there when it is on, or all are', t => {
	const text = `
services:
  web: {image: nginx}
  debug: {image: adminer, profiles: [debug]}
  none: {image: nginx, scale: 0}
`;
	const names = (profiles: readonly string[], environment = {}): string =>
		importText(text, {profiles, environment})
			.topology.workloads.map(({name}) => name)
			.join(' ');
	t.is(names([]), 'web');
	t.is(names(['debug']), 'debug web');
	t.is(names(['*']), 'debug web');
	t.is(names([], {COMPOSE_PROFILES: 'x,debug'}), 'debug web');
	t.deepEqual(importTexts({c: text}).said, [
		'c:4:3: debug is left out, of the profile debug (--profile debug takes them in)',
		'c:5:3: none is left out: it has 0 replicas',
	]);
});

test('replicas are workloads of one kind, from either key', t => {
	const imported = importText('services: {a: {image: nginx, scale: 2}, b: {image: nginx, deploy: {replicas: "3"}}}');
	t.deepEqual(
		imported.topology.workloads.map(({name, kind}) => `${name} ${kind}`),
		['a-1 a', 'a-2 a', 'b-1 b', 'b-2 b', 'b-3 b'],
	);
});

test('who lives in another’s network is one workload with it, and `none` is left out', t => {
	const {value, said} = importTexts({
		c: `
services:
  vpn: {image: acme/vpn}
  app: {image: nginx, network_mode: "service:vpn", depends_on: [db]}
  db: {image: postgres}
  batch: {image: acme/batch, network_mode: none}
`,
	});
	t.deepEqual(
		value!.topology.workloads.map(({name}) => name),
		['db', 'vpn'],
	);
	t.deepEqual(portsOf(value!, 'vpn'), ['http 80/tcp http']);
	t.deepEqual(needsOf(value!), ['vpn -> db:5432/tcp']);
	t.deepEqual(said, ['c:6:3: batch is left out: it has no network, so that nobody reaches it']);
});

test('secrets are held by who mounts them, and open what says so', t => {
	const {topology} = importText(`
services:
  db: {image: postgres, secrets: [db-password], environment: {POSTGRES_USER: app, POSTGRES_PASSWORD_FILE: /run/secrets/db-password}}
  web: {build: ., secrets: [{source: db-password}, token]}
  cache: {image: mysql, environment: {MYSQL_ROOT_PASSWORD: hunter2}}
  job: {build: ., environment: {DB: "mysql://root:hunter2@cache/x"}}
secrets: {db-password: {file: x}, token: {environment: T}}
`);
	t.deepEqual(
		topology.secrets.map(
			({id, user, opens}) => `${id} ${user} ${opens.map(one => `${one.workload}:${one.service}`).join()}`,
		),
		['cache-password root cache:mysql', 'db-password app db:postgres', 'token operator '],
	);
	t.deepEqual(
		topology.workloads.map(({name, holds}) => `${name} ${holds.join()}`),
		['cache ', 'db db-password', 'job cache-password', 'web db-password,token'],
	);
	t.true(topology.assumptions.includes('what token opens is not known: say so under secrets'));
});
