// A lab with real programs, as somebody in its shells meets it.
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {whyNoPackets} from '../builders/unshared.ts';
import {atTerminal} from './at-terminal.ts';
import {checkout, type Ended, firebreak} from './firebreak.ts';

const reason = whyNoPackets() ?? (existsSync('/usr/bin/perl') ? null : 'no perl here');
const packets = reason === null ? test.serial : test.serial.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const runtime = mkdtempSync(join(tmpdir(), 'firebreak-rooms-'));
const env = {XDG_RUNTIME_DIR: runtime, NO_COLOR: '1', TERM: 'xterm'};

/** Says on every connection what the topology told it, and a line for the log. */
const server =
	'use Socket qw(:DEFAULT AF_INET6 pack_sockaddr_in6 IN6ADDR_ANY); $| = 1; socket(S, AF_INET6, SOCK_STREAM, 0); setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1); bind(S, pack_sockaddr_in6(8080, IN6ADDR_ANY)) or die; listen(S, 9); print "serving\\e[31m\\n"; while (accept(C, S)) { syswrite(C, "$ENV{GREETING}\\n"); close C }';
const topology = (command: readonly string[]): string => `topology: real
environments: [prod, dev]
networks: {app: {cidr: 198.18.0.0/26}}
workloads:
  web:
    in: {prod: {replicas: 2}}
    network: app
    environment: {GREETING: "good day; $(id)"}
    services: {http: {port: 8080}}
    run: ${JSON.stringify(command)}
  db: {in: [prod, dev], network: app, services: {postgres: {port: 5432, speaks: postgres}}, needs: []}
  names: {in: [prod], network: app, services: {dns-udp: {port: 53/udp, speaks: dns}, dns-tcp: {port: 53, speaks: dns}}}
  client: {in: [prod], network: app, needs: ["web:http"]}
`;

function folder(name: string, command: readonly string[]): string {
	const path = join(runtime, name);
	mkdirSync(path);
	writeFileSync(
		join(path, 'rehearsal.yaml'),
		'rehearsal: real\ntopology: t.yaml\ncandidates: {shut: {policy: p.yaml}}\nflows: [{allow: "client.prod -> web-1.prod:http", candidate: flat}]\n',
	);
	writeFileSync(join(path, 'p.yaml'), 'policy: shut\n');
	writeFileSync(join(path, 't.yaml'), topology(command));
	return path;
}

const run = (...words: readonly string[]): Promise<Ended> => firebreak(words, {env});
const inside = (workload: string, script: string): Promise<Ended> => run('exec', workload, '--', 'bash', '-c', script);
const serving = reason === null ? folder('serving', ['perl', '-e', server]) : '';
let engine = 0;

test.before(async t => {
	if (reason !== null) return;
	t.timeout(60_000);
	const up = await run('up', serving, '--name', 'rooms');
	if (up.code !== 0) throw new Error(up.error);
	engine = (JSON.parse((await run('ls', '--format', 'json')).out) as {labs: readonly {pid: number}[]}).labs[0]!.pid;
});
test.after.always(async () => {
	if (reason === null) await run('down', '--all');
	rmSync(runtime, {recursive: true, force: true});
});

/** The processes above the rooms' first. */
const rooms = (): number =>
	readFileSync(`/proc/${engine}/task/${engine}/children`, 'utf8')
		.split(' ')
		.filter(pid => pid !== '' && readFileSync(`/proc/${pid.trim()}/comm`, 'utf8') === 'unshare\n').length;

packets(
	titled('only workloads that run something have a room before somebody goes in, and one goes on to be used'),
	async t => {
		t.is(rooms(), 2);
		const [first, second] = [
			await inside('client.prod', 'echo x >/tmp/x; hostname'),
			await inside('client.prod', 'cat /tmp/x'),
		];
		t.is(first.out, 'client.prod\n', first.error);
		t.is(second.out, 'x\n');
		t.is(rooms(), 3);
	},
);

