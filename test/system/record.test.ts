// Recordings of real runs: of a rehearsal, whole and cut off, of a lab that stays, and played where Linux is not.
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {openRecording} from '../../cli/console/open-recording.ts';
import type {Recording} from '../../core/recording/recording.ts';
import {createPlayer, sought} from '../../tui/console/player.ts';
import {gauges} from '../../tui/console/world/gauges.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {checkout, firebreak, start} from './firebreak.ts';
import {inTmux, whyNoTmux} from './in-tmux.ts';

const reason = whyNoPackets();
const packets = reason === null ? test.serial : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const noTmux = whyNoTmux();
const folder = mkdtempSync(join(tmpdir(), 'firebreak-record-'));
const env = {XDG_RUNTIME_DIR: join(folder, 'run')};
mkdirSync(env.XDG_RUNTIME_DIR, {mode: 0o700});
const file = (name: string): string => join(folder, `${name}.ndjson`);
test.after.always(async () => {
	await firebreak(['down', '--all'], {env});
	rmSync(folder, {recursive: true, force: true});
});

async function opened(path: string): Promise<Recording> {
	const found = await openRecording(path);
	if (found?.kind !== 'ok') throw new Error(JSON.stringify(found));
	return found.value;
}

packets(titled('a rehearsal is recorded run by run, with the figures that its report has'), async t => {
	t.timeout(110_000);
	const {code, out, error} = await firebreak(['rehearse', 'shop', '--format', 'json', '--record', file('shop')]);
	t.is(code, 0, error);
	const {runs} = JSON.parse(out) as {
		runs: readonly {
			candidate: string;
			scenario: string;
			containment: {compromised: number};
			breakage: {broken: number};
		}[];
	};
	const player = createPlayer(await opened(file('shop')));
	const {events} = player.recording;
	t.is(player.clock.runs.length, runs.length);
	t.is(events.filter(({kind}) => kind === 'flow-probed').length, 14_008);
	t.true(readFileSync(file('shop')).length < 4_000_000);
	for (const end of events.filter(event => event.kind === 'attack-ended')) {
		const {world} = sought(player, end.atMs);
		const run = runs.find(({candidate, scenario}) => candidate === end.candidate && scenario === end.scenario)!;
		t.is(gauges(world).lost, run.containment.compromised, `${end.candidate} ${end.scenario}`);
		t.is(gauges(world).broken, end.candidate === 'flat' ? 0 : run.breakage.broken);
	}
	// Attacks are told where they were, and not at the beginning of the clock.
	const actions = events.filter(event => event.kind === 'action');
	t.true(actions.every(({atMs}) => atMs >= player.clock.runs[0]!));
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const)
	packets(titled(`a rehearsal that ${signal} ends has recorded what was before it`), async t => {
		t.timeout(110_000);
		const path = file(signal);
		const {child, ended} = start(['rehearse', 'shop', '--record', path]);
		const attacked = (): boolean => existsSync(path) && readFileSync(path, 'utf8').includes('"attack-ended"');
		while (!attacked() && child.exitCode === null) await wait(20);
		child.kill(signal);
		const {code} = await ended;
		t.is(code, signal === 'SIGKILL' ? null : 130);
		const {events} = await opened(path);
		t.true(events.some(({kind}) => kind === 'attack-ended'));
		t.false(events.some(({kind}) => kind === 'lab-gone'));
		t.true(createPlayer(await opened(path)).clock.runs.length < 8);
	});

packets(
	titled('of a lab that stays, everything until it is gone, one attack, one probe, and what somebody watched'),
	async t => {
		t.timeout(110_000);
		const lab = async (...words: readonly string[]): Promise<string> => {
			const {code, out, error} = await firebreak(words, {env});
			if (code !== 0) throw new Error(`${words.join(' ')}: ${error}`);
			return out + error;
		};
		t.regex(
			await lab('up', 'shop', '--candidate', 'zones', '--record', file('up')),
			/is recorded in .*up\.ndjson until/,
		);
		const watching = start(['watch', '--record', file('watch')], {env});
		while (!existsSync(file('watch'))) await wait(20);
		await lab('attack', 'thief', '--record', file('attack'));
		await lab('probe', 'web.prod -> api.prod:http', '--record', file('probe'));
		await lab('apply', 'segmented');
		watching.child.kill('SIGTERM');
		t.is((await watching.ended).code, 130);
		await lab('down', 'shop');
		const kinds = async (name: string): Promise<readonly string[]> => [
			...new Set((await opened(file(name))).events.map(({kind}) => kind).filter(kind => kind !== 'note')),
		];
		const attack = ['attack-started', 'action', 'attack-ended'];
		t.deepEqual(await kinds('attack'), attack);
		t.deepEqual(await kinds('probe'), ['flow-probed']);
		t.deepEqual(await kinds('watch'), [...attack, 'flow-probed', 'policy-applied']);
		t.deepEqual((await kinds('up')).slice(0, 5), [...attack, 'flow-probed', 'policy-applied']);
		const {head} = await opened(file('attack'));
		t.is(head.inForce.name, 'zones');
		t.true('zones.policy.yaml' in head.sources);
	},
);

/** Nothing of this machine's kernel is to be had: what asks for it falls. */
const elsewhere = `
	import {registerHooks} from 'node:module';
	Object.defineProperty(process, 'platform', {value: 'darwin'});
	registerHooks({
		resolve(name, context, next) {
			const found = next(name, context);
			if (/\\/kernel\\/|(?<!cli)\\/lab\\/|koffi/.test(found.url)) throw new Error('asked for ' + found.url);
			return found;
		},
	});
`;

for (const locale of ['C', 'C.UTF-8'])
	(noTmux === null ? test.serial : test.skip)(
		`a recording is played where neither kernel nor lab is to be had, in the locale ${locale}${noTmux === null ? '' : ` (skipped: ${noTmux})`}`,
		async t => {
			t.timeout(110_000);
			const path = file(`played-${locale}`);
			t.is((await firebreak(['rehearse', 'shop', '--model-only', '--record', path])).code, 0);
			const hooks = join(folder, `${locale}.mjs`);
			writeFileSync(hooks, elsewhere);
			const words = [
				process.execPath,
				'--no-warnings',
				'--import',
				hooks,
				join(checkout, 'cli/main.ts'),
				'console',
				path,
			];
			const tmux = inTmux(words, {
				socket: join(folder, `tmux-${locale}`),
				...{columns: 120, rows: 40, env: {TERM: 'xterm-256color', LANG: locale, LC_ALL: '', NO_COLOR: '1'}},
			});
			try {
				await tmux.until(/8 runs/);
				tmux.press('Space', ']', ']', ']');
				await tmux.until(/run 3 of 8/);
				await tmux.until(/zones in force/);
				tmux.press('>', '>');
				await tmux.until(/lost .* [1-9]\d* of 20/);
				tmux.press(']');
				await tmux.until(/run 4 of 8/);
				await tmux.until(/lost .* none of 20/);
				tmux.press('Q');
				await tmux.until(/ended with 0/);
			} finally {
				tmux.end();
			}
		},
	);
