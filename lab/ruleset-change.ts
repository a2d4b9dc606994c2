// The smallest transaction that makes one ruleset of a site into another, such that each packet is judged by the one or by
// the other and never by something between. Pure: text in, text out.
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
 * A packet reads the generation of the rules once a hook, but that of a set at each look (nf_tables). So elements alone
 * change only where it looks at one changed set at most. Under `established: cut` a ruleset names its generation in its
 * rules, and a change of elements is a generation of its own, so that connections which a former one allowed are judged
 * again: such rulesets differ beyond their sets, and are swapped.
 */
export function rulesetChange(before: Ruleset | undefined, after: Ruleset): RulesetChange {
	if (before === undefined) return {kind: 'swap', text: after.text};
	if (before.table !== after.table) return {kind: 'swap', text: removing(before.table) + replacing(after)};
	if (before.text === after.text) return {kind: 'none'};
	return elementChange(before, after) ?? {kind: 'swap', text: swapping(before, after)};
}

/** Removes the table, whether or not it was there (FACTS). */
export const removing = (table: string): string => `table inet ${table}\ndelete table inet ${table}\n`;

/**
 * Replaces the table whatever it holds, in one transaction. For a moment both have a chain at each hook, and a packet that
 * has passed the one may meet the other in the next generation: where what is in force is known, it is swapped instead.
 */
export const replacing = ({table, text}: Ruleset): string => removing(table) + text;

/** New rules in the old chains at the hooks; all else of the old table goes. */
function swapping(before: Ruleset, after: Ruleset): string {
	const {table} = after;
	const kept = new Set(
		declarations(after.text)
			.filter(({atHook}) => atHook)
			.map(({name}) => name),
	);
	const gone = declarations(before.text).filter(({name, atHook}) => !(atHook && kept.has(name)));
	const order = ['chain', 'set', 'counter'];
	return [
		`flush table inet ${table}\n`,
		...gone
			.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
			.map(({kind, name}) => `delete ${kind} inet ${table} ${name}\n`),
		after.text,
	].join('');
}

/** What a table declares, at the depth of one tab, where a chain's rules and their comments have two. */
const declarations = (text: string) =>
	[...text.matchAll(/^\t(chain|set|counter) (\w+) \{(\n\t\ttype \w+ hook)?/gm)].map(([, kind, name, hook]) => ({
		kind: kind!,
		name: name!,
		atHook: hook !== undefined,
	}));

function elementChange(before: Ruleset, after: Ruleset): RulesetChange | undefined {
	const [from, to] = [shapeOf(before.text), shapeOf(after.text)];
	if (from.shape !== to.shape) return undefined;
	const changes = [...to.sets].flatMap(([name, {ranges, elements}]) => {
		const old = from.sets.get(name)!.elements;
		const lost = [...old].filter(element => !elements.has(element));
		const won = [...elements].filter(element => !old.has(element));
		return lost.length + won.length === 0 ? [] : [{name, ranges, lost, won}];
	});
	// An address that stays would leave one range and come in another: not every kernel finds it meanwhile.
	if (changes.some(({ranges, lost, won}) => ranges && lost.length > 0 && won.length > 0)) return undefined;
	if (!metOnce(to.shape, new Set(changes.map(({name}) => name)))) return undefined;
	const line = (verb: 'delete' | 'add', name: string, elements: readonly string[]): readonly string[] =>
		elements.length === 0 ? [] : [`${verb} element inet ${after.table} ${name} { ${elements.join(', ')} }\n`];
	const lines = changes.flatMap(({name, lost, won}) => [...line('delete', name, lost), ...line('add', name, won)]);
	return {kind: 'elements', text: lines.join('')};
}

/** Whether no packet meets more than one of these sets, or one of them twice: it has one family and one direction. */
function metOnce(shape: string, sets: ReadonlySet<string>): boolean {
	const met = new Set<string>();
	let direction = '';
	for (const line of shape.split('\n')) {
		direction = /^\tchain (egress|ingress)/.exec(line)?.[1] ?? direction;
		// Names of sets tell their family, and stand before the comment.
		const [, name, family] = / @(v([46])_\d+)[ ,]/.exec(line.split(' comment "', 1)[0]!) ?? [];
		if (name === undefined || !sets.has(name)) continue;
		if (met.has(`${direction} ${family}`)) return false;
		met.add(`${direction} ${family}`);
	}
	return true;
}

interface NamedSet {
	readonly ranges: boolean;
	readonly elements: ReadonlySet<string>;
}

/** A set as the templates write it; its elements lie on one line. */
const declaredSet = /^(\tset (\w+) \{\n\t\ttype (\w+;[^\n]*)\n\t\telements = \{ )([^\n]*)( \}\n\t\})$/gm;

/** The text without elements, and the elements of each set. */
function shapeOf(text: string): {readonly shape: string; readonly sets: ReadonlyMap<string, NamedSet>} {
	const sets = new Map<string, NamedSet>();
	const shape = text.replace(
		declaredSet,
		(_, head: string, name: string, type: string, elements: string, tail: string) => {
			sets.set(name, {ranges: type.includes('interval'), elements: new Set(elements.split(', '))});
			return head + tail;
		},
	);
	return {shape, sets};
}
