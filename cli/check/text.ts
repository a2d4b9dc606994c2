// Findings as a compiler prints them: a line each, by file, and at the end how many of which.
import type {Severity} from '../../core/lint/finding.ts';
import {findingKinds} from '../../core/lint/kinds.ts';
import {renderFlow} from '../../core/model/flow.ts';
import {count, oneLine, type Page, plural, wrap} from '../report/lines.ts';
import type {Fixing} from './fix.ts';
import type {Gathered} from './gather.ts';

export interface TextOptions {
	/** Every finding, and not the first few of a kind in a file. */
	readonly all: boolean;
	/** Columns to wrap at; null for a line each, however long: for programs and for grep. */
	readonly wrapAt: number | null;
}

/** Findings of one kind that are told for one file. */
const told = 5;

/** Empty where there are none; a blank line between files. */
export function findingLines(findings: readonly Gathered[], page: Page, options: TextOptions): readonly string[] {
	const files = Map.groupBy(findings, ({where}) => where.file);
	return [...files.values()].flatMap((group, at) => [...(at === 0 ? [] : ['']), ...fileLines(group, page, options)]);
}

function fileLines(findings: readonly Gathered[], page: Page, {all, wrapAt}: TextOptions): readonly string[] {
	const chosen = new Set(all ? findings : heaviest(findings));
	const left = new Map<string, number>();
	for (const {id} of findings.filter(one => !chosen.has(one))) left.set(id, (left.get(id) ?? 0) + 1);
	const {file} = findings[0]!.where;
	return [
		...inOrder(findings.filter(one => chosen.has(one))).flatMap(one => findingText(one, page, wrapAt)),
		...[...left].map(([id, many]) => page.paint('dim', `${oneLine(file)}: … and ${count(many)} more ${id} (--all)`)),
	];
}

/** At most five of each kind: the heaviest, and of equals those that come first. */
const heaviest = (findings: readonly Gathered[]): readonly Gathered[] =>
	[...Map.groupBy(findings, ({id}) => id).values()].flatMap(group =>
		group.toSorted((a, b) => b.weight - a.weight).slice(0, told),
	);

/** By place; what is ranked stands behind, the heaviest first. */
const inOrder = (findings: readonly Gathered[]): readonly Gathered[] => [
	...findings.filter(({id}) => !ranked.has(id)),
	...findings.filter(({id}) => ranked.has(id)).sort((a, b) => b.weight - a.weight),
];

const ranked = new Set(findingKinds.filter(kind => kind.ranked === true).map(({id}) => id));

function findingText(finding: Gathered, {paint}: Page, wrapAt: number | null): readonly string[] {
	const {where, severity, what, mend, witness, id, candidates, everywhere} = finding;
	const place = `${where.file}:${where.line}:${where.column}:`;
	const flow = witness === null ? '' : renderFlow(witness.flow);
	const shown =
		flow === '' || what.includes(flow) ? '' : `; ${flow} is ${witness!.action === 'allow' ? 'allowed' : 'denied'}`;
	const under = everywhere ? '' : `; under ${candidates.join(', ')}`;
	const line = oneLine(`${place} ${severity}: ${what}${shown}${under}${mend === '' ? '' : ` (${mend})`} [${id}]`);
	const lines = wrapAt === null ? [line] : wrap(line, wrapAt, 0, 4);
	const word = `${severity}:`;
	return lines.map(text => (text.includes(word) ? text.replace(word, paint(styleOf[severity], word)) : text));
}

const styleOf = {warning: 'warn', note: 'dim'} as const;

/** What was taken out of which file, and what was left and why. */
export function fixLines({fixed, left}: Pick<Fixing, 'fixed' | 'left'>, all: boolean): readonly string[] {
	const files = [...Map.groupBy(fixed, ({file}) => file)];
	return [
		...files.flatMap(([file, rules]) => {
			const shown = all ? rules : rules.slice(0, told);
			const more = rules.length - shown.length;
			return [
				...shown.map(({line, column, what}) => `${file}:${line}:${column}: taken out: ${what}`),
				...(more > 0 ? [`${file}: … and ${plural(more, 'rule')} more taken out (--all)`] : []),
			];
		}),
		...left.map(line => `left as it is: ${line}`),
	].map(oneLine);
}

/** `4 findings: 1 warning, 3 notes`. */
export function findingsCount(findings: readonly Gathered[]): string {
	const of = (severity: Severity): number => findings.filter(one => one.severity === severity).length;
	const parts = [
		...(of('warning') > 0 ? [plural(of('warning'), 'warning')] : []),
		...(of('note') > 0 ? [plural(of('note'), 'note')] : []),
	];
	return `${plural(findings.length, 'finding')}: ${parts.join(', ')}`;
}

/** A line for each kind that was found, in the order of the table. */
export function countLines(findings: readonly Gathered[], {paint, width}: Page): readonly string[] {
	const counts = findingKinds
		.map(({id, title}) => ({id, title, many: findings.filter(one => one.id === id).length}))
		.filter(({many}) => many > 0);
	const column = Math.max(...counts.map(({many}) => count(many).length));
	const names = Math.max(...counts.map(({id}) => id.length));
	return counts.map(({id, title, many}) => {
		const start = `  ${count(many).padStart(column)} ${id.padEnd(names)}`;
		return start.length + 2 + title.length <= width ? `${start}  ${paint('dim', title)}` : start.trimEnd();
	});
}

/** What each id means: the table, for people. */
export const idLines = ({width, paint}: Page): readonly string[] =>
	findingKinds.flatMap(({id, severities, title, looksFor}, at) => [
		...(at === 0 ? [] : ['']),
		`${paint('title', id)}  ${severities.join(' or ')}: ${title}`,
		...wrap(looksFor, width, 2, 2),
	]);
