// One step of an attacker in words, and the rule that let it pass.
import type {RuleText, RunReport, StillLost} from '../../core/contracts/report.ts';
import {oneLine} from './lines.ts';

export type Step = StillLost['path'][number];

/** A kind that fell, and the run in which it did. */
export interface Loss {
	readonly lost: StillLost;
	readonly run: RunReport;
}

/** `wiki.dev ─T1210▸ deploy.ops ─T1021.004▸ api.prod`; for one step with its port, `wiki.dev ─T1210▸ api.dev:8080/tcp`. */
export const wayText = (steps: readonly Step[], {timeline}: RunReport): string => {
	const attack = new Map(timeline.map(entry => [entry.technique, entry.attack]));
	const texts = steps.map(
		({technique, to, via}) => `─${oneLine(attack.get(technique) ?? technique)}${viaText(via)}▸ ${oneLine(to)}`,
	);
	return [oneLine(steps[0]?.from ?? ''), ...texts].join(' ') + (steps.length === 1 ? portText(steps[0]!) : '');
};

/** ` via api.prod`, in the arrow of a step that another one made. */
const viaText = (via: string | undefined): string => (via === undefined ? '' : ` via ${oneLine(via)} `);

export const portText = ({protocol, port}: Step): string =>
	port === null ? '' : protocol === 'icmp' ? ':icmp' : `:${port}/${protocol}`;

/** `by "ops releases to production"`. */
export const byRule = (rule: RuleText | null): string =>
	rule === null ? 'where no rule is in force' : `by "${oneLine(rule.name)}"`;

/** The place of the first of some rules that say the same; `, …` where others stand elsewhere. */
export function placeOf(rules: readonly (RuleText | null)[]): string | null {
	const places = [...new Set(rules.flatMap(rule => (rule?.where == null ? [] : [oneLine(rule.where)])))];
	return places.length === 0 ? null : places.length === 1 ? places[0]! : `${places[0]}, …`;
}

/** ` (thief)`, or nothing where it was so in every scenario. */
export const inScenarios = (runs: readonly RunReport[], all: number): string => {
	const names = [...new Set(runs.map(({scenario}) => oneLine(scenario)))];
	return names.length === all ? '' : ` (${names.join(', ')})`;
};
