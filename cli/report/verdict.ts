// What was expected, and the last word.

import type {ExpectationReport, RehearsalReport} from '../../core/contracts/report.ts';
import {marks} from '../../core/text/marks.ts';
import {oneLine, type Page, painted, plural, spread, wrap} from './lines.ts';
import type {Style} from './paint.ts';

/** Failures and doubts with their places, what was accepted, and the count of what held. */
export function verdictLines({expectations, passed, measured}: RehearsalReport, page: Page): readonly string[] {
	const failed = expectations.filter(({held}) => held === false);
	const doubted = expectations.filter(({held}) => held === null);
	const accepted = expectations.filter(({held, what}) => held === true && isAccepted(what));
	const tally = {
		held: expectations.length - failed.length - doubted.length,
		failed: failed.length,
		doubted: doubted.length,
		only: measured === 'model' ? ', by the model alone' : '',
		asked: expectations.some(({what}) => !what.endsWith(' · mismatches')),
	};
	const [word, style] = lastWord(passed, tally);
	return [
		...accepted.flatMap(each =>
			spread(`${marks.good} ${oneLine(each.what)}: ${oneLine(each.found)}`, oneLine(each.where), page),
		),
		...failed.flatMap(each => told(`${marks.bad} failed`, each, page)),
		...doubted.flatMap(each => told('? inconclusive', each, page)),
		...painted(style, wrap(word, page.width), page),
	];
}

interface Tally {
	readonly held: number;
	readonly failed: number;
	readonly doubted: number;
	/** Whose word it is, where it is the model's. */
	readonly only: string;
	/** Was anything expected but that the witnesses agree? */
	readonly asked: boolean;
}

function lastWord(passed: boolean | null, {held, failed, doubted, only, asked}: Tally): readonly [string, Style] {
	const all = plural(held + failed + doubted, 'expectation');
	if (passed === false) return [`${marks.bad} failed: ${failed} of ${all}, ${held} held${only}`, 'bad'];
	const says = doubted === 1 ? 'one says' : `${doubted} say`;
	if (passed === null)
		return [`? inconclusive: ${held} of ${all} held, none failed, and ${says} nothing${only}`, 'warn'];
	return asked
		? [`${marks.good} passed: ${plural(held, 'expectation')} held${only}`, 'good']
		: [`${marks.good} nothing failed${only}, for nothing was expected of what is lost and what breaks`, 'good'];
}

const isAccepted = (what: string): boolean => what.startsWith('accepted · ');

const told = (mark: string, {what, found, expected, where}: ExpectationReport, page: Page): readonly string[] => {
	const style = mark.startsWith(marks.bad) ? 'bad' : 'warn';
	const [first, ...rest] = spread(
		`${mark}: ${oneLine(what)}: ${oneLine(found)}; expected ${oneLine(expected)}`,
		oneLine(where),
		page,
	);
	return [page.paint(style, first!), ...rest];
};
