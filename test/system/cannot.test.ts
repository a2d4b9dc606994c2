// Where no lab can run: exit 3, one line and its mend; and the model, which runs there all the same and says what it is.
// What is missing is hidden in a mount namespace (or forbidden in a user namespace) of the test's own.
import {execFileSync} from 'node:child_process';
import {chmodSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {isRootless} from '../../kernel/rootless.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {checkout, firebreak, type Place, starter} from './firebreak.ts';

const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);

/** Runs `prepare` in namespaces of its own, then the program. */
const after = (prepare: string, user: 'always' | 'where needed' = 'where needed'): readonly string[] => [
	'unshare',
	...(user === 'always' || isRootless() ? ['--user', '--map-root-user'] : []),
	...['--mount', 'sh', '-c', `${prepare} && exec "$@"`, 'sh'],
];
const find = (program: string): string =>
	execFileSync('sh', ['-c', `command -v ${program}`], {encoding: 'utf8'}).trim();
const libraries = (): readonly string[] =>
	execFileSync('sh', ['-c', 'PATH=$PATH:/sbin:/usr/sbin ldconfig -p'], {encoding: 'utf8'})
		.split('\n')
		.filter(line => line.includes('libnftables.so'))
		.map(line => line.split('=> ')[1]!.trim());

/** A PATH that has what a lab starts, without one program. */
function pathWithout(missing: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'path-'));
	chmodSync(folder, 0o755);
	for (const name of ['sh', 'mount', 'mkdir', 'sleep', 'unshare', 'nsenter', 'ip', 'git'])
		if (name !== missing) symlinkSync(find(name), join(folder, name));
	return folder;
}

interface Lack {
	readonly what: string;
	readonly place: () => Place;
	readonly says: RegExp;
	readonly mend: RegExp;
}
const lacks: readonly Lack[] = [
	{
		what: 'nftables',
		place: () => ({
			under: after([...libraries(), '/usr/sbin/nft'].map(file => `mount --bind /dev/null ${file}`).join(' && ')),
		}),
		says: /^nftables is not installed here/,
		mend: /apt-get install nftables/,
	},
	{
		what: 'user namespaces',
		place: () => ({under: after('echo 0 > /proc/sys/user/max_user_namespaces', 'always')}),
		says: /does not let an ordinary user make namespaces.*No space left/,
		mend: /max_user_namespaces/,
	},
	{
		what: 'room for a second user namespace',
		place: () => ({under: after('echo 1 > /proc/sys/user/max_user_namespaces', 'always')}),
		says: /^namespaces for workloads could not be made: unshare/,
		mend: /max_user_namespaces/,
	},
	{
		what: 'koffi',
		place: () => ({under: after(`mount -t tmpfs none ${checkout}node_modules/koffi`)}),
		says: /^the native library koffi cannot be loaded here/,
		mend: /npm install koffi/,
	},
	{
		what: 'the program unshare',
		place: () => ({env: {PATH: pathWithout('unshare')}}),
		says: /^the program unshare cannot be started here/,
		mend: /util-linux/,
	},
	{
		what: 'the program ip',
		place: () => ({env: {PATH: pathWithout('ip')}}),
		says: /^namespaces for workloads could not be made: .*ip: not found/,
		mend: /iproute2/,
	},
];

for (const {what, place, says, mend} of lacks) {
	packets(
		titled(`without ${what}: exit 3, one line and the mend; --model-only works and says so at its top`),
		async t => {
			t.timeout(60_000);
			const own = place();
			t.teardown(() => own.env?.PATH !== undefined && rmSync(own.env.PATH, {recursive: true}));
			const [lab, model] = await Promise.all([
				firebreak(['rehearse', starter], own),
				firebreak(['rehearse', starter, '--model-only'], own),
			]);
			t.is(lab.code, 3, lab.error);
			t.is(lab.out, '');
			const [line = '', second = '', ...rest] = lab.error.trim().split('\n');
			t.regex(line, says);
			t.regex(second, /^ {2}mend: /);
			t.regex(second, mend);
			t.regex(second, /--model-only/);
			t.deepEqual(rest, []);
			t.is(model.code, 0, model.error);
			t.regex(model.out.split('\n').slice(0, 4).join('\n'), /nothing was measured/i);
		},
	);
}

test('the report of the model has no figure that only packets give', async t => {
	const {code, out, error} = await firebreak(['rehearse', starter, '--model-only', '--format', 'json']);
	t.is(code, 0, error);
	const {measured, latencies} = JSON.parse(out) as {readonly measured: string; readonly latencies: object};
	t.is(measured, 'model');
	t.deepEqual([...new Set(Object.values(latencies))], [null]);
});
