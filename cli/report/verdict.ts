// What was expected, and the last word.
import type {ExpectationReport, RehearsalReport} from '../../core/contracts/report.ts';
import {oneLine, type Page, painted, plural, spread, wrap} from './lines.ts';

/** Failures and doubts with their places, what was accepted, and the count of what held. */
export function verdictLines({expectations, passed, measured}: RehearsalReport, page: Page): readonly string[] {
	const failed = expectations.filter(({held}) => held === false);
	const doubted = expectations.filter(({held}) => held === null);
	const accepted = expectations.filter(({held, what}) => held === true && isAccepted(what));
	const held = expectations.length - failed.length - doubted.length;
	const only = measured === 'model' ? ', by the model alone' : '';
	return [
		...accepted.flatMap(each => spread(`✓ ${oneLine(each.what)}: ${oneLine(each.found)}`, oneLine(each.where), page)),
		...failed.flatMap(each => told('✗ failed', each, page)),
		...doubted.flatMap(each => told('? inconclusive', each, page)),
		...lastWord(passed, {held, failed: failed.length, doubted: doubted.length, only}, page),
	];
}

function lastWord(
	passed: boolean | null,
	{held, failed, doubted, only}: {held: number; failed: number; doubted: number; only: string},
	page: Page,
): readonly string[] {
	const all = plural(held + failed + doubted, 'expectation');
	if (passed === true)
		return painted('good', wrap(`✓ passed: ${plural(held, 'expectation')} held${only}`, page.width), page);
	if (passed === false)
		return painted('bad', wrap(`✗ failed: ${failed} of ${all}, ${held} held${only}`, page.width), page);
	const says = doubted === 1 ? 'one says' : `${doubted} say`;
	return painted(
		'warn',
		wrap(`? inconclusive: ${held} of ${all} held, none failed, and ${says} nothing${only}`, page.width),
		page,
	);
}

const isAccepted = (what: string): boolean => what.startsWith('accepted · ');

const told = (mark: string, {what, found, expected, where}: ExpectationReport, page: Page): readonly string[] => {
	const style = mark.startsWith('✗') ? 'bad' : 'warn';
	const [first, ...rest] = spread(
		`${mark}: ${oneLine(what)}: ${oneLine(found)}; expected ${oneLine(expected)}`,
		oneLine(where),
		page,
	);
	return [page.paint(style, first!), ...rest];
};
