// Puts rulesets in force on all sites or on none, and knows what is in force.
import {fabricSite, type Ruleset} from '../core/contracts/enforcer.ts';
import type {Applied} from '../core/contracts/lab.ts';
import type {LiveSite} from '../core/contracts/site.ts';
import {FirebreakError} from '../core/model/failure.ts';
import {monotonicMs} from '../kernel/monotonic.ts';
import {homeNetns, withNetns} from '../kernel/netns.ts';
import {nftGeneration} from '../kernel/nft-generation.ts';
import type {NftPool} from '../kernel/nft-pool.ts';
import {type Acknowledged, propagationOf} from './propagation.ts';
import {addCounters, parseCounters} from './read-counters.ts';
import {type RulesetChange, removing, replacing, rulesetChange} from './ruleset-change.ts';
import type {RuleCount} from './staying-state.ts';

export interface Rules {
	/** A table of the lab's own, beside every policy: it stays. */
	own(netns: number, text: string): Promise<void>;
	/**
	 * Each site's rules change in one transaction of the kernel, the smallest there is; where one site refuses, all get back
	 * what they had. What somebody else has changed since, root of a workload for one, is loaded whole.
	 *
	 * @param counters - `restart`: rules that stay as they are count from nought again
	 * @throws FirebreakError `apply-refused` naming site and message; what was in force before still is. `rollback-failed`
	 * where that could not be put back
	 */
	load(rulesets: readonly Ruleset[], sites: readonly LiveSite[], counters?: 'restart' | 'go on'): Promise<Applied>;
	/** What was loaded last, of every site. */
	inForce(): readonly Ruleset[];
	/** Puts back what somebody took away from these sites: the tables of the lab's own, and the rules in force. */
	mend(sites: readonly LiveSite[]): Promise<void>;
	/** The tables that a workload's namespace has now, as nft lists them; empty where there is none. */
	tables(site: LiveSite): Promise<string>;
	/** The namespace is gone: what has its descriptor later has no rules yet. */
	forget(netns: number): void;
	/** What the kernel counted of each rule since it came into force, by name of the counter, over all sites. */
	counted(sites: readonly LiveSite[]): Promise<Readonly<Record<string, RuleCount>>>;
	/** Whether denials of that rule are resets. */
	resets(rule: string): boolean;
	version(): Promise<string>;
}

/** What was loaded at a site, and the kernel's count of changes then; null where somebody else changed it meanwhile. */
interface Known {
	readonly ruleset: Ruleset;
	readonly generation: number | null;
}

/** One site's change under way. */
interface Step {
	readonly ruleset: Ruleset;
	readonly netns: number;
	/** As the kernel counts, before it. */
	readonly generation: number | null;
	readonly change: RulesetChange;
}

interface Answered {
	readonly step: Step;
	readonly error: string | null;
	readonly atMs: number;
}

