// Root of a workload against everything that is not its own. What the same tries do outside is in the controls: a try that
// fails everywhere shows nothing.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {shellWords} from '../../lab/shell-words.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {checkout, firebreak, starter} from './firebreak.ts';

const reason = whyNoPackets() ?? (existsSync('/usr/bin/perl') ? null : 'no perl here');
const packets = reason === null ? test.serial : test.serial.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);

const runtime = mkdtempSync(join(tmpdir(), 'firebreak-hostile-'));
const labs = join(runtime, 'firebreak');
const marker = join(runtime, 'marker');
const abstract = `firebreak-hostile-${process.pid}`;
const env = {XDG_RUNTIME_DIR: runtime, SECRET_OF_THE_CALLER: 'secret'};
const attempts = readFileSync(join(import.meta.dirname, 'fixtures/hostile.pl'), 'utf8');
const host = createServer(socket => socket.end());
const otherAddress = '203.0.113.77';
let tried: ReadonlyMap<string, string> = new Map();
let enginePid = 0;
/** Who owns the host's own folders, and what may be done there: building a room must not change it. */
const folders = (): readonly string[] =>
	['/', '/etc', '/run', '/tmp', '/usr', '/var', '/root', '/home'].filter(existsSync).map(path => {
		const {uid, gid, mode} = statSync(path);
		return `${path} ${uid} ${gid} ${mode}`;
	});
const foldersBefore = folders();

