import {plainWord} from '../../core/files/plain-word.ts';
import {renderFlow} from '../../core/model/flow.ts';
import {type Parsed, type Problem, renderProblem} from '../../core/model/problem.ts';
import type {Runtime} from '../../core/model/topology.ts';
import {labName} from '../../lab/labs-folder.ts';
import {chooseRuntime} from '../../rehearsals/choose-runtime.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import type {LoadOptions} from '../../rehearsals/load-options.ts';
import {loadSubject, type Subject} from '../../rehearsals/subject.ts';
import {askedIo, withAscii} from '../ascii-io.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {bootShown} from '../lab/boot-shown.ts';
import {nameOfLab} from '../lab/name-of-lab.ts';
import {page} from '../lab/page.ts';
import {upText} from '../lab/up-text.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {keepRecording} from '../record/keep-recording.ts';
import {withRecord} from '../record/record-option.ts';
import {recordProblems} from '../record/record-place.ts';
import {whatIsRead, withProfiles, withRuntime} from '../subject-options.ts';

export const up = defineCommand({
	name: 'up',
	takes: '[dir]',
	several: true,
	about:
		'Boots the topology of a rehearsal as a lab that stays when this command has ended, and puts a candidate in force. It waits until every service answers. Ctrl-C before that leaves nothing; firebreak down takes the lab away.',
	examples: [
		['shop', 'a ready rehearsal, under no policy'],
		['shop --candidate segmented --name blue', 'under a candidate of it, and by a name of its own'],
		['compose.yaml', 'a Compose file; --candidate first allows what its services need, and nothing else'],
		['lab.clab.yml', 'a containerlab file'],
		['manifests/', 'a folder of Kubernetes manifests'],
		['. --runtime docker', 'each workload a container, with the images that it names (as root)'],
	],
	options: yargs =>
		withProfiles(
			withRecord(
				withAscii(withRuntime(yargs)).positional('dir', {
					type: 'string',
					default: '.',
					describe: whatIsRead,
				}),
			)
				.option('name', {
					type: 'string',
					describe: 'what the lab is called: 1 to 16 of a-z, 0-9 and -; left out: the rehearsal’s name',
				})
				.option('candidate', {type: 'string', describe: 'which policy is in force; left out: none, the control'}),
		),
	run: (options, io) => run(options, askedIo(io, options)),
});

interface Options {
	readonly dir: string;
	readonly name: string | undefined;
	readonly candidate: string | undefined;
	readonly profile: readonly string[];
	readonly runtime: Runtime | undefined;
	readonly record: string | undefined;
}

async function run({dir, name, candidate, profile, runtime: asked, record}: Options, io: Io): Promise<ExitCode> {
	const started = performance.now();
	const loaded = await load(dir, candidate, loadOptions([], null, profile));
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io);
	const {candidate: chosen} = loaded.value;
	const lab = name ?? nameOfLab(loaded.value.rehearsal.name);
	const running = chooseRuntime(loaded.value.rehearsal, asked);
	const problems = [
		...nameProblems(lab),
		...recordProblems(record),
		...(running.kind === 'wrong' ? running.problems : []),
	];
	if (running.kind === 'wrong' || problems.length > 0) return reportProblems(problems, io);
	const {runtime, rehearsal} = running.value;
	for (const warning of [...loaded.warnings, ...running.warnings]) io.err(`${printable(renderProblem(warning))}\n`);
	const {stays, seen} = await bootShown({lab, rehearsal, candidate: chosen, runtime}, io);
	for (const flow of stays.otherFamily)
		io.err(`${printable(renderFlow(flow))}: its own program does not listen in this family\n`);
	if (record !== undefined) {
		await keepRecording(lab, record);
		io.err(`what happens in ${printable(lab)} is recorded in ${printable(record)} until the lab is gone\n`);
	}
	const {paint, width} = page();
	const sheet = {paint, width: Math.min(width, process.stdout.columns ?? width)};
	io.out(upText({lab, rehearsal, candidate: chosen, stays, seen, tookMs: performance.now() - started}, sheet));
	return exitCode.passed;
}

async function load(dir: string, candidate: string | undefined, options: LoadOptions): Promise<Parsed<Subject>> {
	if (candidate !== undefined) return loadSubject(dir, candidate, options);
	const loaded = await loadRehearsal(dir, options);
	return loaded.kind === 'wrong'
		? loaded
		: {...loaded, value: {rehearsal: loaded.value, candidate: loaded.value.candidates[0]!}};
}

const nameProblems = (name: string): readonly Problem[] =>
	labName.test(name) && !name.startsWith('-')
		? []
		: [
				{
					where: {file: '--name', line: 1, column: 1},
					what: `${plainWord(name)} is no name for a lab`,
					mend: '1 to 16 of a-z, 0-9 and -',
				},
			];
