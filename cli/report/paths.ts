// How the attacker came through: the whole way to each jewel with the step to cut, and by rule what else still falls.
import type {RuleText, RunReport, StillLost, TimelineEntry} from '../../core/contracts/report.ts';
import {oneLine, type Page, painted, plural, spread, wrap} from './lines.ts';
import {isFlat} from './summary.ts';

/** Beyond this many, losses are summed up by the rule that let them happen. */
const told = 3;

/** Lines for one run; none for the control and where nothing fell. */
export function pathLines(run: RunReport, name: string, page: Page): readonly string[] {
	if (isFlat(run)) return [];
	const {stillLost} = run.containment;
	const jewels = stillLost.filter(({jewel}) => jewel);
	const others = stillLost.filter(({jewel}) => !jewel);
	return [
		...jewels.flatMap(lost => [
			...painted('bad', wrap(`${name} loses ${oneLine(lost.kind)}: ${pathText(lost, run.timeline)}`, page.width), page),
			...cutLines(lost, page),
		]),
		...(others.length <= told ? others.flatMap(lost => shortLines(lost, run, name, page)) : byRule(others, name, page)),
	];
}

/** `wiki.dev ─T1210▸ deploy.ops ─T1021▸ api.prod`. */
function pathText({path}: StillLost, timeline: readonly TimelineEntry[]): string {
	const attack = new Map(timeline.map(entry => [entry.technique, entry.attack]));
	const steps = path.map(({technique, to}) => `─${oneLine(attack.get(technique) ?? technique)}▸ ${oneLine(to)}`);
	return [oneLine(path[0]?.from ?? ''), ...steps].join(' ');
}

const portText = ({protocol, port}: StillLost['path'][number]): string =>
	port === null ? '' : protocol === 'icmp' ? ':icmp' : `:${port}/${protocol}`;

const allowedBy = (rule: RuleText | null): string =>
	rule === null ? 'where no rule is in force' : `allowed by "${oneLine(rule.name)}"`;

const placeOf = (rule: RuleText | null): string | null => (rule?.where == null ? null : oneLine(rule.where));

function cutLines({path, cut}: StillLost, page: Page): readonly string[] {
	const step = cut === null ? undefined : path[cut.step];
	if (cut === null || step === undefined) return [];
	const text = `the step to cut: ${oneLine(step.from)} ▸ ${oneLine(step.to)}${portText(step)}, ${allowedBy(step.rule)}`;
	const needs = cut.neededBy.map(oneLine).join(', ');
	return [
		...spread(text, placeOf(step.rule), page, 6),
		...wrap(
			cut.neededBy.length === 0
				? 'no known dependency needs it'
				: `needed by ${plural(cut.neededBy.length, 'dependency', 'dependencies')} (${needs})`,
			page.width,
			6,
		),
	];
}

function shortLines(lost: StillLost, run: RunReport, name: string, page: Page): readonly string[] {
	const last = lost.path.at(-1);
	const rule = last?.rule ?? null;
	const port = last === undefined ? '' : portText(last);
	return spread(
		`${name} still loses ${oneLine(lost.kind)}: ${pathText(lost, run.timeline)}${port}, ${allowedBy(rule)}`,
		placeOf(rule),
		page,
	);
}

/** Many losses: a line for each rule that let a last step pass, with what fell by it; the most harmful rule first. */
function byRule(others: readonly StillLost[], name: string, page: Page): readonly string[] {
	const groups = [...Map.groupBy(others, ({path}) => path.at(-1)?.rule?.id ?? '').values()].sort(
		(a, b) => b.length - a.length,
	);
	return [
		...wrap(`${name} still loses ${others.length} more`, page.width),
		...groups.flatMap(group => {
			const rule = group[0]!.path.at(-1)?.rule ?? null;
			const by = rule === null ? allowedBy(rule) : `by "${oneLine(rule.name)}"`;
			return spread(`${by}: ${group.map(({kind}) => oneLine(kind)).join(', ')}`, placeOf(rule), page, 6);
		}),
	];
}
