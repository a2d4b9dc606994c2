// Choke points: the fewest rules or workloads without which no crown jewel falls, with what breaks without them.
import type {CutElement, CutReport} from '../../core/simulate/simulation-report.ts';
import {oneLine, type Page, painted, plural, spread, wrap} from '../report/lines.ts';
import {alikeProposals, breaksText, type Proposal, whoText} from './proposal.ts';

/** Beyond so many, elements of a cut are counted. */
const told = 6;

/** @param scenarios - how many there are */
export function cutsLines(all: readonly Proposal[], scenarios: number, page: Page): readonly string[] {
	const cuts = all.filter(({simulated}) => simulated.chokePoints !== null);
	const safe = cuts.filter(({simulated}) => simulated.chokePoints!.rules.kind === 'nothing-falls');
	const lost = cuts.filter(each => !safe.includes(each));
	return [
		...alikeProposals(lost, ({simulated}) => simulated.chokePoints).flatMap(group =>
			groupLines(group, scenarios, page),
		),
		...(safe.length === 0
			? []
			: wrap(`nothing to cut in ${whoText(safe, scenarios)}: no crown jewel falls${fromText(safe)}`, page.width)),
	];
}

const fromText = ([first]: readonly Proposal[]): string =>
	first!.simulated.from === 'every' ? ', wherever an attacker starts but in one' : '';

function groupLines(group: readonly Proposal[], scenarios: number, page: Page): readonly string[] {
	const {rules, workloads} = group[0]!.simulated.chokePoints!;
	return [
		...painted(
			'title',
			wrap(`choke points of ${whoText(group, scenarios)}, to keep every crown jewel`, page.width),
			page,
		),
		...cutLines(rules, 'rule', page),
		...cutLines(workloads, 'workload', page),
	];
}

const verbs = {rule: 'drop', workload: 'isolate'} as const;

const impossible = {
	rule: 'no set of rules does: some way needs no rule that allows, or only a default',
	workload: 'no set of workloads does: a crown jewel is reached from a foothold in one step',
} as const;

function cutLines(cut: CutReport, of: 'rule' | 'workload', page: Page): readonly string[] {
	switch (cut.kind) {
		case 'nothing-falls':
			return [];
		case 'impossible':
			return wrap(impossible[of], page.width, 6);
		case 'unknown':
			return wrap(
				`which ${of}s is not known: the search was given up, and at least ${cut.atLeast} are needed`,
				page.width,
				6,
			);
		default: {
			const sure = cut.kind === 'smallest' ? 'no fewer do' : `perhaps fewer do, but not under ${cut.atLeast}`;
			const many = cut.elements.length;
			const head = `${verbs[of]} ${plural(many, of)}, ${sure}`;
			if (many === 1) return elementLines(cut.elements[0]!, page, `${head}: `, 6);
			return [
				...wrap(`${head}; together ${breaksText(cut.breaks)}`, page.width, 6),
				...cut.elements.slice(0, told).flatMap(element => elementLines(element, page, '', 10)),
				...(many > told ? [`          and ${many - told} more (--format json has all)`] : []),
			];
		}
	}
}

const elementLines = (
	{kind, name, rule, breaks}: CutElement,
	page: Page,
	before: string,
	indent: number,
): readonly string[] =>
	spread(
		`${before}${kind === 'rule' ? `"${oneLine(rule?.name ?? name)}"` : oneLine(name)}, ${breaksText(breaks)}`,
		rule?.where == null ? null : oneLine(rule.where),
		page,
		indent,
	);
