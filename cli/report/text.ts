// The report for people. The eye goes: how bad is it with nothing, what does each candidate change, what does it cost,
// what to do next.
import type {RehearsalReport, RunReport} from '../../core/contracts/report.ts';
import {assumedWeak} from '../../core/measure/limits.ts';
import {findingLines} from './findings.ts';
import {footerLines} from './footer.ts';
import {oneLine, type Page, painted, widthOf, wrap} from './lines.ts';
import {pathLines} from './paths.ts';
import {isFlat, summaryRows} from './summary.ts';
import {tableLines} from './table.ts';
import {verdictLines} from './verdict.ts';

/** The whole report, ending in a newline; one block for each scenario, then what concerns them all. */
export function renderText(report: RehearsalReport, {width, paint}: Page): string {
	const page: Page = {width: Math.max(60, width), paint};
	const headline = report.runs.filter(({worst}) => worst);
	const scenarios = [...Map.groupBy(headline, ({scenario}) => scenario).values()];
	const columns = [...Map.groupBy(headline, ({candidate, placement}) => `${candidate}\0${placement}`).values()];
	const named = columns.map(runs => ({name: nameOf(runs[0]!, headline), run: mostMismatches(runs)}));
	const blocks: readonly (readonly string[])[] = [
		bannerLines(report, page),
		...scenarios.flatMap(runs => [
			[
				...titleLines(report, runs, page),
				'',
				...tableLines(
					runs.map(({candidate}) => oneLine(candidate)),
					summaryRows(runs, report.measured),
					page,
				),
			],
			runs.flatMap(run => pathLines(run, nameOf(run, headline), page)),
		]),
		findingLines(named, page).flat(),
		verdictLines(report, page),
		footerLines(report, page),
	];
	return `${blocks
		.filter(lines => lines.length > 0)
		.map(lines => lines.join('\n'))
		.join('\n\n')}\n`;
}

/** Attackers may disagree in one scenario and not in another; what their flows did is the same in each. */
const mostMismatches = (runs: readonly RunReport[]): RunReport =>
	runs.reduce((most, run) => (run.fidelity.mismatches > most.fidelity.mismatches ? run : most));

/** `segmented`, or `segmented (fabric)` where it is put to the test at several placements. */
const nameOf = ({candidate, placement}: RunReport, all: readonly RunReport[]): string =>
	new Set(all.filter(other => other.candidate === candidate).map(other => other.placement)).size > 1
		? `${oneLine(candidate)} (${placement})`
		: oneLine(candidate);

function bannerLines({measured}: RehearsalReport, page: Page): readonly string[] {
	if (measured === 'packets') return [];
	return painted(
		'bad',
		wrap(
			'NOTHING WAS MEASURED. This is the word of the model alone: no policy was enforced and no packet was sent.',
			page.width,
			2,
			2,
		),
		page,
	);
}

function titleLines(report: RehearsalReport, runs: readonly RunReport[], page: Page): readonly string[] {
	const footholds = new Set(runs.map(({foothold}) => foothold));
	const several = runs[0]?.footholds.count ?? 1;
	const from = footholds.size === 1 ? oneLine([...footholds][0]!) : 'the worst foothold';
	const of = several > 1 ? `, of ${several} footholds` : '';
	const title = `  ${oneLine(report.name)} · ${oneLine(runs[0]!.scenario)} from ${from}${of} · seed ${report.seed}`;
	const right = report.measured === 'packets' ? 'what got contained, and what broke' : 'what the model expects';
	const gap = page.width - widthOf(title) - widthOf(right);
	return [
		...(gap >= 4
			? [`${page.paint('title', title)}${' '.repeat(gap)}${page.paint('dim', right)}`]
			: [...painted('title', wrap(title.trim(), page.width), page), page.paint('dim', `  ${right}`)]),
		...(report.assumptions.includes(assumedWeak)
			? painted('warn', wrap(`weaknesses are assumed, not known: ${assumedWeak}`, page.width), page)
			: []),
		...(runs.every(isFlat)
			? painted('warn', wrap('no candidate was put to the test: this is the control alone', page.width), page)
			: []),
	];
}
