// The report for people. The eye goes: how bad is it with nothing, what does each candidate change, what does it cost,
// what to do next.
import type {RehearsalReport, RunReport} from '../../core/contracts/report.ts';
import {assumedWeak} from '../../core/measure/limits.ts';
import {columnsOf, isFlat} from './columns.ts';
import {findingLines} from './findings.ts';
import {coverageLines, footerLines} from './footer.ts';
import {oneLine, type Page, painted, widthOf, wrap} from './lines.ts';
import {pathLines} from './paths.ts';
import {summaryBlocks} from './summary.ts';
import {tableLines} from './table.ts';
import {verdictLines} from './verdict.ts';

/** The whole report, ending in a newline; the last word stands above what it does not show. */
export function renderText(report: RehearsalReport, {width, paint}: Page): string {
	const page: Page = {width: Math.max(60, width), paint};
	return joinBlocks([
		...resultBlocks(report, page),
		coverageLines(report, page),
		verdictLines(report, page),
		footerLines(report, page),
	]);
}

/** What was found, up to the last word: title, candidates side by side, ways and breakage. */
export function resultBlocks(report: RehearsalReport, page: Page): readonly (readonly string[])[] {
	const columns = columnsOf(report.runs);
	const heads = columns.map(({candidate}) => oneLine(candidate));
	return [
		bannerLines(report, page),
		titleLines(report, page),
		tableLines(heads, summaryBlocks(columns, report.measured), page),
		pathLines(columns, 'cuts' in report ? report.cuts : [], page),
		...findingLines(columns, page),
	];
}

/** Blocks with an empty line between them, ending in a newline. */
export const joinBlocks = (blocks: readonly (readonly string[])[]): string =>
	`${blocks
		.filter(lines => lines.length > 0)
		.map(lines => lines.join('\n'))
		.join('\n\n')}\n`;

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

/** `shop · ransomware from wiki.dev, thief from web.dev · seed 1`, and what is to be known before any figure. */
function titleLines(report: RehearsalReport, page: Page): readonly string[] {
	const headline = report.runs.filter(({worst}) => worst);
	const attackers = [...Map.groupBy(headline, ({scenario}) => scenario).values()].map(attackerText);
	const title = `  ${oneLine(report.name)} · ${attackers.join(', ')} · seed ${report.seed}`;
	const right = report.measured === 'packets' ? 'what got contained, and what broke' : 'what the model expects';
	const gap = page.width - widthOf(title) - widthOf(right);
	return [
		...(gap >= 2
			? [`${page.paint('title', title)}${' '.repeat(gap)}${page.paint('dim', right)}`]
			: [...painted('title', wrap(title.trim(), page.width), page), page.paint('dim', `  ${right}`)]),
		...(report.assumptions.includes(assumedWeak)
			? painted('warn', wrap(`weaknesses are assumed, not known: ${assumedWeak}`, page.width), page)
			: []),
		...(headline.every(isFlat)
			? painted('warn', wrap('no candidate was put to the test: this is the control alone', page.width), page)
			: []),
	];
}

function attackerText(runs: readonly RunReport[]): string {
	const footholds = [...new Set(runs.map(({foothold}) => foothold))];
	const several = runs[0]!.footholds.count;
	const from = footholds.length === 1 ? oneLine(footholds[0]!) : 'the worst foothold';
	return `${oneLine(runs[0]!.scenario)} from ${from}${several > 1 ? `, of ${several} footholds` : ''}`;
}
