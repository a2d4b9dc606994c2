import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Told {
	readonly code: number | null;
	readonly out: string;
	readonly error: string;
}
interface Staying {
	readonly modes: readonly string[];
	readonly cut: readonly {readonly code: number | null; readonly left: unknown}[];
	readonly up: readonly string[];
	readonly fallen: readonly string[];
	readonly goes: string;
	readonly nonsense: readonly string[];
	readonly applied: readonly string[];
	readonly reverted: readonly string[];
	readonly afterReset: readonly {
		readonly lab: string;
		readonly inForce: {readonly name: string};
		readonly compromised: readonly unknown[];
		readonly counters: {readonly flowsProbed: number; readonly attacks: number};
	}[];
	readonly afterKill: readonly string[];
	readonly packets: {readonly one: readonly string[]; readonly two: readonly string[]};
	readonly watched: {readonly one: number; readonly two: number | null};
	readonly probes: readonly string[];
	readonly slept: {readonly code: number | null; readonly error: string};
	readonly sockets: {readonly before: boolean; readonly after: boolean};
	readonly left: unknown;
	readonly files: readonly string[];
	readonly told: Readonly<Record<string, Told>>;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const staying = reason === null ? unshared<Staying>('lab/fixtures/staying-labs.ts', [], 110_000) : undefined;

packets(titled('up leaves a lab behind when it has ended, at a socket that only its owner may open'), async t => {
	t.timeout(115_000);
	const {modes, told} = await staying!;
	t.is(told.first!.code, 0, told.first!.error);
	t.regex(told.first!.out, /first is up/);
	t.regex(told.first!.out, /firebreak down first/);
	t.deepEqual(modes, ['700', '600']);
	t.is(told.firstDown!.code, 0, told.firstDown!.error);
});

packets(titled('Ctrl-C at any moment of the boot leaves nothing'), async t => {
	const {cut} = await staying!;
	t.true(cut.some(({code}) => code === 130));
	for (const {left} of cut) t.is(left, null);
});

packets(titled('two labs are up at once, each under its own policy, and a name is taken once'), async t => {
	const {up, told} = await staying!;
	t.deepEqual(up, ['one flat', 'two segmented'], `${told.upOne!.error} ${told.upTwo!.error}`);
	t.is(told.again!.code, 3);
	t.regex(told.again!.error, /a lab named one is up already/);
	t.is(told.which!.code, 2);
	t.regex(told.which!.error, /several labs are up: one, two/);
});

packets(titled('two clients of one lab and one of another each get their own answer, and labs do not mix'), async t => {
	const {told, fallen} = await staying!;
	const probes = ({out, error}: Told) => {
		try {
			return JSON.parse(out) as {
				readonly checked: number;
				readonly mismatches: number;
				readonly inconclusive: number;
				readonly probes: readonly {readonly outcome: {readonly kind: string}}[];
			};
		} catch {
			throw new Error(error);
		}
	};
	const [one, two] = [probes(told.probeOne!), probes(told.probeTwo!)];
	t.deepEqual([told.probeOne!.code, told.attackOne!.code, told.probeTwo!.code], [0, 0, 0]);
	t.true(one.checked > 20);
	t.is(one.checked, two.checked);
	t.deepEqual([one.mismatches, one.inconclusive, two.mismatches, two.inconclusive], [0, 0, 0, 0]);
	t.true(one.probes.every(({outcome}) => outcome.kind !== 'denied'));
	t.true(two.probes.some(({outcome}) => outcome.kind === 'denied'));
	const {runs} = JSON.parse(told.attackOne!.out) as {readonly runs: readonly {readonly falls: readonly unknown[]}[]};
	t.true(runs[0]!.falls.length > 1);
	t.deepEqual(fallen, [`one ${runs[0]!.falls.length}`, 'two 0']);
});

packets(titled('an attack ends with its client, and the next client has its turn'), async t => {
	const {goes, told} = await staying!;
	t.is(goes, 'gone');
	t.regex(told.cutLogs!.out, /the attack of #\d+ was stopped/);
});

packets(titled('a line that is no request ends a connection or is refused, and never ends the lab'), async t => {
	const {nonsense} = await staying!;
	t.deepEqual(nonsense, ['hello', 'hello', 'failed', 'failed', 'failed']);
});

packets(titled('a policy that nobody confirms goes again, and one that somebody confirms stays'), async t => {
	const {told, applied, reverted} = await staying!;
	t.is(told.apply!.code, 0, told.apply!.error);
	t.deepEqual(applied, ['one segmented', 'two segmented']);
	t.is(
		(JSON.parse(told.denied!.out) as {readonly probes: readonly {readonly outcome: {readonly kind: string}}[]})
			.probes[0]!.outcome.kind,
		'denied',
	);
	t.deepEqual(reverted, ['one flat', 'two segmented']);
	t.is(told.file!.code, 0, told.file!.error);
	t.regex(told.confirm!.out, /segmented stays in force on one/);
});

packets(
	titled('a command runs with the addresses of its workload, as its root, and its streams and exit code pass'),
	async t => {
		const {told} = await staying!;
		t.is(told.exec!.code, 7, told.exec!.error);
		t.regex(told.exec!.out, /198\.18\.0\.\d+\/32/);
		t.is(told.exec!.out.trim().split('\n').at(-1), '0');
		t.is(told.exec!.error, 'no\n');
	},
);

packets(titled('what a rule denies a command is told to those who watch its lab, and to nobody else'), async t => {
	const {packets: seen, watched, told} = await staying!;
	t.not(told.execDenied!.code, 0);
	t.true(seen.one.includes('deny at web.dev'), told.execDenied!.error);
	t.deepEqual(
		seen.two.filter(one => one.startsWith('deny')),
		[],
	);
	t.true(watched.one > 20);
	t.is(watched.two, 130);
});

packets(titled('a probe that comes in pieces is noted once, with all of its flows'), async t => {
	const {probes} = await staying!;
	t.deepEqual(
		probes.filter(text => text === 'probed 3 flows' || text === 'probed 1 flow'),
		['probed 3 flows'],
	);
});

packets(
	titled('a workload’s root flushes its own rules and cannot kill the engine; reset puts the control back'),
	async t => {
		const {told, afterReset} = await staying!;
		t.is(told.flush!.out.trim(), '', told.flush!.error);
		t.is(told.reset!.code, 0, told.reset!.error);
		const [one, two] = afterReset;
		t.deepEqual(
			[one!.lab, one!.inForce.name, one!.compromised.length, one!.counters.flowsProbed],
			['one', 'flat', 0, 0],
		);
		t.is(two!.inForce.name, 'segmented');
	},
);

packets(titled('a client that is killed leaves the lab as it is'), async t => {
	const {afterKill} = await staying!;
	t.deepEqual(afterKill, ['one flat', 'two segmented']);
});

packets(
	titled('an engine that is killed takes its lab and its commands along; ls says so and takes the socket away'),
	async t => {
		const {slept, sockets, told} = await staying!;
		t.is(slept.code, 3, slept.error);
		t.deepEqual(sockets, {before: true, after: false});
		t.regex(told.afterEngine!.error, /one is gone: its engine was killed/);
		t.regex(told.afterEngine!.out, /two/);
		t.notRegex(told.afterEngine!.out, /^ *one/m);
	},
);

packets(titled('after a kill and a SIGTERM no process, namespace, mount, link or socket is left'), async t => {
	const {left, files, told} = await staying!;
	t.is(left, null);
	t.deepEqual(files, []);
	t.is(told.none!.code, 2);
	t.regex(told.none!.error, /no lab is up/);
});

packets(titled('logs say what was done, in order'), async t => {
	const {told} = await staying!;
	const lines = told.logs!.out.split('\n').map(line => line.replace(/^\S+ +/, '').replace(/#\d+/g, '#'));
	const expected = [
		'the lab is up under flat',
		'# applied segmented',
		'nobody confirmed: flat is in force again',
		'# confirmed segmented',
	];
	t.deepEqual(
		expected.filter(text => !lines.includes(text)),
		[],
		told.logs!.out,
	);
});
