import {marks} from '../../core/text/marks.ts';
import type {Row} from './row.ts';
import {canRehearse} from './row.ts';

const mark = {ok: marks.good, poor: '!', missing: marks.bad, untried: '–'} as const;
/** A rehearsal runs without it, so that it does not look like a failure. */
const spared = marks.none;

/** The rows as text, a line each with what is off and the mend below, and the sentence that sums them up. */
export function doctorView(rows: readonly Row[]): string {
	const width = Math.max(...rows.map(row => row.name.length));
	const below = ' '.repeat(width + 6);
	const lines = rows.flatMap(row => [
		`  ${row.needed || row.state === 'ok' ? mark[row.state] : spared} ${row.name.padEnd(width)}  ${row.found}`,
		...(row.off === '' ? [] : [`${below}without it: ${row.off}`]),
		...(row.mend === '' ? [] : [`${below}mend: ${row.mend}`]),
	]);
	return `${lines.join('\n')}\n\n${sentence(rows)}\n`;
}

function sentence(rows: readonly Row[]): string {
	if (canRehearse(rows)) return 'This machine can rehearse: firebreak rehearse shop';
	const missing = rows.filter(row => row.needed && row.state === 'missing').map(row => row.name);
	return `This machine cannot run a lab: ${missing.join(', ')}. What works all the same: firebreak rehearse shop --model-only`;
}
