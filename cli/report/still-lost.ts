// What falls besides the jewels: few losses by their steps, many by the rules that let their last step pass.
import type {RuleText} from '../../core/contracts/report.ts';
import {count, oneLine, type Page, padEnd, plural, spread, widthOf, wrap} from './lines.ts';
import {byRule, inScenarios, type Loss, placeOf, wayText} from './steps.ts';

/** Up to so many steps are told one by one; beyond, what fell is summed up by rule, and by so many rules. */
const told = {steps: 5, rules: 6};
/** Where rules stand in one column behind the steps. */
const widestStep = 44;

export interface Who {
	readonly names: string;
	readonly loses: string;
	/** How many attackers there are. */
	readonly scenarios: number;
	/** Their jewels have been told above. */
	readonly more: boolean;
}

/** None where nothing fell. A loss by several steps is told by its last: those before it are told as the losses they are. */
export function stillLostLines(losses: readonly Loss[], who: Who, page: Page): readonly string[] {
	if (losses.length === 0) return [];
	const steps = [...Map.groupBy(losses, stepKey).values()];
	const title = `${who.names} still ${who.loses}`;
	const kinds = new Set(losses.map(({lost}) => lost.kind)).size;
	if (steps.length === 1 && kinds === 1)
		return oneStep(steps[0]!, `${title} ${oneLine(losses[0]!.lost.kind)}`, who, page);
	const many = who.more ? `${count(kinds)} more` : plural(kinds, 'kind');
	return [
		...wrap(`${title} ${many}${byScenario(losses, who)}`, page.width),
		...(steps.length <= told.steps ? stepLines(steps, page) : ruleLines(losses, page)),
	];
}

const stepKey = ({lost: {path}, run}: Loss): string =>
	`${wayText(path.slice(-1), run)}\0${path.at(-1)?.rule?.name ?? ''}`;

const ruleOf = ({lost}: Loss): RuleText | null => lost.path.at(-1)?.rule ?? null;

/** ` (2 to ransomware, 3 to thief)`. */
function byScenario(losses: readonly Loss[], {scenarios}: Who): string {
	if (scenarios === 1) return '';
	const parts = [...Map.groupBy(losses, ({run}) => run.scenario)].map(
		([scenario, of]) => `${count(new Set(of.map(({lost}) => lost.kind)).size)} to ${oneLine(scenario)}`,
	);
	return ` (${parts.join(', ')})`;
}

function oneStep(same: readonly Loss[], title: string, {scenarios}: Who, page: Page): readonly string[] {
	const {lost, run} = same[0]!;
	const text = `${title}${inScenarios(runsOf(same), scenarios)}: ${wayText(lost.path, run)}, ${allowed(same)}`;
	return spread(text, placeOf(same.map(ruleOf)), page);
}

const runsOf = (losses: readonly Loss[]) => losses.map(({run}) => run);

const allowed = (losses: readonly Loss[]): string => byRule(ruleOf(losses[0]!)).replace(/^by /, 'allowed by ');

function stepLines(steps: readonly (readonly Loss[])[], page: Page): readonly string[] {
	const lines = steps.map(same => ({same, way: wayText(same[0]!.lost.path.slice(-1), same[0]!.run)}));
	const column = Math.min(widestStep, Math.max(...lines.map(({way}) => widthOf(way))));
	return lines.flatMap(({same, way}) => {
		const rule = byRule(ruleOf(same[0]!));
		const text = page.width < 80 ? `${way}, ${rule}` : `${padEnd(way, column)}   ${rule}`;
		return spread(text, placeOf(same.map(ruleOf)), page, 6);
	});
}

/** A line for each rule that let a last step pass, with what fell by it; the most harmful rule first. */
function ruleLines(losses: readonly Loss[], page: Page): readonly string[] {
	const groups = [...Map.groupBy(losses, loss => ruleOf(loss)?.name ?? '').values()]
		.map(same => ({same, kinds: [...new Set(same.map(({lost}) => oneLine(lost.kind)))].sort()}))
		.sort((a, b) => b.kinds.length - a.kinds.length);
	return [
		...groups
			.slice(0, told.rules)
			.flatMap(({same, kinds}) =>
				spread(`${byRule(ruleOf(same[0]!))}: ${kinds.join(', ')}`, placeOf(same.map(ruleOf)), page, 6),
			),
		...(groups.length > told.rules
			? [`      and by ${plural(groups.length - told.rules, 'more rule', 'more rules')} (--format json has all)`]
			: []),
	];
}
