// Puts rulesets in force on all sites or on none, and knows what is in force.
import {fabricSite, type Ruleset} from '../core/contracts/enforcer.ts';
import type {Applied} from '../core/contracts/lab.ts';
import type {LiveSite} from '../core/contracts/site.ts';
import {FirebreakError} from '../core/model/failure.ts';
import {homeNetns} from '../kernel/netns.ts';
import type {NftPool} from '../kernel/nft-pool.ts';
import {addCounters, parseCounters} from './read-counters.ts';
import type {RuleCount} from './staying-state.ts';

export interface Rules {
	/** A table of the lab's own, beside every policy: it stays. */
	own(netns: number, text: string): Promise<void>;
	/**
	 * Each site's rules change in one transaction of the kernel; where one site refuses, all get back what they had.
	 *
	 * @throws FirebreakError `apply-refused` naming site and message; what was in force before still is. `rollback-failed`
	 * where that could not be put back
	 */
	load(rulesets: readonly Ruleset[], sites: readonly LiveSite[]): Promise<Applied>;
	/** What was loaded last, of every site. */
	inForce(): readonly Ruleset[];
	/** Puts back what somebody took away from these sites: the tables of the lab's own, and the rules in force. */
	mend(sites: readonly LiveSite[]): Promise<void>;
	/** The tables that a workload's namespace has now, as nft lists them; empty where there is none. */
	tables(site: LiveSite): Promise<string>;
	/** What the kernel counted of each rule since it came into force, by name of the counter, over all sites. */
	counted(sites: readonly LiveSite[]): Promise<Readonly<Record<string, RuleCount>>>;
	/** Whether denials of that rule are resets. */
	resets(rule: string): boolean;
	version(): Promise<string>;
}

export function createRules(pool: NftPool): Rules {
	let inForce = new Map<string, Ruleset>();
	const own = new Map<number, readonly string[]>();
	let rejecting: ReadonlySet<string> = new Set();
	const refused = (site: string, error: string): FirebreakError =>
		new FirebreakError(
			'apply-refused',
			`the rules of ${site || 'the fabric'} were refused, and nothing is in force that was not before: ${error}`,
			'this is a fault of Firebreak: please report it with `firebreak export nft`',
			{site, error},
		);
	const run = async (rulesets: readonly Ruleset[], sites: Sites) =>
		pool.run(
			rulesets.map(ruleset => ({
				netns: netnsOf(ruleset.site, sites),
				text: inForce.has(ruleset.site) ? replacing(ruleset) : ruleset.text,
				mode: 'load' as const,
			})),
		);
	/** All sites, also those that refused: a helper that died may have been heard before. */
	const restore = async (rulesets: readonly Ruleset[], sites: Sites): Promise<void> => {
		const answers = await pool.run(
			rulesets.map(({site, table}) => ({
				netns: netnsOf(site, sites),
				text: inForce.has(site) ? replacing(inForce.get(site)!) : removing(table),
				mode: 'load' as const,
			})),
		);
		const bad = answers.findIndex(({error}) => error !== null);
		if (bad >= 0) throw unrestored(rulesets[bad]!.site, answers[bad]!.error!);
	};
	return {
		async own(netns, text) {
			const [answer] = await pool.run([{netns, text, mode: 'load'}]);
			if (answer!.error !== null) throw refused('the lab itself', answer!.error);
			own.set(netns, [...(own.get(netns) ?? []), text]);
		},
		inForce: () => [...inForce.values()],
		async mend(sites) {
			const answers = await pool.run(
				sites.map(({netns, workload}) => {
					const ruleset = inForce.get(workload.name);
					const rules = ruleset === undefined ? '' : replacing(ruleset);
					return {netns, text: `flush ruleset\n${(own.get(netns) ?? []).join('')}${rules}`, mode: 'load'};
				}),
			);
			const bad = answers.findIndex(({error}) => error !== null);
			if (bad >= 0) throw unrestored(sites[bad]!.workload.name, answers[bad]!.error!);
		},
		async load(rulesets, live) {
			const sites = new Map(live.map(site => [site.workload.name, site]));
			const started = performance.now();
			const answers = await run(rulesets, sites);
			const applyMs = performance.now() - started;
			const bad = answers.findIndex(({error}) => error !== null);
			if (bad >= 0) {
				await restore(rulesets, sites);
				throw refused(rulesets[bad]!.site, answers[bad]!.error!);
			}
			inForce = new Map([...inForce, ...rulesets.map(ruleset => [ruleset.site, ruleset] as const)]);
			rejecting = new Set([...inForce.values()].flatMap(({resets}) => resets));
			return {applyMs};
		},
		async counted(live) {
			const places = [
				...live.map(({workload, netns}) => ({site: workload.name, netns})),
				{site: fabricSite, netns: homeNetns()},
			];
			const answers = await pool.run(
				places.flatMap(({site, netns}) => {
					const table = inForce.get(site)?.table;
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

/** Removes the table, whether or not it was there (FACTS). */
const removing = (table: string): string => `table inet ${table}\ndelete table inet ${table}\n`;

/** Replaces the table in one transaction. */
const replacing = ({table, text}: Ruleset): string => removing(table) + text;
