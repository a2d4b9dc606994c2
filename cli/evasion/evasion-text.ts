// What came of the evasion suite: a line a technique, escapes with what would close them.
import type {EvasionResult} from '../../rehearsals/evasion/judge-evasion.ts';
import {safe} from '../report/json.ts';
import {listed, oneLine, type Page, padEnd, plural, wrap} from '../report/lines.ts';
import type {Style} from '../report/paint.ts';

export interface Evaded {
	readonly rehearsal: string;
	readonly candidate: string;
	readonly placement: string;
	readonly foothold: string;
	readonly seed: number;
	readonly techniques: readonly EvasionResult[];
	readonly notRun: readonly string[];
}

const styles: Readonly<Record<EvasionResult['result'], Style>> = {
	contained: 'good',
	escaped: 'bad',
	'not-applicable': 'dim',
};
const nameWidth = 22;
const resultWidth = 16;

/** Ends in a newline. */
export function evasionText(evaded: Evaded, {width, paint}: Page): string {
	const {techniques, notRun} = evaded;
	const count = (result: EvasionResult['result']): number => techniques.filter(one => one.result === result).length;
	const indent = nameWidth + resultWidth;
	return `${[
		paint('title', `  ${oneLine(evaded.rehearsal)}`) +
			` · evasion of ${oneLine(evaded.candidate)} at ${evaded.placement}, from ${oneLine(evaded.foothold)} · seed ${evaded.seed}`,
		'',
		...techniques.flatMap(({technique, result, reason, closes}) => {
			const lines = wrap(
				`${oneLine(reason)}${closes === null ? '' : `; what would close it: ${closes}`}`,
				width,
				indent,
				indent,
			);
			return lines.map((line, at) =>
				at === 0
					? `${padEnd(`  ${technique}`, nameWidth)}${paint(styles[result], padEnd(result, resultWidth))}${line.slice(indent)}`
					: line,
			);
		}),
		'',
		...wrap(
			`${count('contained')} contained, ${count('escaped')} escaped, ${count('not-applicable')} not applicable here${notRun.length === 0 ? '' : `; ${plural(notRun.length, 'technique')} not run: ${listed([...notRun])}`}`,
			width,
		),
	].join('\n')}\n`;
}

/** One object, schema `firebreak/evasions/v1`; ends in a newline. */
export const evasionJson = (evaded: Evaded): string =>
	`${safe(JSON.stringify({schema: 'firebreak/evasions/v1', ...evaded}, null, '\t'))}\n`;
