// What does the console cost while an attack moves everything on it, and how long from a key to the screen that shows it?
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {type PaneName, paneNames} from '../../tui/console/state.ts';
import {seeded} from '../builders/seeded.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import type {AtPty} from './at-pty.ts';
import {attackAnew, attackedFor, openConsole, size} from './console-attack.ts';
import {writeConsoleLab} from './console-lab.ts';
import {skip, tell} from './figure.ts';
import {upLab} from './up-lab.ts';

const paneMs = 5000;
const keys = 96;

interface Subject {
	readonly name: string;
	readonly scenario: string;
	/** Keys that double the speed of one action in 240 ms. */
	readonly faster: number;
	/** Each frame differs from the one before; a frame that does not is not drawn. */
	readonly everythingMoves: boolean;
}

const screen = `on ${size.columns} × ${size.rows} while an attack goes on`;
const about = (of: string) =>
	({
		cost: {
			bench: 'console',
			question: `What share of a core does the console take on ${of}, ${screen}, in its dearest pane?`,
			unit: '%',
			limit: {most: 20},
		},
		frames: {
			bench: 'console',
			question: `How many frames a second are drawn on ${of}, ${screen}, in the pane with the fewest?`,
			unit: 'frames/s',
			limit: null,
		},
		keys: {
			bench: 'console',
			question: `How long from a key to the screen that shows its pane on ${of}, ${screen} (95% of ${keys})?`,
			unit: 'ms',
			limit: {most: 50},
		},
	}) as const;

const folder = mkdtempSync(join(tmpdir(), 'firebreak-bench-'));
try {
	writeConsoleLab(folder, 5);
	await measure(folder, {name: 'a lab of 1,000 workloads', scenario: 'worm', faster: 5, everythingMoves: true});
	await measure('shop', {name: 'shop', scenario: 'ransomware', faster: 0, everythingMoves: false});
} finally {
	rmSync(folder, {recursive: true, force: true});
}

async function measure(source: string, {name, scenario, faster, everythingMoves}: Subject): Promise<void> {
	const asked = about(name);
	const reason = whyNoPackets();
	if (reason !== null) {
		for (const one of [asked.cost, asked.frames, asked.keys]) skip(one, reason);
		return;
	}
	using lab = upLab(source);
	using console = await openConsole(lab.name, faster);
	await attackAnew(console, scenario);
	const panes: Awaited<ReturnType<typeof costOf>>[] = [];
	for (const pane of [...paneNames.slice(1), paneNames[0]]) panes.push(await costOf(console, pane, scenario));
	const byPane = (of: 'percent' | 'framesPerSecond' | 'kilobytesPerSecond') =>
		Object.fromEntries(panes.map(one => [one.pane, Number(one[of].toFixed(1))]));
	tell({...asked.cost, value: Math.max(...panes.map(({percent}) => percent)), also: {byPane: byPane('percent')}});
	tell({
		...asked.frames,
		limit: everythingMoves ? {least: 25} : null,
		value: Math.min(...panes.map(({framesPerSecond}) => framesPerSecond)),
		also: {byPane: byPane('framesPerSecond'), kilobytesPerSecond: byPane('kilobytesPerSecond')},
	});
	const random = seeded(1);
	const took: number[] = [];
	for (let key = 0; key < keys; key++) {
		await attackedFor(console, scenario, 20 + random.below(130));
		took.push(await show(console, paneNames[(key * 3 + 1) % paneNames.length]!));
	}
	took.sort((a, b) => a - b);
	const at = (share: number): number => took[Math.floor(share * (keys - 1))]!;
	tell({
		...asked.keys,
		value: at(0.95),
		also: {
			medianMs: Number(at(0.5).toFixed(1)),
			worstMs: Number(at(1).toFixed(1)),
			residentMb: Math.round(console.residentMb()),
		},
	});
}

async function costOf(console: AtPty, pane: PaneName, scenario: string) {
	await show(console, pane);
	// What a pane works out once is not what it costs.
	await wait(500);
	const [cpu, frames, bytes, started] = [console.cpuSeconds(), console.frames, console.bytes, performance.now()];
	await attackedFor(console, scenario, paneMs);
	const seconds = (performance.now() - started) / 1000;
	return {
		pane,
		percent: (100 * (console.cpuSeconds() - cpu)) / seconds,
		framesPerSecond: (console.frames - frames) / seconds,
		kilobytesPerSecond: (console.bytes - bytes) / seconds / 1000,
	};
}

function show(console: AtPty, pane: PaneName): Promise<number> {
	const number = paneNames.indexOf(pane) + 1;
	return console.press(`${number}`, new RegExp(`┤ ${number} ${pane} ├`));
}
