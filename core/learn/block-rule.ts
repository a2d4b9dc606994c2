// One block as one rule, its ends by the fewest labels.
import type {Block} from './blocks.ts';
import {canUse} from './blocks.ts';
import {type EndSelector, endSelector, type LabelClasses, type LearnedTerm, onlyOne} from './end-selector.ts';
import type {LearnEnd} from './learn-ends.ts';
import {answers, hasPair, type NeededPort} from './needed-pairs.ts';

export interface LearnedRule {
	/** What stands after `allow:`; the same for two rules where their ends are called the same. */
	readonly name: string;
	readonly from: readonly LearnedTerm[];
	readonly to: readonly LearnedTerm[];
	readonly sameEnvironment: boolean;
	readonly on: readonly string[];
}

/** @param ports - of the block and of all others, by their words */
export function blockRule(
	known: LabelClasses,
	{from, to, sameEnvironment, ports: words}: Block,
	ports: ReadonlyMap<string, NeededPort>,
): LearnedRule {
	const {ends} = known;
	const on = words.map(word => ports.get(word)!);
	const [sources, destinations] = [from, to].map(all => all.map(at => ends[at]!)) as [LearnEnd[], LearnEnd[]];
	const never = (source: LearnEnd, destination: LearnEnd): boolean =>
		!canUse(source, destination) || (sameEnvironment && source.environment !== destination.environment);
	const seen = (source: LearnEnd, destination: LearnEnd): boolean =>
		on.every(({pairs}) => hasPair(pairs, source.at, destination.at));
	/**
	 * Who is meant beside the wanted needs it too, or is one of them in an environment where nobody meets it, or is the one
	 * other end itself among several.
	 */
	const alsoMeant = (
		end: LearnEnd,
		wanted: readonly LearnEnd[],
		isSeen: (far: LearnEnd) => boolean,
		others: readonly LearnEnd[],
	): boolean =>
		others.some(isSeen) ||
		(sameEnvironment && wanted.some(({role}) => role === end.role)) ||
		(wanted.length >= 3 && others.length === 1 && others[0] === end);
	const matched = (source: LearnEnd, destination: LearnEnd): boolean =>
		never(source, destination) ||
		on.every(port => !answers(port, destination) || hasPair(port.pairs, source.at, destination.at));
	const everyone = everyEnd(known, destinations, end => sources.every(source => matched(source, end)));
	const far =
		everyone ??
		endSelector(
			known,
			destinations,
			end =>
				sources.every(source => never(source, end) || seen(source, end)) &&
				alsoMeant(end, destinations, source => seen(source, end), sources),
		);
	const near = endSelector(
		known,
		sources,
		end =>
			far.selected.every(destination => matched(end, destination)) &&
			alsoMeant(end, sources, destination => seen(end, destination), far.selected),
	);
	return {
		name: ruleName(near.terms, far.terms, sameEnvironment),
		from: near.terms,
		to: far.terms,
		sameEnvironment,
		on: words,
	};
}

/** `{}`, where there are several to mean and whoever offers the port is one of them. */
function everyEnd(
	{classes, ends}: LabelClasses,
	wanted: readonly LearnEnd[],
	matched: (end: LearnEnd) => boolean,
): EndSelector | undefined {
	const touched = classes.filter(one => one.ends.some(end => wanted.includes(end)));
	const inside = ends.filter(({outside}) => !outside);
	const everyone = touched.length >= 3 && 2 * wanted.length > inside.length && !wanted.some(({outside}) => outside);
	return everyone && inside.every(matched) ? {terms: [{}], selected: inside} : undefined;
}

const ruleName = (from: readonly LearnedTerm[], to: readonly LearnedTerm[], sameEnvironment: boolean): string =>
	`${endWords(from)} may use ${endWords(to)}${sameEnvironment ? ', each in its environment' : ''}`;

const endWords = (terms: readonly LearnedTerm[]): string => listed(terms.map(termWords));

/** Values in the order of their keys, the environment last: `shop web of prod`. */
function termWords(term: LearnedTerm): string {
	if (term.outside === true) return 'the world';
	const {env, ...rest} = term;
	const words = Object.values(rest).map(values => listed([values].flat().map(String)));
	const where = env === undefined ? '' : listed([env].flat().map(String));
	if (words.length === 0) return where === '' ? 'everyone' : `everyone in ${where}`;
	return `${words.join(' ')}${where === '' ? '' : ` in ${where}`}`;
}

const listed = (words: readonly string[]): string => {
	const shown = words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more`] : words;
	return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
};

/** The rule as a policy file has it. */
export const ruleValue = ({name, from, to, sameEnvironment, on}: LearnedRule): object => ({
	allow: name,
	...(isEveryone(from) ? {} : {from: onlyOne(from)}),
	...(isEveryone(to) ? {} : {to: onlyOne(to)}),
	...(sameEnvironment && {same: ['env']}),
	on,
});

const isEveryone = (terms: readonly LearnedTerm[]): boolean =>
	terms.length === 1 && Object.keys(terms[0]!).length === 0;
