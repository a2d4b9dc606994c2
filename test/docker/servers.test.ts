// PostgreSQL, Redis and nginx as Debian has them, and their own clients: with no policy all connect, and the candidate
// stops exactly the right ones.
import {join} from 'node:path';
import test from 'ava';
import type {RehearsalReport} from '../../core/contracts/report.ts';
import {hasImage} from '../../topologies/docker/minimal-image.ts';
import {docker, engine, run, titled, whyNoDocker} from './engine.ts';

const folder = join(import.meta.dirname, 'fixtures/servers');
const noImages = 'no images of servers: test/docker/fixtures/build-server-images.sh makes them';
const why = whyNoDocker ?? ((await hasImage(await engine(), 'firebreak-test/postgres')) ? null : noImages);
const servers = why === null ? docker : test.skip;

/** A client's words in a workload, and what it prints where it gets through. */
const clients = {
	'laptop reads the site': ['laptop', 'curl -s -m 2 http://web/', /the site/],
	'laptop reads the site over IPv6': [
		'laptop',
		`curl -s -m 2 "http://[$(busybox awk '/^fd.*web$/ {print $1}' /etc/hosts)]/"`,
		/the site/,
	],
	'web asks the database': ['web', 'PGCONNECT_TIMEOUT=2 psql -h db -U postgres -Atc "select 6*7"', /^42$/m],
	'laptop asks the database': ['laptop', 'PGCONNECT_TIMEOUT=2 psql -h db -U postgres -Atc "select 6*7"', /^42$/m],
	'web keeps a session': ['web', 'timeout 2 redis-cli -h cache set a b', /OK/],
	'laptop reads a session': ['laptop', 'timeout 2 redis-cli -h cache ping', /PONG/],
	'the database calls the site': ['db', 'curl -s -m 2 http://web/', /the site/],
} as const;

/** Who gets through, in the order of the table: one command a workload, which tries all of its own. */
async function throughput(): Promise<readonly string[]> {
	const tries = Object.entries(clients);
	const found = await Promise.all(
		[...new Set(tries.map(([, [workload]]) => workload))].map(async workload => {
			const own = tries.filter(([, [from]]) => from === workload);
			const script = own.map(([, [, words]], at) => `echo "try ${at}: $(${words})"`).join('; ');
			const {out} = await run('exec', workload, '--lab', 'servers', '--', 'sh', '-c', script);
			return own.flatMap(([name, [, , prints]], at) => {
				const said = out.split(`try ${at}: `)[1]?.split('try ')[0] ?? '';
				return prints.test(said) ? [name] : [];
			});
		}),
	);
	const through = new Set(found.flat());
	return Object.keys(clients).filter(name => through.has(name));
}

servers(
	titled('real clients reach real servers with no policy, and under a candidate exactly those that it allows', why),
	async t => {
		t.timeout(110_000);
		const up = await run('up', folder, '--name', 'servers', '--candidate', 'flat');
		t.teardown(() => run('down', '--all'));
		t.is(up.code, 0, up.error);
		t.regex(up.out, /5 workloads, docker/);
		t.deepEqual(await throughput(), Object.keys(clients));
		t.is((await run('apply', 'segmented', '--lab', 'servers')).code, 0);
		t.deepEqual(await throughput(), [
			'laptop reads the site',
			'laptop reads the site over IPv6',
			'web asks the database',
			'web keeps a session',
		]);
		const probed = await run('probe', '--lab', 'servers', '--format', 'json');
		const {checked, mismatches, inconclusive} = JSON.parse(probed.out) as Record<string, number>;
		t.true(checked! > 50);
		t.deepEqual([mismatches, inconclusive], [0, 0]);
		const variables = await run(
			'exec',
			'laptop',
			'--lab',
			'servers',
			'--',
			'sh',
			'-c',
			'echo "$GREETING from $(hostname)"',
		);
		t.is(variables.out, 'hello there from laptop\n');
		const write = await run('exec', 'web', '--lab', 'servers', '--', 'sh', '-c', 'echo x >> /etc/nginx/nginx.conf');
		t.not(write.code, 0, 'volumes are read-only');
	},
);

servers(
	titled(
		'a rehearsal of real servers: what is needed is not broken, the forgotten rule is found, and all witnesses agree',
		why,
	),
	async t => {
		t.timeout(110_000);
		const {out, error, code} = await run('rehearse', folder, '--format', 'json');
		t.is(code, 0, error);
		const {runs, passed} = JSON.parse(out) as RehearsalReport;
		t.true(passed);
		t.deepEqual(
			runs.map(({candidate, containment, breakage}) => [
				candidate,
				containment.lostKinds,
				breakage.flows.map(({dependency}) => dependency),
				breakage.untestable,
			]),
			[
				['flat', ['cache', 'db'], [], []],
				['segmented', [], [], []],
				['too-tight', [], ['web -> cache:6379/tcp'], []],
			],
		);
		for (const {candidate, fidelity, outcomes} of runs) {
			t.true(fidelity.checked > 50, candidate);
			t.deepEqual(
				[fidelity.mismatches, fidelity.flows, outcomes.inconclusive, outcomes.escaped],
				[0, [], 0, 0],
				candidate,
			);
		}
	},
);
