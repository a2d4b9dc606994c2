import {type Problem, renderProblem} from '../../core/model/problem.ts';
import {connectionsOf} from '../../core/reach/connections.ts';
import type {PortSet} from '../../core/reach/port-set.ts';
import {loadSubject, type Subject} from '../../rehearsals/subject.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {WordsError} from '../failure.ts';
import type {Io} from '../io.ts';
import {loadOptions} from '../load-options.ts';
import {type MatrixFormat, matrixFormats, renderMatrix} from '../matrix/formats.ts';
import type {MatrixSubject} from '../matrix/matrix-subject.ts';
import {parseProbes} from '../matrix/probes.ts';
import {streamOut} from '../matrix/stream-out.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import type {Page} from '../report/lines.ts';
import {ansiPaint, noPaint} from '../report/paint.ts';
import {withSubject} from '../subject-options.ts';

export const matrix = defineCommand({
	name: 'matrix',
	takes: '[dir]',
	several: true,
	about:
		'Who may reach whom, by the model alone: every owner (replicas are one) against every other, with the ports that both ends allow.',
	examples: [
		['shop --candidate segmented', 'a table: a row a source, a column a destination'],
		['manifests/ --format connlist', 'a line a pair, as netpol-analyzer prints them'],
		["manifests/ --format connlist --probes 'TCP 80,81 UDP 53'", 'these ports alone, and every pair'],
		['shop --candidate zones --format svg > zones.svg', 'a picture for a page'],
	],
	options: yargs =>
		withSubject(
			yargs.positional('dir', {
				type: 'string',
				describe: 'the same as --in',
			}),
		)
			.option('format', {choices: matrixFormats, default: 'text' as const, describe: 'what to print'})
			.option('probes', {type: 'string', describe: "only these ports: 'TCP 80,81 UDP 53'"}),
	run: (options, io) => run(options, io),
});

interface Options {
	readonly dir: string | undefined;
	readonly in: string;
	readonly candidate: string | undefined;
	readonly profile: readonly string[];
	readonly format: MatrixFormat;
	readonly probes: string | undefined;
}

async function run({dir, format, candidate, probes: words, ...options}: Options, io: Io): Promise<ExitCode> {
	if (dir !== undefined && options.in !== '.' && options.in !== dir)
		throw new WordsError(`firebreak matrix: ${dir} and --in ${options.in} are two folders`, 'name one of them');
	const probes = words === undefined ? null : parseProbes(words);
	const loaded = await loadSubject(dir ?? options.in, candidate, loadOptions([], null, options.profile));
	const problems: readonly Problem[] = [
		...(probes?.kind === 'wrong' ? probes.problems : []),
		...(loaded.kind === 'wrong' ? loaded.problems : []),
	];
	if (loaded.kind === 'wrong' || probes?.kind === 'wrong') return reportProblems(problems, io);
	for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const assumed = format === 'connlist' ? assumedOf(loaded.value) : [];
	if (assumed.length > 0)
		io.err(`${printable(assumed.join(', '))}: assumed by the import, and left out of a connlist\n`);
	const rendered = renderMatrix(format, subjectOf(loaded.value, format, probes?.ports ?? null), pageOf());
	if (rendered.kind === 'wrong') throw new WordsError(`firebreak matrix: ${rendered.what}`, rendered.mend);
	await streamOut(rendered.pieces, io);
	return exitCode.passed;
}

const assumedOf = ({rehearsal: {topology}}: Subject): readonly string[] =>
	topology.workloads.filter(({assumed}) => assumed).map(({name}) => name);

/** A connlist is compared with what other tools make of the same manifests: what only the importer assumed is not in it. */
function subjectOf({rehearsal, candidate}: Subject, format: MatrixFormat, only: PortSet | null): MatrixSubject {
	const {name, placement, stack} = candidate;
	const assumed = format !== 'connlist';
	const connections = connectionsOf(rehearsal.topology, stack, {placement, assumed, ...(only === null ? {} : {only})});
	return {name: rehearsal.name, candidate: name, placement, probes: only, connections};
}

const pageOf = (): Page => ({
	width: Math.max(60, process.stdout.columns ?? 100),
	paint: process.stdout.isTTY && !process.env.NO_COLOR ? ansiPaint : noPaint,
});
