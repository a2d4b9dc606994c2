// The attacker: rounds of planning, choosing and doing, until nothing is left, the goal is reached or a limit ends it. It
// sees a network and a foothold, never a topology or a policy.
import type {AttackRun} from '../core/contracts/attack-run.ts';
import type {ActionRecord, AttackEnd} from '../core/contracts/event.ts';
import type {HostView, Network} from '../core/contracts/network.ts';
import type {Knowledge, Learned, OutsideHost, PlannedAction, Technique} from '../core/contracts/technique.ts';
import type {Scenario} from '../core/model/scenario.ts';
import {refuseUnavailable} from './adversary-availability.ts';
import {createFalls} from './adversary-falls.ts';
import {createMemory, type Gain} from './adversary-memory.ts';
import {sideBySide} from './side-by-side.ts';
import {builtStrategies} from './strategies/built-strategies.ts';
import {builtTechniques} from './techniques/built-techniques.ts';

/** A run as its attacker can tell it; what the network saw of it is added by whoever owns the network. */
export type AttackStory = Omit<AttackRun, 'evidence' | 'labSeconds'>;

export interface AdversaryInput {
	readonly scenario: Scenario;
	/** Decides the order of equal targets, and nothing else. */
	readonly seed: number;
	readonly network: Network;
	readonly foothold: HostView;
	/** Names the attacker was told to get; the run ends when all of them are lost. Empty: it goes on while anything is left. */
	readonly goals: readonly string[];
	/** Machines of its own beyond the network; none where left out. */
	readonly outside?: readonly OutsideHost[];
	/** Milliseconds of some steady clock. */
	readonly now: () => number;
	/** Told of each action once its round is over, in the order of the numbers. */
	readonly onAction?: (record: ActionRecord) => void;
}

/** Actions in flight at once; their results enter the knowledge in the plan's order all the same. */
const width = 32;

/**
 * An attacker that is ready to run once.
 *
 * @throws FirebreakError `strategy-unavailable` or `technique-unavailable`, before anything is tried
 */
export function createAdversary(input: AdversaryInput): {run(): Promise<AttackStory>} {
	refuseUnavailable(input.scenario);
	return {run: () => attack(input)};
}

async function attack(input: AdversaryInput): Promise<AttackStory> {
	const {scenario, seed, network, foothold, goals, now, onAction} = input;
	const strategy = builtStrategies.get(scenario.strategy)!;
	const techniques = techniquesOf(scenario);
	const {knowledge, snapshot, learn} = createMemory(foothold, goals, input.outside);
	const falls = createFalls(foothold.hostname);
	const timeline: ActionRecord[] = [];
	const startedMs = now();
	const isOver = (): boolean => now() - startedMs >= scenario.limits.seconds * 1000;
	const ends = (ended: AttackEnd): AttackStory => ({
		foothold: foothold.hostname,
		seed,
		ended,
		timeline,
		falls: falls.list,
	});

	while (!hasWon(knowledge)) {
		const chosen = strategy.choose(name => techniques.get(name)?.plan(knowledge) ?? [], knowledge, seed);
		if (chosen.length === 0) return ends('exhausted');
		const round = chosen.slice(0, scenario.limits.actions - timeline.length);
		if (round.length === 0 || isOver()) return ends('limit');
		const first = timeline.length + 1;
		// Those side by side know what was known before all of them, whichever of them is over first.
		const known = snapshot();
		const tasks = round.map((action, at) => async () => {
			const found = await techniques.get(action.technique)!.perform(action, first + at, network, known);
			return {found, atMs: now() - startedMs};
		});
		const each = ({found, atMs}: {readonly found: Learned; readonly atMs: number}, at: number): void => {
			const action = round[at]!;
			const gain = learn(action, found);
			if (gain !== undefined) falls.add(first + at, action, gain, found.shell === null ? 'session' : 'shell');
			const attackId = techniques.get(action.technique)!.attack.technique;
			timeline.push({action: first + at, atMs, attack: attackId, ...record(action, found, gain)});
			onAction?.(timeline.at(-1)!);
		};
		await sideBySide(tasks, {width, isOver, each});
	}
	return ends('goal');
}

const techniquesOf = ({techniques}: Scenario): ReadonlyMap<string, Technique> =>
	new Map([...builtTechniques].filter(([name]) => techniques.includes(name)));

const hasWon = ({goals, lost}: Knowledge): boolean => goals.size > 0 && [...goals].every(goal => lost.has(goal));

function record(
	{technique, from, to, protocol, port, via, onward}: PlannedAction,
	{result, probes, answers, detail, shell}: Learned,
	gain: Gain | undefined,
): Omit<ActionRecord, 'action' | 'atMs' | 'attack'> {
	const again = gain?.kind === 'known' && technique !== 'encrypt';
	return {
		technique,
		from,
		to,
		protocol,
		// A relay that speaks to itself is met at the port that lets the conversation in.
		port: via === to ? port : (onward?.port ?? port),
		result: again ? 'nothing' : result,
		probes,
		answers,
		compromised: gain?.kind === 'lost' ? gain.hostname : null,
		pivot: shell !== null && !again,
		detail: again ? `${detail}, as before` : detail,
	};
}