packets(titled('a program of the user serves under its topology’s variables, is logged, and stays ended'), async t => {
	const ask = 'exec 3<>/dev/tcp/web-1.prod/8080 && head -1 <&3';
	t.is((await inside('client.prod', ask)).out, 'good day; $(id)\n');
	const before = await run('logs', 'web-1.prod');
	t.regex(before.out, /^\d\d:\d\d:\d\d {2}web-1\.prod {2}serving\\u\{1b\}\[31m\n$/);
	await inside('web-1.prod', 'kill -9 $(ps -C perl -o pid=)');
	await wait(100);
	t.regex((await run('logs', 'web-1.prod')).out, /its program ended with exit code 137, and stays ended\n$/);
	t.not((await inside('client.prod', ask)).code, 0);
	t.is((await inside('client.prod', ask.replace('web-1', 'web-2'))).out, 'good day; $(id)\n');
});

for (const [from, names, found] of [
	['client.prod', 'ahostsv4 db.prod', 1],
	['client.prod', 'ahostsv4 db', 1],
	['client.prod', 'ahostsv6 db.dev', 1],
	['client.prod', 'ahostsv4 web', 2],
	['client.prod', 'ahostsv4 WEB.prod', 2],
	['db.dev', 'ahostsv4 web.prod', 2],
	['names.prod', 'ahostsv4 db.prod', 1],
	['names.prod', 'ahostsv4 localhost', 1],
	['db.dev', 'ahostsv4 web', 0],
	['client.prod', 'ahosts example.com', 0],
	['client.prod', 'ahosts db.test', 0],
] as const)
	packets(
		titled(`${names} in ${from} gives ${found === 0 ? 'nothing, at once' : `${found} of the lab's`}`),
		async t => {
			const {out, ms} = await inside(from, `getent ${names} | cut -d ' ' -f 1 | sort -u | wc -l`);
			t.is(Number(out), found);
			t.true(ms < 4000);
		},
	);

packets(titled('an address has the name of its workload, and the hosts file says whom it knows'), async t => {
	const {out} = await inside(
		'client.prod',
		'getent hosts $(getent ahostsv6 db.dev | head -1 | cut -d " " -f 1); cut -f 2 /etc/hosts | sort -u',
	);
	t.regex(out, /^\S+ +db\.dev\nclient\.prod\n[\s\S]*localhost\n[\s\S]*web-1\.prod\nweb-2\.prod\n$/);
});

packets(titled('orphans of a command are reaped, and signals and exit codes are what shells say'), async t => {
	const {code, out} = await inside(
		'db.dev',
		'(true & exec sleep 0.2) & sleep 0.1; kill -9 $!; sleep 0.2; ps -eo stat= | grep -c Z; exit 7',
	);
	t.deepEqual([code, out], [7, '0\n']);
	t.is((await inside('db.dev', 'kill -TERM $$')).code, 143);
	t.is((await inside('db.dev', 'kill -9 $$')).code, 137);
});

const shell = (workload: string): readonly string[] => [
	process.execPath,
	join(checkout, 'cli/main.ts'),
	'shell',
	workload,
];

packets(
	titled('a shell says where it is, has job control and the terminal’s size, and its exit code is the command’s'),
	async t => {
		const terminal = atTerminal(['sh', '-c', `stty rows 33 cols 111; exec ${shell('db.dev').join(' ')}`], env);
		await terminal.until(/root of db\.dev in the lab rooms; exit or Ctrl-D leaves[\s\S]*db\.dev \[rooms\] ~ # /);
		t.notRegex(terminal.seen, /job control/);
		terminal.type('stty size; sleep 50\r');
		await terminal.until(/33 111/);
		await wait(300);
		terminal.type('\u0003');
		await terminal.until(/\^C[\s\S]*# $/);
		terminal.type('echo ended $?; exit 5\r');
		await terminal.until(/ended 130/);
		t.is(await terminal.ended, 5);
	},
);

packets(titled('a client that is killed gives its terminal back, and what ran in its shell ends'), async t => {
	const terminal = atTerminal(['bash', '--norc', '-i'], env);
	terminal.type(`stty -a | md5sum; ${shell('db.dev').join(' ')}\r`);
	await terminal.until(/db\.dev \[rooms\] ~ # /);
	terminal.type('sleep 4711\r');
	await wait(500);
	const client = execFileSync('pgrep', ['-f', 'main.ts shell db.dev'], {encoding: 'utf8'})
		.trim()
		.split('\n')
		.map(Number)
		.filter(
			pid =>
				readFileSync(`/proc/${pid}/environ`, 'utf8').includes(runtime) &&
				readFileSync(`/proc/${pid}/comm`, 'utf8') !== 'bash\n' &&
				readFileSync(`/proc/${pid}/comm`, 'utf8') !== 'script\n',
		);
	process.kill(client.at(-1)!, 'SIGKILL');
	await terminal.until(/Killed/);
	terminal.type('stty -a | md5sum\r');
	await terminal.until(/(\w{32})[\s\S]*\1/);
	terminal.type('exit\r');
	await terminal.ended;
	t.is((await inside('db.dev', 'ps -eo args= | grep -c "[s]leep 4711"')).out, '0\n');
});

packets(titled('where nobody listens at a service the boot fails with exit 3, the last words and a mend'), async t => {
	const failing = folder('failing', ['sh', '-c', 'for n in 1 2 3 4 5 6; do echo line $n; done; exit 9']);
	for (const words of [
		['up', failing, '--name', 'failing'],
		['rehearse', failing],
	]) {
		const {code, out, error} = await run(...words);
		t.is(code, 3, error);
		t.is(out, '');
		t.regex(
			error,
			/web-\d\.prod should serve http \(8080\/tcp\), and its command ended with 9; it printed:\n {4}line 2\n/,
		);
		t.regex(error, /mend: /);
	}
});

packets(
	titled('a rehearsal with a real program measures it, and model, kernel and far end agree on each flow'),
	async t => {
		const {code, out, error} = await run('rehearse', serving);
		// Of so small a topology a rehearsal says that it knows too little.
		t.is(code, 4, error);
		const [, agreed, checked] =
			/kernel and far end agree on (\d+) of (\d+) flows/.exec(out.replaceAll(/\s+/g, ' ')) ?? [];
		t.true(Number(checked) > 100, out);
		t.is(agreed, checked);
	},
);
