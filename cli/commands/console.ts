import {renderProblem} from '../../core/model/problem.ts';
import {labName} from '../../lab/labs-folder.ts';
import {bootStaying} from '../../rehearsals/boot-staying.ts';
import {chooseRuntime} from '../../rehearsals/choose-runtime.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {defineCommand} from '../command.ts';
import {openRecording} from '../console/open-recording.ts';
import {showLab} from '../console/show-lab.ts';
import {showRecording} from '../console/show-recording.ts';
import {whyNoScreen} from '../console/terminal.ts';
import type {ExitCode} from '../exit-code.ts';
import {WordsError} from '../failure.ts';
import type {Io} from '../io.ts';
import {chooseLab, livingNames} from '../lab/choose-lab.ts';
import {nameOfLab} from '../lab/name-of-lab.ts';
import {seedProblems} from '../lab/seed-problems.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';

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
		yargs
			.positional('source', {
				type: 'string',
				describe:
					'a lab that is up, a rehearsal (folder, file or ready name), or a recording; left out: the lab that is up',
			})
			.option('record', {type: 'string', describe: 'writes what happens to this file, to be played again'})
			.option('seed', {type: 'number', default: 1, describe: 'makes an attacker repeatable'})
			.option('ascii', {type: 'boolean', default: false, describe: 'no character beyond ASCII'}),
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
	const wrong = seedProblems(options.seed);
	if (wrong.length > 0) return reportProblems(wrong, io, 'done');
	const why = whyNoScreen();
	if (why !== null) throw new WordsError(why, 'firebreak watch tells the same, a line an event');
	const recording = source === undefined ? null : await openRecording(source);
	if (recording !== null) {
		if (recording.kind === 'wrong') return reportProblems(recording.problems, io, 'done');
		for (const warning of recording.warnings) io.err(`${printable(renderProblem(warning))}\n`);
		return showRecording(recording.value, options, io);
	}
	if (source === undefined || (labName.test(source) && (await livingNames()).includes(source))) {
		const chosen = await chooseLab(source);
		if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
		chosen.value[Symbol.dispose]();
		return showLab({name: chosen.value.name, own: false}, options, io);
	}
	const loaded = await loadRehearsal(source, loadOptions());
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io);
	for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const running = chooseRuntime(loaded.value, undefined);
	if (running.kind === 'wrong') return reportProblems(running.problems, io);
	const {rehearsal, runtime} = running.value;
	const name = nameOfLab(rehearsal.name);
	const tell = (text: string): void => io.err(`${printable(text)}\n`);
	const [candidate] = rehearsal.candidates;
	await bootStaying({lab: name, rehearsal, candidate: candidate!, runtime, interrupted: io.interrupted, tell});
	return showLab({name, own: true}, options, io);
}
