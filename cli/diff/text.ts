// A diff for a person: what opens, what closes, by which rule, and what it breaks.

import type {NeedChange} from '../../core/reach/changes-needs.ts';
import type {Pairs} from '../../core/reach/changes-pairs.ts';
import {marks} from '../../core/text/marks.ts';
import {portWords} from '../matrix/port-words.ts';
import {count, oneLine, type Page, padEnd, painted, plural, spread, widthOf, wrap} from '../report/lines.ts';
import type {Style} from '../report/paint.ts';
import type {Difference} from './difference.ts';
import {type ChangeGroup, type ChangeRow, type Groups, groupsOf} from './groups.ts';
import {inventoryTexts, noteOf, rulesText, titleOf} from './notes.ts';
import {ruleSpot, ruleWords} from './rule-words.ts';

/** More are counted: who wants all of them reads the JSON. */
const most = {groups: 24, rows: 12, needs: 20};

/** The text, ending in a newline. */
const jewel = `${marks.jewel} `;

export function renderText(difference: Difference, page: Page): string {
	const {changes} = difference;
	const {needs} = changes;
	const groups = groupsOf(difference);
	const parts = [
		[...painted('title', wrap(titleOf(difference, '▸'), page.width), page), ...summaryLines(difference, page)],
		needs.broken.length === 0
			? []
			: ['BROKEN', ...needs.broken.slice(0, most.needs).flatMap(one => needLines(one, page))],
		needs.mended.length === 0
			? []
			: ['MENDED', ...needs.mended.slice(0, most.needs).flatMap(one => needLines(one, page))],
		...(['opened', 'closed'] as const).map(kind => sectionLines(kind, changes.pairs[kind].policy, groups, page)),
		newcomerLines(difference, groups, page),
		inventoryTexts(difference).flatMap(text => wrap(text, page.width)),
	];
	return `${parts
		.filter(lines => lines.length > 0)
		.map(lines => lines.join('\n'))
		.join('\n\n')}\n`;
}

function summaryLines(difference: Difference, page: Page): readonly string[] {
	const {changes} = difference;
	const {needs} = changes;
	const rules = rulesText(difference);
	if (changes.flows.length === 0) return wrap(`no flow changes${rules === '' ? '' : `: ${rules}`}`, page.width);
	const line = (word: string, kind: 'opened' | 'closed', style: Style): readonly string[] => {
		const [policy, newcomers] = [pairsText(changes.pairs[kind].policy), pairsText(changes.pairs[kind].workloads)];
		const more = newcomers === '' ? '' : `; ${kind} with workloads on one side alone: ${newcomers}`;
		const quiet = policy === '' && newcomers === '';
		return painted(quiet ? 'plain' : style, wrap(`${word} ${policy || 'nothing'}${more}`, page.width), page);
	};
	const needed = `${plural(needs.known, 'dependency', 'dependencies')}`;
	return [
		...line('opens ', 'opened', 'warn'),
		...line('closes', 'closed', 'plain'),
		...painted(
			needs.broken.length > 0 ? 'bad' : 'plain',
			wrap(
				needs.known === 0
					? 'breaks unknown: no dependency is known'
					: `breaks ${needs.broken.length === 0 ? 'none' : count(needs.broken.length)} of ${needed}${needs.mended.length === 0 ? '' : `, mends ${count(needs.mended.length)}`}`,
				page.width,
			),
			page,
		),
		...(rules === '' ? [] : painted('dim', wrap(rules, page.width), page)),
	];
}

/** `12 pairs of workloads`, `3 pairs of a workload and other addresses`; empty for none. */
export const pairsText = ({workloads, beyond}: Pairs): string =>
	[
		workloads === 0 ? '' : plural(workloads, 'pair of workloads', 'pairs of workloads'),
		beyond === 0 ? '' : `${plural(beyond, 'pair')} of a workload and other addresses`,
	]
		.filter(text => text !== '')
		.join(' and ');

function needLines({dependency, was, now, rule, vital}: NeedChange, page: Page): readonly string[] {
	const why = now === 'allowed' ? `was ${was}` : now;
	const by = rule === null ? '' : ` by ${ruleWords(rule)}`;
	const fresh = was === 'absent' ? ', and is needed only now' : '';
	return spread(`${oneLine(dependency)}${vital ? ' (vital)' : ''}   ${why}${by}${fresh}`, ruleSpot(rule), page, 4);
}

