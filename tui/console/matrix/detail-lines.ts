// What stands behind the walked cell: each service with the rule that decides it, what was measured, and who needs it.

import {placeOfRule} from '../../../core/explain/rule-lines.ts';
import {byRule} from '../../../core/explain/titles.ts';
import {portText} from '../../../core/measure/kinds.ts';
import type {Verdict} from '../../../core/model/policy.ts';
import {oneLine, type Page, spread} from '../../../core/text/lines.ts';
import {marks as signs} from '../../../core/text/marks.ts';
import {type Line, span} from '../../line.ts';
import {marks, unmarked, widestPage} from '../explain/marked.ts';
import type {WorldPolicy} from '../world/world.ts';
import {compared, type Outcome, type OutcomeOf} from './cell-state.ts';
import type {Expected, ExpectedService} from './expected.ts';

export interface Walked {
	readonly expected: Expected;
	readonly outcome: OutcomeOf;
	/** Numbers of entries. */
	readonly row: number;
	readonly column: number;
	readonly policy: WorldPolicy;
}

/** What differs or breaks comes first, then what is allowed; two lines for each service, more where a box is narrow. */
export function detailLines(walked: Walked, columns: number): readonly Line[] {
	const {expected, outcome, row, column} = walked;
	const services = expected.cell(row, column);
	if (services === null)
		return [
			[
				span(
					'  no flow to speak of: a workload always reaches itself, and two that stand outside are nobody’s concern',
					'dim',
				),
			],
		];
	const page: Page = {width: Math.min(columns, widestPage), paint: marks};
	const rank = (one: ExpectedService): number =>
		compared(one.share, outcome(row, column, one)) === 'differs'
			? 0
			: one.need !== null && one.share !== 'all'
				? 1
				: one.share === 'none'
					? 3
					: 2;
	return services.toSorted((a, b) => rank(a) - rank(b)).flatMap(one => serviceLines(one, walked, page).map(unmarked));
}

function serviceLines(one: ExpectedService, walked: Walked, page: Page): readonly string[] {
	const {service, share, need} = one;
	const {expected, outcome, row, column, policy} = walked;
	const [first] = expected.verdicts(row, column, service);
	const glyph = {all: signs.good, some: '~', none: signs.bad}[share];
	const title = `${glyph} ${service.name} ${portText(service)}  ${shareText(share)}${first === undefined ? '' : byRule(policy.stack, first.rule)}`;
	const lines = spread(oneLine(title), first === undefined ? null : placeOfRule(first.rule), page);
	const seen = outcome(row, column, one);
	const differs = compared(share, seen) === 'differs';
	const broken = need !== null && share !== 'all';
	const says = [
		...(first === undefined ? [] : wouldTexts(first)),
		measuredText(seen, differs),
		...(need === null ? [] : [`${oneLine(need.from)} needs it${broken ? ': this breaks a dependency' : ''}`]),
	];
	const style = differs ? 'bad' : broken ? 'warn' : 'dim';
	return [
		page.paint(broken || differs ? style : 'plain', lines[0]!),
		...lines.slice(1),
		...spread(`${differs ? '! ' : ''}${says.join('; ')}`, null, page, 4).map(line => page.paint(style, line)),
	];
}

const shareText = (share: ExpectedService['share']): string =>
	({all: 'allowed', some: 'denied to some replicas', none: 'denied'})[share];

const wouldTexts = ({action, asIf}: Verdict): readonly string[] =>
	asIf.action === action ? [] : [asIf.action === 'deny' ? 'would be denied, were it enforced' : 'would be allowed'];

function measuredText(outcome: Outcome | undefined, differs: boolean): string {
	if (outcome === undefined) return 'not measured yet';
	const text = {
		open: 'measured: it answers',
		closed: 'measured: it arrives, and nothing listens',
		denied: 'measured: denied',
		mixed: 'measured: replicas differ',
		inconclusive: 'measured: inconclusive',
	}[outcome];
	return differs ? `${text}, which is not what the model says` : text;
}
