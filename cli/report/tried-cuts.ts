// What became of the recommended change when it was put in force and attacked again.
import type {TriedCut} from '../../core/contracts/report.ts';
import type {Column} from './columns.ts';
import {listed, oneLine, type Page, plural, wrap} from './lines.ts';

/** Of the candidates of one group, which lose alike; one line where the change did alike too. */
export const triedCutLines = (group: readonly Column[], cuts: readonly TriedCut[], page: Page): readonly string[] => [
	...new Set(
		group
			.flatMap(({candidate, run: {placement}}) =>
				cuts.filter(cut => cut.candidate === candidate && cut.placement === placement),
			)
			.flatMap(cut => wrap(cutText(cut), page.width, 6)),
	),
];

function cutText({dropped, others, before, after, broken, scenario, measured}: TriedCut): string {
	const rules = listed(dropped.map(({name}) => `"${oneLine(name)}"`));
	const jewels = after.jewelsReached === 0 ? 'no crown jewel' : plural(after.jewelsReached, 'crown jewel');
	const limit = after.ended === 'limit' ? ', when a limit ended it' : '';
	const breaks =
		broken.length === 0
			? 'breaks no dependency'
			: `breaks ${plural(broken.length, 'dependency', 'dependencies')}: ${listed(broken.map(oneLine))}`;
	const how = measured === 'packets' ? 'measured' : 'by the model';
	return `without ${rules}, ${how}: ${oneLine(scenario)} takes ${after.compromised} of ${others} kinds instead of ${before.compromised}, and ${jewels}${limit}; ${breaks}`;
}
