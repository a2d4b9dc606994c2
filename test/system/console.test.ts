// The console as a person uses it: keys in a terminal, a real lab behind it. What the screen says must have happened, as
// the events that were recorded meanwhile show.
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {quarantinedBy} from '../../core/policy/quarantine.ts';
import {parseRecording} from '../../core/recording/parse-recording.ts';
import {attemptMs} from '../../tui/console/world/fold-attack.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {checkout, firebreak} from './firebreak.ts';
import {inTmux, whyNoTmux} from './in-tmux.ts';

const reason = whyNoPackets() ?? whyNoTmux();
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const live = reason === null ? test : test.skip;
const folder = mkdtempSync(join(tmpdir(), 'firebreak-console-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

/** What differs from run to run: times, and how many packets a rule has met. */
const masked = (screen: string): string =>
	screen
		.replaceAll(/\d\d:\d\d\.\d/g, '00:00.0')
		.replaceAll(/\b\d+ ms\b/g, '0 ms')
		.replaceAll(/ *\d+\.\d\d(?= T\d{4})/g, time => '0.00'.padStart(time.length))
		.replaceAll(/\b\d+\.\d s\b/g, '0.0 s')
		// What stands behind them on their lines has moved by as many digits.
		.replaceAll(/^(.*\b0(?: ms|\.0 s)\b.*?) *│$/gm, '$1 │');

interface Story {
	readonly screens: readonly string[];
	readonly events: readonly WatchEvent[];
	readonly last: string;
	readonly labs: string;
}

async function story(columns: number, rows: number): Promise<Story> {
	const own = join(folder, `${columns}`);
	mkdirSync(own, {mode: 0o700});
	const record = join(own, 'run.ndjson');
	const env = {XDG_RUNTIME_DIR: own, TERM: 'xterm-256color', LANG: 'C.UTF-8', NO_COLOR: '1'};
	const words = [process.execPath, '--no-warnings', join(checkout, 'cli/main.ts'), 'console', 'shop'];
	const tmux = inTmux([...words, '--record', record, '--seed', '7'], {
		...{socket: join(own, 'tmux'), columns, rows, env},
	});
	const screens: string[] = [];
	/** What is drawn for a moment is over, and clocks of seconds stand on no figure. */
	const shoot = async (what: RegExp): Promise<void> => {
		await tmux.until(what);
		await wait(attemptMs + 300);
		screens.push(masked(tmux.screen()));
	};
	const step = async (upTo: number, from: number): Promise<void> => {
		for (let action = from; action <= upTo; action++) {
			tmux.press('.');
			await tmux.until(new RegExp(`· ${action} actions?,`));
		}
	};
	try {
		await tmux.until(/broken \S+ +none of 63/);
		tmux.press('Space', 'a');
		await tmux.until(/which scenario/);
		tmux.press('Enter');
		await tmux.until(/from where/);
		tmux.press('Enter');
		await tmux.until(/0 actions/);
		await step(30, 1);
		await shoot(/30 actions/);
		tmux.press('p');
		await tmux.until(/which policy/);
		tmux.press('Down', 'Down', 'Enter');
		await tmux.until(/segmented is in force \(/);
		await step(36, 31);
		await shoot(/36 actions/);
		tmux.press('Down', 'Down', 'q');
		await shoot(/was cut off after .* flows denied/);
		tmux.press('6');
		await shoot(/DENIED by/);
		tmux.press('Q');
		const last = await tmux.until(/ended with/);
		const recording = parseRecording(record, readFileSync(record, 'utf8').split('\n'));
		const {out: labs} = await firebreak(['ls'], {env});
		return {screens, events: recording.kind === 'ok' ? recording.value.events : [], last, labs};
	} finally {
		tmux.end();
		// Where the story broke off, the lab stays, as it does for a person whose terminal is gone.
		await firebreak(['down', '--all'], {env});
	}
}

for (const [columns, rows] of [
	[80, 24],
	[120, 40],
	[200, 60],
] as const)
	live(
		titled(`at ${columns} × ${rows}: an attack in steps, a policy halfway, a quarantine, the last denial explained`),
		async t => {
			t.timeout(110_000);
			const {screens, events, last, labs} = await story(columns, rows);
			const golden = join(checkout, `test/tui/golden/console-live-${columns}.txt`);
			const all = `${screens.join('\n\n')}\n`;
			if (process.env.GOLDEN === 'rewrite') writeFileSync(golden, all);
			t.is(all, readFileSync(golden, 'utf8'));
			t.regex(last, /shop is down.*\n(.*\n)*ended with 0/);
			t.notRegex(labs, /shop/);
			const applied = events.filter(one => one.kind === 'policy-applied');
			t.deepEqual(
				applied.map(({inForce}) => [inForce!.name, ...quarantinedBy(inForce!.stack)]),
				[['segmented'], ['segmented', 'api-1.prod']],
			);
			const acted = events.filter(one => one.kind === 'action');
			t.is(acted.length, 36);
			const before = acted.filter(({atMs}) => atMs < applied[0]!.atMs);
			t.is(before.length, 30);
			t.false(before.some(({record}) => record.result === 'denied'));
			// What the screen calls denied a rule of the policy in force logged.
			for (const {record, evidence} of acted.slice(30))
				if (record.result === 'denied')
					t.true(
						evidence.some(({logs}) => logs.some(({decision, rule}) => decision === 'deny' && rule.startsWith('p0.'))),
					);
			t.true(acted.slice(30).some(({record}) => record.result === 'denied'));
			const after = events.filter(one => one.kind === 'flow-probed' && one.atMs > applied[1]!.atMs);
			const cut = after.filter(
				one =>
					one.kind === 'flow-probed' &&
					[one.evidence.flow.source.workload, one.evidence.flow.destination.workload].includes('api-1.prod'),
			);
			t.true(cut.length > 100);
			t.true(cut.every(one => one.kind === 'flow-probed' && one.evidence.outcome.kind === 'denied'));
		},
	);