export function createRules(pool: NftPool): Rules {
	/** By the descriptor of the site's namespace. */
	const inForce = new Map<number, Known>();
	const own = new Map<number, readonly string[]>();
	let rejecting: ReadonlySet<string> = new Set();
	const refused = (site: string, error: string): FirebreakError =>
		new FirebreakError(
			'apply-refused',
			`the rules of ${site || 'the fabric'} were refused, and nothing is in force that was not before: ${error}`,
			error.includes('Message too long')
				? 'they are more than this machine lets an ordinary user load at once: sudo, or sysctl -w net.core.wmem_max=8388608'
				: 'this is a fault of Firebreak: please report it with `firebreak export nft`',
			{site, error},
		);
	const stepOf = (ruleset: Ruleset, netns: number): Step => {
		const known = inForce.get(netns);
		const generation = withNetns(netns, nftGeneration);
		const isOurs = known !== undefined && generation !== null && generation === known.generation;
		const change: RulesetChange =
			known === undefined || isOurs ? rulesetChange(known?.ruleset, ruleset) : {kind: 'swap', text: replacing(ruleset)};
		return {ruleset, netns, generation, change};
	};
	const load = async (steps: readonly Step[]): Promise<readonly Answered[]> => {
		const answers = await pool.run(
			steps.map(({netns, change}) => ({netns, text: change.kind === 'none' ? '' : change.text, mode: 'load'})),
		);
		return steps.map((step, at) => ({step, error: answers[at]!.error, atMs: answers[at]!.atMs}));
	};
	/** What an older nft does not take element by element, it takes as a table. */
	const loadSomehow = async (steps: readonly Step[]): Promise<readonly Answered[]> => {
		const answers = await load(steps);
		const again = answers.filter(({step, error}) => error !== null && step.change.kind === 'elements');
		if (again.length === 0) return answers;
		const swaps = await load(
			again.map(({step}) => ({...step, change: {kind: 'swap', text: replacing(step.ruleset)} as const})),
		);
		return [...answers.filter(answer => !again.includes(answer)), ...swaps];
	};
	const remember = ({ruleset, netns, generation}: Step, transactions: number): void => {
		const now = withNetns(netns, nftGeneration);
		const alone = generation !== null && now === (generation + transactions) >>> 0;
		inForce.set(netns, {ruleset, generation: alone ? now : null});
	};
	/** Also those that refused: a helper that died may have been heard before. */
	const restore = async (answers: readonly Answered[]): Promise<void> => {
		const answered = await pool.run(
			answers.map(({step: {ruleset, netns}, error}) => {
				const before = inForce.get(netns)?.ruleset;
				if (before === undefined) return {netns, text: removing(ruleset.table), mode: 'load'};
				const change: RulesetChange =
					error === null ? rulesetChange(ruleset, before) : {kind: 'swap', text: replacing(before)};
				return {netns, text: change.kind === 'none' ? '' : change.text, mode: 'load'};
			}),
		);
		for (const {step, error} of answers) {
			const before = inForce.get(step.netns)?.ruleset;
			if (before !== undefined) remember({...step, ruleset: before}, error === null ? 2 : 1);
		}
		const bad = answered.findIndex(({error}) => error !== null);
		if (bad >= 0) throw unrestored(answers[bad]!.step.ruleset.site, answered[bad]!.error!);
	};
	return {
		async own(netns, text) {
			const [answer] = await pool.run([{netns, text, mode: 'load'}]);
			if (answer!.error !== null) throw refused('the lab itself', answer!.error);
			own.set(netns, [...(own.get(netns) ?? []), text]);
		},
		inForce: () => [...inForce.values()].map(({ruleset}) => ruleset),
		async mend(sites) {
			const answers = await pool.run(
				sites.map(({netns}) => ({
					netns,
					text: `flush ruleset\n${(own.get(netns) ?? []).join('')}${inForce.get(netns)?.ruleset.text ?? ''}`,
					mode: 'load',
				})),
			);
			const bad = answers.findIndex(({error}) => error !== null);
			if (bad >= 0) throw unrestored(sites[bad]!.workload.name, answers[bad]!.error!);
			for (const {netns} of sites) {
				const known = inForce.get(netns);
				if (known !== undefined) inForce.set(netns, {...known, generation: withNetns(netns, nftGeneration)});
			}
		},
		async load(rulesets, live, counters = 'restart') {
			const startedMs = monotonicMs();
			const sites = new Map(live.map(site => [site.workload.name, site]));
			const steps = rulesets.map(ruleset => stepOf(ruleset, netnsOf(ruleset.site, sites)));
			const changing = steps.filter(({change}) => change.kind !== 'none');
			const answers = await loadSomehow(changing);
			const bad = answers.find(({error}) => error !== null);
			if (bad !== undefined) {
				await restore(answers);
				throw refused(bad.step.ruleset.site, bad.error!);
			}
			const acknowledged = answers.map(
				({step, atMs}): Acknowledged => ({
					site: step.ruleset.site,
					ms: atMs - startedMs,
					by: step.change.kind === 'elements' ? 'elements' : 'swap',
				}),
			);
			for (const step of changing) remember(step, 1);
			rejecting = new Set([...inForce.values()].flatMap(({ruleset}) => ruleset.resets));
			if (counters === 'restart') {
				const counting = steps.filter(({change}) => change.kind !== 'swap');
				await pool.run(
					counting.map(({ruleset, netns}) => ({
						netns,
						text: `reset counters table inet ${ruleset.table}`,
						mode: 'read',
					})),
				);
			}
			return {
				applyMs: Math.max(0, ...acknowledged.map(({ms}) => ms)),
				propagation: propagationOf(
					acknowledged,
					steps.filter(({ruleset, change}) => change.kind === 'none' && ruleset.site !== fabricSite).length,
				),
			};
		},
		forget(netns) {
			inForce.delete(netns);
			own.delete(netns);
		},
		async counted(live) {
			const places = [...live.map(({netns}) => netns), homeNetns()];
			const answers = await pool.run(
				places.flatMap(netns => {
					const table = inForce.get(netns)?.ruleset.table;
					return table === undefined ? [] : [{netns, text: `list counters table inet ${table}`, mode: 'read' as const}];
				}),
			);
			// Whoever is root in a workload may have flushed its rules: then nothing is counted there.
			return addCounters(answers.map(({output}) => parseCounters(output)));
		},
		async tables({netns}) {
			const [answer] = await pool.run([{netns, text: 'list tables', mode: 'read'}]);
			if (answer!.error !== null) throw new Error(answer!.error);
			return answer!.output.trim();
		},
		resets: rule => rejecting.has(rule),
		async version() {
			const [answer] = await pool.run([{netns: homeNetns(), text: 'list tables', mode: 'read'}]);
			return answer!.error === null ? 'libnftables.so.1' : '';
		},
	};
}

type Sites = ReadonlyMap<string, LiveSite>;

/** The namespace of a ruleset's site; this process is in that of the fabric. */
const netnsOf = (site: string, sites: Sites): number => (site === fabricSite ? homeNetns() : sites.get(site)!.netns);

const unrestored = (site: string, error: string): FirebreakError =>
	new FirebreakError(
		'rollback-failed',
		`rules were refused, and what was in force at ${site || 'the fabric'} could not be put back: ${error}`,
		'nothing this lab says from now on counts: run it again',
		{site, error},
	);
