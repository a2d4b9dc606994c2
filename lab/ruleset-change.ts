// The smallest transaction that makes one ruleset of a site into another: nothing, elements of its named sets, or a table in
// place of a table. Pure: text in, text out.
import type {Ruleset} from '../core/contracts/enforcer.ts';

export type RulesetChange =
	/** What is in force is what is asked for, byte by byte. */
	| {readonly kind: 'none'}
	/** Elements deleted and added; rules, counters and connections are as they were. */
	| {readonly kind: 'elements'; readonly text: string}
	| {readonly kind: 'swap'; readonly text: string};

/**
 * What is to be loaded where `before` is in force; undefined: where nothing is.
 *
 * Under `established: cut` a ruleset names its generation in its rules, and a change of elements is a generation of its
 * own: connections that a former one allowed must be judged again. Such rulesets differ beyond their sets, and are swapped.
 */
export function rulesetChange(before: Ruleset | undefined, after: Ruleset): RulesetChange {
	if (before === undefined) return {kind: 'swap', text: after.text};
	if (before.table !== after.table) return {kind: 'swap', text: removing(before.table) + replacing(after)};
	if (before.text === after.text) return {kind: 'none'};
	const [from, to] = [shapeOf(before.text), shapeOf(after.text)];
	if (from.shape !== to.shape) return {kind: 'swap', text: replacing(after)};
	const lines = (verb: 'delete' | 'add', some: Sets, others: Sets): readonly string[] =>
		[...some].flatMap(([name, elements]) => {
			const these = [...elements].filter(element => !others.get(name)!.has(element));
			return these.length === 0 ? [] : [`${verb} element inet ${after.table} ${name} { ${these.join(', ')} }\n`];
		});
	// Ranges of a set must not overlap, also not within a transaction: what goes, goes first.
	return {
		kind: 'elements',
		text: [...lines('delete', from.sets, to.sets), ...lines('add', to.sets, from.sets)].join(''),
	};
}

/** Removes the table, whether or not it was there (FACTS). */
export const removing = (table: string): string => `table inet ${table}\ndelete table inet ${table}\n`;

/** Replaces the table in one transaction. */
export const replacing = ({table, text}: Ruleset): string => removing(table) + text;

type Sets = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * A set as the templates write it, at the depth of one tab, where a chain's rules and their comments have two. Its
 * elements lie on one line.
 */
const declared = /^(\tset (\w+) \{\n\t\ttype [^\n]*\n\t\telements = \{ )([^\n]*)( \}\n\t\})$/gm;

/** The text without elements, and the elements of each set. */
function shapeOf(text: string): {readonly shape: string; readonly sets: Sets} {
	const sets = new Map<string, ReadonlySet<string>>();
	const shape = text.replace(declared, (_, head: string, name: string, elements: string, tail: string) => {
		sets.set(name, new Set(elements.split(', ')));
		return head + tail;
	});
	return {shape, sets};
}
