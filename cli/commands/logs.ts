import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {textOrNdjson} from '../format-option.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {chooseWorkload} from '../lab/choose-workload.ts';
import {programEnded} from '../lab/event-text.ts';
import {clock} from '../lab/moments.ts';
import {untilGone} from '../lab/until-gone.ts';
import {reportProblems} from '../problems.ts';
import {safe} from '../report/json.ts';
import {oneLine} from '../report/lines.ts';

export const logs = defineCommand({
	name: 'logs',
	takes: '[workload]',
	about:
		'Says what was done to a lab since it came up, and by which client (policies, probes, attacks, commands), and what the workloads’ own programs (run:) print. The last 10,000 lines of each are kept.',
	examples: [
		['--follow', 'and what is done from now on'],
		['web-1.prod', 'what its program prints'],
	],
	options: yargs =>
		withLab(yargs)
			.positional('workload', {type: 'string', describe: 'only what the program of this workload prints'})
			.option('follow', {
				type: 'boolean',
				alias: 'f',
				default: false,
				describe: 'goes on until Ctrl-C, or the lab’s end',
			})
			.option('format', textOrNdjson),
	run,
});

interface Options {
	readonly workload: string | undefined;
	readonly lab: string | undefined;
	readonly follow: boolean;
	readonly format: 'text' | 'ndjson';
}

async function run({workload, lab: asked, follow, format}: Options, io: Io): Promise<ExitCode> {
	let startedAt = 0;
	let only: string | null = null;
	const print = (event: WatchEvent): void => {
		const line = lineOf(event);
		if (line === null || (only !== null && line.workload !== only)) return;
		const at = startedAt + event.atMs;
		const of = line.workload === undefined ? '' : `${oneLine(line.workload)}  `;
		io.out(
			format === 'text'
				? `${clock(at)}  ${of}${oneLine(line.text)}\n`
				: `${safe(JSON.stringify({at: new Date(at).toISOString(), ...line}))}\n`,
		);
	};
	const early: WatchEvent[] = [];
	let live = false;
	const chosen = await chooseLab(asked, event => (live ? print(event) : early.push(event)));
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	if (workload !== undefined) {
		const {rehearsal} = await lab.ask('describe', {});
		const named = chooseWorkload(workload, rehearsal.topology, 'logs');
		if (typeof named !== 'string') return reportProblems([named], io, 'done');
		only = named;
		if (rehearsal.topology.workloads.find(({name}) => name === named)!.run === null)
			io.err(`${only} has no program of its own (run:)\n`);
	}
	({startedAt} = await lab.ask('status', {}));
	const known = await lab.ask('logs', {});
	if (follow) await lab.ask('watch', {});
	for (const note of known) print(note);
	if (!follow) return exitCode.passed;
	live = true;
	for (const event of early) print(event);
	return await untilGone(lab, io);
}

/** What stands in the log of an event; null where nothing does. */
function lineOf(event: WatchEvent): {readonly workload?: string; readonly text: string} | null {
	switch (event.kind) {
		case 'note':
			return {text: event.text};
		case 'output':
			return {workload: event.workload, text: event.text};
		case 'program-ended':
			return {workload: event.workload, text: programEnded(event.code)};
		default:
			return null;
	}
}
