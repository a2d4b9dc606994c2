import {renderProblem} from '../../core/model/problem.ts';
import {withAscii} from '../ascii-io.ts';
import {defineCommand} from '../command.ts';
import {openRecording} from '../console/open-recording.ts';
import {showRecording} from '../console/show-recording.ts';
import {whyNoScreen} from '../console/terminal.ts';
import type {ExitCode} from '../exit-code.ts';
import {WordsError} from '../failure.ts';
import type {Io} from '../io.ts';
import {seedProblems} from '../lab/seed-problems.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {withRecord} from '../record/record-option.ts';
import {recordProblems} from '../record/record-place.ts';

export const consoleCommand = defineCommand({
	name: 'console',
	takes: '[source]',
	about:
		'A lab on the whole screen: watch the attacker, put a policy in force, see where it stops and what breaks. On a lab that is up, a rehearsal (which it boots) or a recording.',
	examples: [
		['shop', 'boots the ready rehearsal and shows it'],
		['', 'the lab that is up'],
		['monday.ndjson', 'a recording, on any machine'],
	],
	options: yargs =>
		withRecord(
			withAscii(yargs).positional('source', {
				type: 'string',
				describe:
					'a lab that is up, a rehearsal (folder, file or ready name), or a recording; left out: the lab that is up',
			}),
		).option('seed', {type: 'number', default: 1, describe: 'makes an attacker repeatable'}),
	run,
});

export interface ConsoleOptions {
	readonly source: string | undefined;
	readonly record: string | undefined;
	readonly seed: number;
	readonly ascii: boolean;
}

async function run(options: ConsoleOptions, io: Io): Promise<ExitCode> {
	const {source} = options;
	const wrong = [...seedProblems(options.seed), ...recordProblems(options.record)];
	if (wrong.length > 0) return reportProblems(wrong, io, 'done');
	const why = whyNoScreen();
	if (why !== null) throw new WordsError(why, 'firebreak watch tells the same, a line an event');
	const recording = source === undefined ? null : await openRecording(source);
	if (recording !== null) {
		if (options.record !== undefined)
			return reportProblems([{where: {file: '--record', line: 1, column: 1}, ...playedOnly}], io, 'done');
		if (recording.kind === 'wrong') return reportProblems(recording.problems, io, 'done');
		for (const warning of recording.warnings) io.err(`${printable(renderProblem(warning))}\n`);
		return showRecording(recording.value, options, io);
	}
	const {bootAndShow} = await import('../console/boot-and-show.ts');
	return bootAndShow(options, io);
}

const playedOnly = {what: 'a recording is played, and nothing happens that could be recorded', mend: 'leave it out'};
