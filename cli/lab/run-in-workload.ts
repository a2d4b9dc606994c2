// What `exec` and `shell` share: which lab, which workload, and a command there to its end.
import type {Problem} from '../../core/model/problem.ts';
import type {Runtime, Workload} from '../../core/model/topology.ts';
import {enterWords} from '../../lab/enter.ts';
import {fence} from '../../lab/fence.ts';
import type {JoinedLab} from '../../lab/join.ts';
import type {ContainerEntry, Entry} from '../../lab/protocol.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {reportProblems} from '../problems.ts';
import {chooseLab} from './choose-lab.ts';
import {chooseWorkload} from './choose-workload.ts';
import {roomEnvironment} from './room-environment.ts';
import {missingProgram} from './room-program.ts';
import {runAttached} from './run-attached.ts';

export interface InWorkload {
	/** As it was typed. */
	readonly workload: string;
	readonly lab: string | undefined;
	readonly commandFor: (runtime: Runtime) => readonly string[];
	readonly terminal: 'own' | 'none';
	/** Called when the lab and the workload are known. */
	readonly onEnter?: (lab: string, workload: Workload) => void;
}

/** The command's exit code; that of wrong input or of a lab that is gone where there was no command. */
export async function runInWorkload(
	{workload: asked, lab: askedLab, commandFor, terminal, onEnter}: InWorkload,
	io: Io,
): Promise<ExitCode> {
	const chosen = await chooseLab(askedLab);
	if (chosen.kind === 'wrong')
		return reportProblems([...programProblems(commandFor('netns')), ...chosen.problems], io, 'done');
	using lab = chosen.value;
	const {rehearsal, runtime} = await lab.ask('describe', {});
	const command = commandFor(runtime);
	// Which programs a container has only its image knows.
	const missing = runtime === 'netns' ? programProblems(command) : [];
	if (missing.length > 0) return reportProblems(missing, io, 'done');
	const named = chooseWorkload(asked, rehearsal.topology, 'workload');
	if (typeof named !== 'string') return reportProblems([named], io, 'done');
	const workload = rehearsal.topology.workloads.find(({name}) => name === named)!;
	const entry = await lab.ask('enter', {workload: workload.name, words: command});
	onEnter?.(lab.name, workload);
	const code =
		'container' in entry
			? await inContainer(entry, command, {lab, workload, io})
			: await inRoom(entry, command, {lab, workload, io, terminal});
	if (code === null) {
		io.err(`the lab ${lab.name} is gone\n`);
		return exitCode.cannot;
	}
	return code as ExitCode;
}

const programProblems = ([program]: readonly string[]): readonly Problem[] => {
	const missing = missingProgram(program!);
	return missing === undefined ? [] : [{where: {file: 'exec', line: 1, column: 1}, ...missing}];
};

interface Inside {
	readonly lab: JoinedLab;
	readonly workload: Workload;
	readonly io: Io;
}

function inRoom(
	entry: Entry,
	command: readonly string[],
	{lab, workload, io, terminal}: Inside & Pick<InWorkload, 'terminal'>,
): Promise<number | null> {
	const words = enterWords(entry, command, {environment: roomEnvironment(lab.name, workload), terminal});
	fence();
	return runAttached(words, terminal, io, lab.gone);
}

async function inContainer(
	entry: ContainerEntry,
	words: readonly string[],
	{lab, workload, io}: Inside,
): Promise<number | null> {
	const {runInContainer} = await import('./run-in-container.ts');
	const environment = {FIREBREAK_LAB: lab.name, FIREBREAK_WORKLOAD: workload.name};
	return runInContainer(entry, {words, environment}, io, lab.gone);
}
