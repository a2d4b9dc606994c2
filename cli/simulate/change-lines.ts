// What each single change saves, the best first, and what it breaks.
import type {ChangeReport, Simulated} from '../../core/simulate/simulation-report.ts';
import {oneLine, type Page, painted, plural, spread, wrap} from '../report/lines.ts';
import {number} from './blocks.ts';
import {alikeProposals, breaksText, type Proposal, whoText} from './proposal.ts';

/** Beyond so many, changes are counted. */
const told = 4;

/** None for the control, and where nothing falls. @param scenarios - how many there are */
export function changesLines(all: readonly Proposal[], scenarios: number, page: Page): readonly string[] {
	const changed = all.filter(({simulated: {changes}}) => changes !== null && changes.length > 0);
	return alikeProposals(changed, ({simulated: {changes}}) =>
		changes!.slice(0, told).map(({rule, ...rest}) => ({...rest, rule: rule?.name})),
	).flatMap(group => groupLines(group, scenarios, page));
}

function groupLines(group: readonly Proposal[], scenarios: number, page: Page): readonly string[] {
	const {simulated} = group[0]!;
	const changes = simulated.changes!;
	const {before} = changes[0]!;
	const loses = `${group.length === 1 ? 'loses' : 'lose'} ${number(before.mean)} ${before.mean === 1 ? 'kind' : 'kinds'}${jewelsText(simulated, before.jewelFootholds)}`;
	return [
		...painted(
			'title',
			wrap(`${whoText(group, scenarios)} ${loses}${fromText(simulated)}; after one change`, page.width),
			page,
		),
		...changes.slice(0, told).flatMap(change => changeLine(change, simulated, page)),
		...(changes.length > told
			? [`      and ${plural(changes.length - told, 'lesser change')} (--format json has all)`]
			: []),
	];
}

const fromText = ({footholds, changesTriedOn}: Simulated): string => {
	if (footholds === 1) return '';
	return changesTriedOn === footholds
		? `, on average of ${footholds} footholds`
		: `, on average of the ${changesTriedOn} worst of ${footholds} footholds`;
};

function jewelsText({footholds, changesTriedOn}: Simulated, jewelFootholds: number): string {
	if (footholds === 1) return jewelFootholds === 0 ? '' : ' with a crown jewel';
	return jewelFootholds === 0 ? '' : `, a crown jewel from ${jewelFootholds} of ${changesTriedOn}`;
}

function changeLine(
	{change, what, rule, before, after, breaks}: ChangeReport,
	simulated: Simulated,
	page: Page,
): readonly string[] {
	const name = oneLine(what);
	const words = {'drop-rule': `drop "${name}"`, isolate: `isolate ${name}`, patch: `patch ${name}`}[change];
	const jewels =
		before.jewelFootholds === 0
			? ''
			: simulated.footholds === 1
				? after.jewelFootholds === 0
					? ', no crown jewel'
					: ', and a crown jewel'
				: `, a crown jewel from ${after.jewelFootholds}`;
	return spread(
		`${number(after.mean)}${jewels}: ${words}, ${breaksText(breaks)}`,
		rule?.where == null ? null : oneLine(rule.where),
		page,
		6,
	);
}
