// What came of the business's connections: how many were answered, and of each dependency that failed why.
import {dependencyText} from '../../core/measure/dependency-text.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import type {Dependency} from '../../core/model/topology.ts';
import type {Methods} from '../../lab/protocol.ts';
import type {BusinessFlow} from '../../rehearsals/business-flows.ts';
import {safe} from '../report/json.ts';
import {count, oneLine, type Page, plural, wrap} from '../report/lines.ts';
import {columnLines} from './columns.ts';
import {ruleAt} from './rule-at.ts';

type Talked = Methods['traffic']['gives'][number];
type How = 'answered' | 'logged-in' | 'refused' | 'silent' | 'denied' | 'closed' | 'unknown';

/** One dependency: how its connections went, and the rules that denied some. */
export interface TalkOf {
	readonly need: Dependency;
	readonly how: Partial<Record<How, number>>;
	readonly rules: ReadonlySet<string>;
}

/** Counts as it goes: a talk may be long. */
export interface Talk {
	add(about: BusinessFlow, talked: Talked): void;
	readonly needs: readonly TalkOf[];
	/** Dependencies whose turn never came. */
	readonly left: number;
	readonly connections: number;
	readonly failed: number;
	readonly unsure: number;
}

/** @param flows - what is to be said */
export function createTalk(flows: readonly BusinessFlow[]): Talk {
	const all = new Set(flows.map(({need}) => dependencyText(need))).size;
	const needs = new Map<string, {need: Dependency; how: Partial<Record<How, number>>; rules: Set<string>}>();
	let [connections, failed, unsure] = [0, 0, 0];
	return {
		add({need}, {evidence: {outcome}, reply}) {
			const key = dependencyText(need);
			const one = needs.get(key) ?? {need, how: {}, rules: new Set()};
			needs.set(key, one);
			const how =
				outcome.kind === 'open'
					? (reply?.kind ?? 'silent')
					: outcome.kind === 'inconclusive'
						? 'unknown'
						: outcome.kind;
			one.how[how] = (one.how[how] ?? 0) + 1;
			if (outcome.kind === 'denied') one.rules.add(outcome.rule);
			connections++;
			if (how === 'denied' || how === 'closed') failed++;
			if (how === 'unknown') unsure++;
		},
		get needs() {
			return [...needs.values()];
		},
		get left() {
			return all - needs.size;
		},
		get connections() {
			return connections;
		},
		get failed() {
			return failed;
		},
		get unsure() {
			return unsure;
		},
	};
}

const words: Readonly<Record<How, string>> = {
	answered: 'answered',
	'logged-in': 'logged in',
	refused: 'connected, and the login was refused',
	silent: 'connected, and nothing was said',
	denied: 'denied',
	closed: 'found nobody listening',
	unknown: 'without a sure outcome',
};

/** Ends in a newline. */
export function talkText(lab: string, talk: Talk, rules: ReadonlyMap<string, RuleRef>, page: Page): string {
	const {needs, left, connections, failed, unsure} = talk;
	const sums = (Object.keys(words) as readonly How[]).flatMap(how => {
		const sum = needs.reduce((all, one) => all + (one.how[how] ?? 0), 0);
		return sum === 0 ? [] : [`${count(sum)} ${words[how]}`];
	});
	const said = sums.length === 0 ? '' : `: ${sums.join(', ')}`;
	const head = `${lab}: ${plural(needs.length, 'dependency', 'dependencies')}, ${plural(connections, 'connection')}${said}`;
	const bad = needs.filter(({how}) => how.denied || how.closed || how.unknown);
	const rows = bad.map(({need, how, rules: ids}) => [
		{text: oneLine(dependencyText(need)), style: 'bad' as const},
		{
			text: (['denied', 'closed', 'unknown'] as const)
				.flatMap(one => (how[one] === undefined ? [] : [`${count(how[one])} ${words[one]}`]))
				.join(', '),
		},
		{text: [...ids].map(id => ruleAt(rules.get(id) ?? {name: id, where: null})).join(', ')},
	]);
	return `${[
		...wrap(head, page.width),
		...(rows.length === 0 ? [] : ['', ...columnLines(['dependency', 'of its connections', 'by'], rows, page)]),
		'',
		...(left === 0
			? []
			: [page.paint('warn', `  the turn of ${plural(left, 'dependency', 'dependencies')} more did not come`)]),
		failed + unsure === 0
			? page.paint(
					'good',
					left === 0 ? '  every dependency had its connections' : '  none of those that had theirs failed',
				)
			: page.paint('bad', `  ${plural(bad.length, 'dependency', 'dependencies')} had trouble`),
	].join('\n')}\n`;
}

/** One object, schema `firebreak/traffic/v1`; ends in a newline. */
export const talkJson = (lab: string, {needs, left, connections, failed, unsure}: Talk): string =>
	`${safe(
		JSON.stringify(
			{
				schema: 'firebreak/traffic/v1',
				lab,
				connections,
				failed,
				unsure,
				left,
				dependencies: needs.map(({need, how, rules}) => ({
					dependency: dependencyText(need),
					source: need.source,
					connections: how,
					deniedBy: [...rules],
				})),
			},
			null,
			'\t',
		),
	)}\n`;
