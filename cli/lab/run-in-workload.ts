// What `exec` and `shell` share: which lab, which workload, and a command there to its end.
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {Topology, Workload} from '../../core/model/topology.ts';
import {enterWords} from '../../lab/enter.ts';
import {fence} from '../../lab/fence.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {reportProblems} from '../problems.ts';
import {chooseLab} from './choose-lab.ts';
import {roomEnvironment} from './room-environment.ts';
import {runAttached} from './run-attached.ts';

export interface InWorkload {
	/** As it was typed. */
	readonly workload: string;
	readonly lab: string | undefined;
	readonly command: readonly string[];
	readonly terminal: 'own' | 'none';
	/** Called when the lab and the workload are known. */
	readonly onEnter?: (lab: string, workload: Workload) => void;
}

/** The command's exit code; that of wrong input or of a lab that is gone where there was no command. */
export async function runInWorkload(
	{workload: asked, lab: askedLab, command, terminal, onEnter}: InWorkload,
	io: Io,
): Promise<ExitCode> {
	const chosen = await chooseLab(askedLab);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	const {rehearsal} = await lab.ask('describe', {});
	const found = workloadOf(asked, rehearsal.topology);
	if (found.kind === 'wrong') return reportProblems([found.problem], io, 'done');
	const {workload} = found;
	const entry = await lab.ask('enter', {workload: workload.name, words: command});
	onEnter?.(lab.name, workload);
	const words = enterWords(entry, command, {environment: roomEnvironment(lab.name, workload), terminal});
	fence();
	const code = await runAttached(words, terminal, io, lab.gone);
	if (code === null) {
		io.err(`the lab ${lab.name} is gone\n`);
		return exitCode.cannot;
	}
	return code as ExitCode;
}

type Found = {readonly kind: 'ok'; readonly workload: Workload} | {readonly kind: 'wrong'; readonly problem: Problem};

/** The workload that a user named: by its name, or by its kind or base where that is one. */
export function workloadOf(asked: string, {workloads}: Topology): Found {
	const named = workloads.filter(({name}) => name === asked);
	const alike = named.length > 0 ? named : workloads.filter(({kind, base}) => kind === asked || base === asked);
	if (alike.length === 1) return {kind: 'ok', workload: alike[0]!};
	const problem =
		alike.length > 1
			? {
					what: `${plainWord(asked)} is several workloads: ${alike.map(({name}) => name).join(', ')}`,
					mend: `name one, such as ${alike[0]!.name}`,
				}
			: {
					what: `there is no workload ${plainWord(asked)}`,
					mend: didYouMean(
						asked,
						workloads.map(({name}) => name),
					),
				};
	return {kind: 'wrong', problem: {where: {file: 'workload', line: 1, column: 1}, ...problem}};
}
