// docs/report.svg: what `rehearse shop` prints to a terminal of 120 columns.
import {writeFileSync} from 'node:fs';
import {textOf} from '../../tui/line.ts';
import {screenSvg} from '../../tui/screen-svg.ts';
import {runInTerminal} from './run-in-terminal.mjs';

export async function makeReport() {
	const run = runInTerminal(['rehearse', 'shop'], {columns: 120, rows: 100, quiet: true});
	const code = await run.ended;
	if (code !== 0) throw new Error(`rehearse shop ended with ${code}:\n${run.terminal.text()}`);
	const lines = run.terminal.lines();
	const last = lines.findLastIndex(line => textOf(line).trim() !== '');
	const title = 'The report of a rehearsal: four candidates side by side, what each contains and what it breaks';
	writeFileSync('docs/report.svg', screenSvg(lines.slice(0, last + 1), title));
	return ['docs/report.svg'];
}