function sectionLines(kind: 'opened' | 'closed', pairs: Pairs, {all, parties}: Groups, page: Page): readonly string[] {
	const groups = all.filter(group => group.kind === kind && group.because === 'policy');
	if (groups.length === 0) return [];
	const shown = groups.slice(0, most.groups);
	const left = groups.length - shown.length;
	return [
		...painted('title', wrap(`${kind.toUpperCase()} for ${pairsText(pairs)}`, page.width, 0), page),
		...shown.flatMap(group => ['', ...groupHead(group, page), ...rowLines(group, parties, page)]),
		...(left === 0 ? [] : ['', `  and by ${plural(left, 'other rule')} (--format json has them all)`]),
	];
}

/** The rules responsible: what is said now, and what was said. */
function groupHead({kind, ends}: ChangeGroup, page: Page): readonly string[] {
	const [now, was] = kind === 'opened' ? ['now allowed', 'was denied'] : ['now denied', 'was allowed'];
	const at = (direction: ChangeGroup['ends'][number]['direction']): string =>
		ends.length < 2 ? '' : direction === 'egress' ? ' at the source' : ' at the destination';
	return ends.flatMap(end => [
		...spread(`${now} by ${ruleWords(end.now)}${at(end.direction)}`, ruleSpot(end.now), page),
		...spread(`${was} by ${ruleWords(end.was)}${at(end.direction)}`, ruleSpot(end.was), page),
	]);
}

function rowLines({kind, rows}: ChangeGroup, parties: Groups['parties'], page: Page): readonly string[] {
	const shown = rows.slice(0, most.rows);
	const left = rows.slice(most.rows);
	const texts = shown.map(row => {
		const [from, to] = [row.sources, row.destinations].map(ends => parties.words(parties.partyOf(ends)));
		return {row, ends: `${from} ▸ ${to}`, ports: portsText(row)};
	});
	const room = Math.min(44, Math.max(0, ...texts.map(({ends}) => widthOf(ends))));
	return [
		...texts.flatMap(({row, ends, ports}) => {
			const mark = row.jewels.length > 0 ? jewel : '  ';
			const head = `${mark}${padEnd(ends, room)}  ${ports}`;
			const [first, ...more] = withNote(head.trimStart(), noteOf(row, kind), page, mark === jewel ? 4 : 6);
			const style: Style =
				kind === 'opened' && row.rank === 0 ? 'bad' : kind === 'opened' && row.rank === 1 ? 'warn' : 'plain';
			return [page.paint(style, first!), ...more];
		}),
		...(left.length === 0 ? [] : [`      and ${plural(left.length, 'more line')} (--format json has them all)`]),
	];
}

/** As `spread`, and a note that is wider than the page goes on in the next line. */
const withNote = (text: string, note: string, page: Page, indent: number): readonly string[] =>
	widthOf(note) + 8 <= page.width
		? spread(text, note, page, indent)
		: [...wrap(text, page.width, indent), ...painted('dim', wrap(note, page.width, 8, 8), page)];

const portsText = ({ports, family}: ChangeRow): string =>
	`${portWords(ports)}${family === null ? '' : ` over IPv${family} alone`}`;

/** What workloads that are new may reach and be reached by, and what those that are gone could. */
function newcomerLines({changes}: Difference, {all, parties}: Groups, page: Page): readonly string[] {
	const groups = all.filter(({because}) => because === 'workloads');
	if (groups.length === 0) return [];
	const [opened, closed] = [changes.pairs.opened.workloads, changes.pairs.closed.workloads].map(pairsText);
	const parts = [opened && `opened for ${opened}`, closed && `closed for ${closed}`].filter(text => text !== '');
	return [
		...painted('title', wrap(`NEW OR GONE workloads: ${parts.join('; ')}`, page.width, 0), page),
		...groups.slice(0, most.groups).flatMap(group => [
			'',
			...group.ends.flatMap(({was, now}) => {
				const [rule, verb] = group.kind === 'opened' ? [now, 'allowed'] : [was, 'was allowed'];
				return spread(`${verb} by ${ruleWords(rule)}`, ruleSpot(rule), page);
			}),
			...rowLines(group, parties, page),
		]),
	];
}
