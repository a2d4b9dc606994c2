// A console that looks at `shop`: what an attacker does to it under no policy and under segmented, by the model, as the
// events of a lab.
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {loadOptions} from '../../../cli/load-options.ts';
import type {WatchEvent} from '../../../core/contracts/watch-event.ts';
import {parseFlowText} from '../../../core/files/flow-text.ts';
import type {Candidate, Rehearsal} from '../../../core/model/rehearsal.ts';
import {loadRehearsal} from '../../../rehearsals/load.ts';
import {createModelRange} from '../../../rehearsals/model-range.ts';
import {firstState} from '../../../tui/console/first-state.ts';
import type {ConsoleState} from '../../../tui/console/state.ts';
import {begin} from '../../../tui/console/world/begin.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import type {World} from '../../../tui/console/world/world.ts';

export const shop: Rehearsal = await load('shop');

async function load(name: string): Promise<Rehearsal> {
	const loaded = await loadRehearsal(name, loadOptions());
	if (loaded.kind === 'wrong') throw new Error(JSON.stringify(loaded.problems));
	return loaded.value;
}

export const candidate = (name: string): Candidate => shop.candidates.find(one => one.name === name)!;

export const inForce = (name: string, observed = false) => {
	const {stack, placement} = candidate(name);
	return {name, stack, placement, observed};
};

const files = ['segmented', 'zones', 'too-tight'].map(name => `${name}.policy.yaml`);

/** Texts of the candidates' files. */
export const sources: ReadonlyMap<string, string> = new Map(
	await Promise.all(files.map(async file => [file, await readFile(join(shop.folder, file), 'utf8')] as const)),
);

/** Under no policy, before anything happened. */
export const start: World = begin({
	lab: 'shop',
	rehearsal: shop,
	startedAt: 1_700_000_000_000,
	nowMs: 0,
	inForce: inForce('flat'),
	compromised: [],
	sources,
});

/** The scenario's attacker under a candidate, an action every 50 ms. */
export async function attacked(name: string, scenario: string, foothold: string, atMs: number): Promise<WatchEvent[]> {
	const range = createModelRange(shop.topology, 1, () => 0);
	await range.use(candidate(name));
	const about = {candidate: name, scenario, foothold};
	const run = await range.attack(shop.scenarios.find(one => one.name === scenario)!, foothold);
	const evidence = new Map(run.evidence.map(one => [one.action, one.evidence]));
	const started = {kind: 'attack-started', ...about, turn: {number: 1, of: 1}, expectedActions: null, atMs} as const;
	return [
		started,
		...run.timeline.map((record, at) => ({
			...{kind: 'action' as const, ...about, record},
			evidence: evidence.get(record.action) ?? [],
			atMs: atMs + 50 * (at + 1),
		})),
		{kind: 'attack-ended', ...about, ended: run.ended, atMs: atMs + 50 * (run.timeline.length + 1)},
	];
}

/** Every flow that somebody needs, as the model under a candidate answers it. */
export async function probed(name: string, atMs: number): Promise<WatchEvent[]> {
	const range = createModelRange(shop.topology, 1, () => 0);
	await range.use(candidate(name));
	const flows = shop.topology.dependencies.flatMap(({from, to, port, protocol}) => {
		const parsed = parseFlowText(`${from} -> ${to}:${port}/${protocol}`, shop.topology);
		return parsed.kind === 'ok' ? parsed.flows : [];
	});
	const found = await range.probe(flows);
	return found.map(evidence => ({kind: 'flow-probed', candidate: name, evidence, atMs}));
}

export const applied = (name: string, atMs: number, observed = false): WatchEvent => ({
	...{kind: 'policy-applied', candidate: name, inForce: inForce(name, observed), applyMs: 1, atMs},
});

const flat = await attacked('flat', 'ransomware', 'wiki.dev', 1000);

/** Half an attack under no policy, then another policy, what it breaks, and the rest of it under that. */
export const storyUnder = async (name: string): Promise<readonly WatchEvent[]> => [
	...flat.slice(0, 13),
	applied(name, 3000),
	...(await probed(name, 3100)),
	...(await attacked(name, 'ransomware', 'wiki.dev', 4000)),
];

export const story = await storyUnder('segmented');
export const tightStory = await storyUnder('too-tight');

export const stateOf = (world: World, more: Partial<ConsoleState> = {}): ConsoleState =>
	firstState(world, {size: {columns: 120, rows: 40}, ...more});

export const midway: World = fold(start, story.slice(0, 12));
export const atTheEnd: World = fold(start, story);
