import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {LabelMap, Topology} from '../../core/model/topology.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {changeLabTo} from '../lab/change-lab-to.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {noWorkload, workloadsCalled} from '../lab/choose-workload.ts';
import {reportProblems} from '../problems.ts';

export const relabel = defineCommand({
	name: 'relabel',
	takes: '<workload> <labels..>',
	several: true,
	about:
		'Gives a workload of a lab other labels while it runs. The policy in force stays, and means other workloads from then on: each kernel has the new rules in one transaction. What is open follows the policy’s established: keep or cut.',
	examples: [
		['web-1.prod tier=quarantine', 'one label, new or other than it was'],
		['web tier=quarantine team-', 'every replica, and the label team goes'],
	],
	options: yargs =>
		withLab(
			yargs
				.positional('workload', {
					type: 'string',
					demandOption: true,
					describe: 'its name, or that of a kind: then each of them',
				})
				.positional('labels', {
					type: 'string',
					array: true,
					default: [] as string[],
					describe: 'key=value sets a label, key- takes it away',
				}),
		).option('format', {choices: ['text', 'json'] as const, default: 'text' as const, describe: 'what to print'}),
	run,
});

interface Options {
	readonly workload: string;
	readonly labels: readonly string[];
	readonly lab: string | undefined;
	readonly format: 'text' | 'json';
}

async function run({workload, labels: words, lab: asked, format}: Options, io: Io): Promise<ExitCode> {
	const edit = labelEdit(words);
	if (Array.isArray(edit)) return reportProblems(edit, io, 'done');
	const chosen = await chooseLab(asked);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	const {rehearsal, inForce} = await lab.ask('describe', {});
	const names = new Set(workloadsCalled(workload, rehearsal.topology));
	if (names.size === 0) return reportProblems([noWorkload(workload, rehearsal.topology, 'relabel')], io, 'done');
	const topology: Topology = {
		...rehearsal.topology,
		workloads: rehearsal.topology.workloads.map(one =>
			names.has(one.name) ? {...one, labels: (edit as LabelEdit)(one.labels)} : one,
		),
	};
	await changeLabTo(lab, {...rehearsal, topology}, inForce, {format, io});
	return exitCode.passed;
}

type LabelEdit = (labels: LabelMap) => LabelMap;

/** What `key=value` and `key-` do to labels; problems where a word is neither. */
function labelEdit(words: readonly string[]): LabelEdit | Problem[] {
	const problem = (what: string, mend: string): Problem => ({where: {file: 'relabel', line: 1, column: 1}, what, mend});
	const edits = words.map(word => /^([A-Za-z0-9][\w./-]*?)(?:=([\w.-]*)|-)$/.exec(word));
	const wrong = words.filter((_, at) => edits[at] === null);
	if (words.length === 0) return [problem('no label is named', 'relabel web-1.prod tier=quarantine')];
	if (wrong.length > 0)
		return wrong.map(word => problem(`${plainWord(word)} is no change of a label`, 'write it key=value, or key-'));
	if (edits.some(edit => edit![1] === 'env'))
		return [
			problem(
				'env is the environment that a workload stands in, and no label to be given',
				'change its topology file, and firebreak change',
			),
		];
	return labels =>
		edits.reduce((all: LabelMap, edit) => {
			const [, key = '', value] = edit!;
			const {[key]: _, ...others} = all;
			return value === undefined ? others : {...others, [key]: value};
		}, labels);
}
