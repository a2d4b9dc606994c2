// A diff as a comment for a pull request: what opens is seen at once, what closes is folded away.

import type {NeedChange} from '../../core/reach/changes-needs.ts';
import {marks} from '../../core/text/marks.ts';
import {portWords} from '../matrix/port-words.ts';
import {count, oneLine, plural} from '../report/lines.ts';
import type {Difference} from './difference.ts';
import {type ChangeGroup, type ChangeRow, type Groups, groupsOf} from './groups.ts';
import {inventoryTexts, noteOf, rulesText, titleOf} from './notes.ts';
import {ruleSpot, ruleWords} from './rule-words.ts';
import {pairsText} from './text.ts';

/** A comment of GitHub has at most 65,536 characters. */
const most = {rows: 40, needs: 20};

/** The comment, ending in a newline. */
export function renderMarkdown(difference: Difference): string {
	const {changes} = difference;
	const {needs} = changes;
	const groups = groupsOf(difference);
	const rules = rulesText(difference);
	const parts = [
		`### Firebreak: ${escaped(titleOf(difference, '→'))}`,
		changes.flows.length === 0
			? `**No flow changes**${rules === '' ? '.' : ` (${rules}).`}`
			: headline(difference, rules),
		needTable('Broken', needs.broken),
		needTable('Mended', needs.mended),
		table('opened', 'policy', groups),
		folded(table('closed', 'policy', groups), 'what closes'),
		folded(
			[table('opened', 'workloads', groups), table('closed', 'workloads', groups)]
				.filter(text => text !== '')
				.join('\n\n'),
			'flows of workloads that are new or gone',
		),
		inventoryTexts(difference)
			.map(text => `- ${escaped(text)}`)
			.join('\n'),
	];
	return `${parts.filter(text => text !== '').join('\n\n')}\n`;
}

function headline({changes: {pairs, needs}}: Difference, rules: string): string {
	const [opened, closed] = [pairsText(pairs.opened.policy), pairsText(pairs.closed.policy)];
	const broken = needs.broken.length === 0 ? 'none' : count(needs.broken.length);
	return [
		`${opened === '' ? 'Opens nothing' : `**Opens ${opened}**`}, closes ${closed === '' ? 'nothing' : closed},`,
		needs.known === 0
			? 'and no dependency is known.'
			: `and breaks ${needs.broken.length === 0 ? broken : `**${broken}**`} of ${plural(needs.known, 'dependency', 'dependencies')}.`,
		...(rules === '' ? [] : [`${rules.charAt(0).toUpperCase()}${rules.slice(1)}.`]),
	].join(' ');
}

function needTable(title: string, needs: readonly NeedChange[]): string {
	if (needs.length === 0) return '';
	const rows = needs
		.slice(0, most.needs)
		.map(({dependency, was, now, rule}) => [code(dependency), was, now, rule === null ? '' : ruleCell(rule)]);
	return [`**${title}**`, '', ...rowsOf(['dependency', 'was', 'now', 'rule'], rows, needs.length)].join('\n');
}

function table(kind: ChangeGroup['kind'], because: ChangeGroup['because'], {all, parties}: Groups): string {
	const lines = all
		.filter(group => group.kind === kind && group.because === because)
		.flatMap(group => group.rows.map(row => ({group, row})));
	if (lines.length === 0) return '';
	const cells = lines.slice(0, most.rows).map(({group, row}) => {
		const [from, to] = [row.sources, row.destinations].map(ends => escaped(parties.words(parties.partyOf(ends))));
		const [was, now] = (['was', 'now'] as const).map(side => group.ends.map(end => ruleCell(end[side])).join('<br>'));
		return [
			`${row.jewels.length > 0 ? `${marks.jewel} ` : ''}${from}`,
			to!,
			ports(row),
			was!,
			now!,
			escaped(noteOf(row, kind)),
		];
	});
	const heads = ['from', 'to', 'ports', 'was', 'now', ''];
	return [`**${kind === 'opened' ? 'Opened' : 'Closed'}**`, '', ...rowsOf(heads, cells, lines.length)].join('\n');
}

const ports = ({ports: set, family}: ChangeRow): string =>
	`${code(portWords(set))}${family === null ? '' : ` over IPv${family} alone`}`;

function ruleCell(rule: Parameters<typeof ruleWords>[0]): string {
	const spot = ruleSpot(rule);
	return `${escaped(ruleWords(rule))}${spot === '' ? '' : ` ${code(spot)}`}`;
}

function rowsOf(heads: readonly string[], rows: readonly (readonly string[])[], total: number): readonly string[] {
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
	const more =
		total > rows.length ? ['', `and ${plural(total - rows.length, 'more line')} (--format json has them all)`] : [];
	return [line(heads), line(heads.map(() => '---')), ...rows.map(line), ...more];
}

const folded = (text: string, title: string): string =>
	text === '' ? '' : `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;

/** A user's words as words: no markup, no mention, no cell of their own. */
export const escaped = (text: string): string =>
	text.replaceAll(/[\\`*_[\]<>#!|~&@]/g, character =>
		/[<>&@]/.test(character) ? entity[character]! : `\\${character}`,
	);

const entity: Readonly<Record<string, string>> = {'<': '&lt;', '>': '&gt;', '&': '&amp;', '@': '&#64;'};

/** As code, in which a backtick and a bar cannot stand. */
const code = (text: string): string => `\`${oneLine(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
