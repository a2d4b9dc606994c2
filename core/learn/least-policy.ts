// The least native policy that allows what is needed: by labels and not by addresses, each rule no wider than its needs.
import type {Dependency, Topology} from '../model/topology.ts';
import {alikePairs} from './alike-pairs.ts';
import {blockRule, type LearnedRule, ruleValue} from './block-rule.ts';
import {blocksOf} from './blocks.ts';
import {labelClasses} from './end-selector.ts';
import {learnEnds} from './learn-ends.ts';
import {neededPairs} from './needed-pairs.ts';
import {learnedNotes} from './notes.ts';
import {type Unseen, unseen} from './unseen.ts';

export interface LeastPolicy {
	/** The file's content, keys in the order in which people read them: for `renderYaml`. */
	readonly value: Readonly<Record<string, unknown>>;
	/** Sentences for the head of the file: every pair that is allowed beyond what was seen, and all that was not seen. */
	readonly notes: readonly string[];
	/** Kinds that a rule lets use a port and that no need names, one for each `port/protocol` or service's name. */
	readonly further: readonly {readonly from: string; readonly to: string; readonly on: string}[];
	/** What no need speaks of. */
	readonly unseen: Unseen;
}

/**
 * What is not needed is denied by default. A need is of all replicas of its ends, and of a service that is a range
 * whole. Workloads that have the same labels are taken as one where each of them was seen.
 *
 * @param topology - a native one: its words can stand in a policy file
 * @param needs - dangling ones, and those between two outside hosts, are told in the notes
 * @param name - of the policy
 */
export function leastPolicy(topology: Topology, needs: readonly Dependency[], name = 'first'): LeastPolicy {
	const ends = learnEnds(topology);
	const needed = neededPairs(ends, needs);
	const {ports, further} = alikePairs(ends, needed.ports);
	const byWord = new Map(ports.map(port => [port.word, port]));
	const known = labelClasses(ends);
	const rules = blocksOf(ends, ports).map(block => blockRule(known, block, byWord));
	const silent = unseen(ends, needs);
	return {
		value: {
			policy: name,
			default: 'deny',
			...(rules.length > 0 && {rules: inOrder(rules).map(ruleValue)}),
		},
		notes: learnedNotes(needed, further, silent),
		further: further.map(({from, to, port}) => ({from: from.kind, to: to.kind, on: port.word})),
		unseen: silent,
	};
}

/** By name, and those of one name told apart by their ports. */
function inOrder(rules: readonly LearnedRule[]): readonly LearnedRule[] {
	const names = Map.groupBy(rules, ({name}) => name);
	return rules
		.map(rule => (names.get(rule.name)!.length === 1 ? rule : {...rule, name: `${rule.name}: ${rule.on.join(', ')}`}))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}