interface Ran {
	readonly code: number | null;
	readonly out: string;
}
/** `firebreak words` with text as its standard input. */
async function run(words: readonly string[], input = ''): Promise<Ran> {
	const child = spawn(process.execPath, [join(checkout, 'cli/main.ts'), ...words], {
		cwd: runtime,
		env: {...process.env, ...env},
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	let out = '';
	child.stdout.on('data', chunk => (out += chunk));
	child.stdin.on('error', () => undefined).end(input);
	const watchdog = setTimeout(() => child.kill('SIGKILL'), 60_000);
	const [code] = await once(child, 'close');
	clearTimeout(watchdog);
	return {code: code as number | null, out};
}
const inside = (workload: string, lab: string, ...command: readonly string[]): Promise<Ran> =>
	run(['exec', workload, '--lab', lab, '--', ...command]);

test.before(async t => {
	if (reason !== null) return;
	t.timeout(120_000);
	writeFileSync(marker, 'x');
	host.listen({path: `\0${abstract}`});
	const other = join(runtime, 'other');
	mkdirSync(other);
	for (const [file, text] of [
		['rehearsal.yaml', 'rehearsal: other\ntopology: t.yaml\ncandidates: {shut: {policy: p.yaml}}\n'],
		['p.yaml', 'policy: shut\n'],
		[
			't.yaml',
			`topology: other\nnetworks: {lan: {cidr: 203.0.113.0/24}}\nworkloads:\n  solo: {network: lan, addresses: [${otherAddress}], services: {https: {port: 443}}}\n`,
		],
	] as const)
		writeFileSync(join(other, file), text);
	for (const [name, subject] of [
		['host-a', starter],
		['host-b', other],
	] as const) {
		const up = await firebreak(['up', subject, '--name', name], {env});
		if (up.code !== 0) throw new Error(up.error);
	}
	const listed = (JSON.parse((await run(['ls', '--format', 'json'])).out) as {labs: readonly {pid: number}[]}).labs;
	enginePid = listed[0]!.pid;
	const pids = [process.pid, process.ppid, enginePid].join(',');
	const words = ['exec', 'web.dev', '--lab', 'host-a', '--', 'perl', '-', marker, labs, abstract, otherAddress, pids];
	const {out} = await run(words, attempts);
	tried = new Map(out.split('\n').flatMap(line => (line === '' ? [] : [line.split('\t') as [string, string]])));
});
test.after.always(async () => {
	host.close();
	if (reason === null) await firebreak(['down', '--all'], {env});
	rmSync(runtime, {recursive: true, force: true});
});

/** The outcomes of the tries whose names begin so; none is a mistake of the test. */
const outcomes = (start: string): readonly (readonly [string, string])[] =>
	[...tried].filter(([name]) => name.startsWith(start));
const isRefused = (starts: readonly string[], how: RegExp) => (t: import('ava').ExecutionContext) => {
	for (const start of starts) {
		const found = outcomes(start);
		t.true(found.length > 0, `${start} was not tried`);
		for (const [name, outcome] of found) t.regex(outcome, how, name);
	}
};

packets(titled('every try came to its end, up to the one that kills all processes it can see'), t => {
	t.is(tried.get('last'), 'words');
});

for (const [title, starts, how] of [
	[
		'the host’s passwords, keys, homes, and the files of whoever runs the lab cannot be read',
		['read ', 'list '],
		/^(No such file|Is a directory|no$)/,
	],
	['nothing that the workload sees of the host can be written', ['write '], /^(Read-only file system|No such file)/],
	['no process leads to another root, folder or socket', ['marker', 'sockets and folders held'], /^(nowhere|none)$/],
	['the processes of the host are not seen', ['processes seen'], /^few$/],
	['devices of the host are neither there nor can be made', ['devices'], /^only its own$/],
	[
		'memory, disks and logs of the kernel stay shut',
		['open /dev', 'open /proc', 'mknod'],
		/^(No such file|Permission denied|Operation not permitted|no$)/,
	],
	[
		'its root can mount, unmount, remount and pivot nothing, also from a user namespace of its own',
		['mount', 'bind', 'remount', 'umount', 'pivot_root'],
		/^code \d+ .*(denied|superuser|not permitted|not mounted|no mount point)/,
	],
	['no process outside can be signalled', ['kill '], /^No such process/],
	[
		'no namespace but its own can be entered, and the owner of its own cannot be asked for',
		['ptrace', 'setns', 'owner of own', 'parent of own', 'unshare of network'],
		/not permitted|Permission denied/,
	],
	[
		'files by handle, modules, keyrings and io_uring are refused',
		['a file by its handle', 'load a module', 'keyring', 'io_uring'],
		/not permitted|not implemented/,
	],
	[
		'no setting of the machine can be written, nor its own hostname',
		['sysctl kernel', 'sysctl vm', 'sysctl fs', 'set hostname'],
		/Permission denied|Read-only|root to change|not there/,
	],
	['the fabric cannot be reached through its own link', ['fabric'], /not permitted|Permission denied/],
	[
		'neither the hypervisor nor a socket of the host or of the engine answers',
		['hypervisor', 'abstract socket', 'socket /'],
		/not supported|refused|No such file/,
	],
	[
		'no address outside and none of another lab is reached, and no name of the outside is known',
		['connect ', 'name of the outside'],
		/unreachable|No route|in progress|code 2/,
	],
	['a file fills its own small disk', ['a disk that fills'], /No space left/],
	['a fork bomb meets an end', ['fork bomb'], /^ends at/],
	['nothing of the caller’s environment comes along', ['who'], /^0 \/root web\.dev no secret$/],
	[
		'its own it may: flush its rules, sniff, send raw packets, set its network, write its home',
		['raw socket', 'sniffer', 'sysctl of its network', 'flush', 'its own file'],
		/^done$/,
	],
] as const)
	packets(titled(title), isRefused(starts, how));

packets(titled('the host’s own folders belong to whom they belonged to before there were rooms'), t => {
	t.deepEqual(folders(), foldersBefore);
});

packets(titled('control: outside, the same socket, process and file are there'), async t => {
	const connected = spawnSync(
		'perl',
		[
			'-MSocket',
			'-e',
			'socket(S,AF_UNIX,SOCK_STREAM,0); exit(connect(S,pack("S a*",AF_UNIX,"\\0$ARGV[0]")) ? 0 : 1)',
		].concat(abstract),
	);
	t.is(connected.status, 0);
	t.true(existsSync(marker) && existsSync(join(labs, 'host-a.sock')));
	t.notThrows(() => process.kill(enginePid, 0));
	const other = await inside(
		'solo',
		'host-b',
		'perl',
		'-MSocket',
		'-e',
		`socket(S,AF_INET,SOCK_STREAM,0); exit(connect(S,pack_sockaddr_in(443,inet_aton("${otherAddress}"))) ? 0 : 1)`,
	);
	t.is(other.code, 0);
});

packets(titled('after all that the lab goes on, and the next command finds a room with nobody in it'), async t => {
	t.is((await firebreak(['probe', 'build.dev -> db.dev:postgres', '--lab', 'host-a'], {env})).code, 0);
	const {code, out} = await inside('web.dev', 'host-a', 'sh', '-c', 'ls /proc | grep -c "^[0-9]"');
	t.is(code, 0);
	t.regex(out, /^\d\n$/);
	t.is((await inside('db.dev', 'host-a', 'hostname')).out, 'db.dev\n');
});

/** Types a line into every terminal that it has. Source: ioctl_tty(2), TIOCSTI. */
const typist =
	'open($tty, "+<", "/dev/tty"); for $to (*STDIN, *STDOUT, *STDERR, $tty) { for $key (split //, "stolen\\n") { ioctl($to, 0x5412, $k = $key) } }';

/** What a shell at a terminal of its own hears typed, after a command that nobody typed anything into. */
async function heardAfter(command: string): Promise<string> {
	const shell = ['bash', '-c', `${command}; read -t 2 line; echo "[heard $line]"`];
	const child = spawn('script', ['-qec', shellWords(shell), '/dev/null'], {
		env: {...process.env, ...env, SHELL: '/bin/sh'},
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	let out = '';
	child.stdout.on('data', chunk => (out += chunk));
	await once(child, 'exit');
	return /\[heard ([^\]$]*)\]/.exec(out)?.[1] ?? out;
}

const whyNoTyping = (): string | null => {
	try {
		return readFileSync('/proc/sys/dev/tty/legacy_tiocsti', 'utf8').trim() === '1' ? null : 'TIOCSTI is off here';
	} catch {
		return null;
	}
};
const noTyping = reason ?? whyNoTyping();
for (const [streams, more] of [
	['at a terminal', ''],
	['with its output in a pipe', ' | cat'],
	['with no stream at a terminal', ' < /dev/null 2>&1 | cat'],
] as const)
	(noTyping === null ? test.serial : test.serial.skip)(
		`a command ${streams} types nothing into the terminal of its caller${noTyping === null ? '' : ` (skipped: ${noTyping})`}`,
		async t => {
			const exec = [process.execPath, join(checkout, 'cli/main.ts'), 'exec', 'web.dev', '--lab', 'host-a', '--'];
			const type = ['perl', '-e', typist];
			t.regex(await heardAfter(`${shellWords(type)}${more}`), /stolen/, 'control');
			t.is(await heardAfter(`${shellWords([...exec, ...type])}${more}`), '');
		},
	);
