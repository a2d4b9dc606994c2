import {renderProblem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {defineCommand} from '../command.ts';
import {exitCode} from '../exit-code.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';

export const check = defineCommand({
	name: 'check',
	takes: '[dir]',
	about:
		'Reads a rehearsal and every file it names, and says every problem at once, each with its place and how to mend it. Boots nothing and needs no privilege.',
	examples: [
		['.', 'the rehearsal.yaml of this folder'],
		['shop', 'a ready one, by name'],
	],
	options: yargs =>
		yargs.positional('dir', {
			type: 'string',
			default: '.',
			describe: 'a folder, a rehearsal.yaml, a folder of Kubernetes manifests, or a ready name',
		}),
	async run({dir}, io) {
		const loaded = await loadRehearsal(dir, loadOptions());
		if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io);
		for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
		io.out(`${printable(summary(loaded.value))}\n`);
		return exitCode.passed;
	},
});

/** One line: what was read, and that nothing is wrong with it. */
export function summary({name, topology, candidates, scenarios, inputs}: Rehearsal): string {
	const counts = [
		count(topology.workloads.length, 'workload'),
		count(topology.dependencies.length, 'dependency', 'dependencies'),
		`candidates ${candidates.map(candidate => candidate.name).join(', ')}`,
		`scenarios ${scenarios.map(scenario => scenario.name).join(', ') || 'none'}`,
	];
	return `${name}: ${counts.join(' · ')}\nno problem in ${count(inputs.length, 'file')}`;
}

const count = (many: number, one: string, more = `${one}s`): string => `${many} ${many === 1 ? one : more}`;
