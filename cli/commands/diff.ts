import {renderProblem} from '../../core/model/problem.ts';
import {defineCommand} from '../command.ts';
import {type Difference, differenceOf, hasChanged} from '../diff/difference.ts';
import {type DiffFormat, diffFormats, renderDiff} from '../diff/formats.ts';
import {loadSides} from '../diff/sides.ts';
import {comparisonOf} from '../diff/words.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {ansiPaint, noPaint} from '../report/paint.ts';
import {withProfiles} from '../subject-options.ts';

const failures = ['opened', 'closed', 'any'] as const;

export const diff = defineCommand({
	name: 'diff',
	takes: '[a] [b]',
	several: true,
	about:
		'Which flows open and which close from A to B, by the model: not what changed in the text, but what changes on the network, with the rule responsible before and after.',
	examples: [
		['zones segmented --in shop', 'two candidates of one rehearsal'],
		['segmented --in shop', 'what is in force today against a candidate'],
		['old/ new/', 'two folders: rehearsals or Kubernetes manifests'],
		['--git main', 'this folder as it is now against the same folder on main'],
		['--git main...feature manifests/ --format markdown', 'a pull request, as a comment for it'],
		['--git main --fail-on opened', 'exit 1 where any flow opens'],
	],
	options: yargs =>
		withProfiles(
			yargs
				.positional('a', {type: 'string', describe: 'a folder, or a candidate; with --git the folder'})
				.positional('b', {type: 'string', describe: 'what it is compared with'})
				.option('in', {type: 'string', describe: 'the rehearsal that the candidates A and B are of'})
				.option('git', {
					type: 'string',
					describe: 'compares with the folder at this revision, or at two: main..feature, or main...feature',
				})
				.option('candidate', {type: 'string', describe: 'which policy, where a folder has several'})
				.option('format', {choices: diffFormats, default: 'text' as const, describe: 'what to print'})
				.option('fail-on', {choices: failures, describe: 'exit 1 where any flow opened, closed, or either'}),
		),
	run: (options, io) => run({...options, failOn: options['fail-on']}, io),
});

interface Options {
	readonly a: string | undefined;
	readonly b: string | undefined;
	readonly in: string | undefined;
	readonly git: string | undefined;
	readonly candidate: string | undefined;
	readonly profile: readonly string[];
	readonly format: DiffFormat;
	readonly failOn: (typeof failures)[number] | undefined;
}

async function run({format, failOn, profile, ...words}: Options, io: Io): Promise<ExitCode> {
	const options = loadOptions([], null, profile);
	const comparison = await comparisonOf(words, options);
	const sides = await loadSides(comparison, options, io.interrupted);
	if (sides.kind === 'wrong') return reportProblems(sides.problems, io);
	const warnings = new Set(sides.warnings.map(renderProblem));
	for (const warning of warnings) io.err(`${printable(warning)}\n`);
	const difference = differenceOf(sides.value);
	io.out(renderDiff(format, difference, pageOf()));
	return fails(difference, failOn) ? exitCode.failed : exitCode.passed;
}

const fails = (difference: Difference, failOn: Options['failOn']): boolean =>
	(['opened', 'closed'] as const).some(kind => (failOn === 'any' || failOn === kind) && hasChanged(difference, kind));

const pageOf = () => ({
	width: Math.max(60, process.stdout.columns ?? 100),
	paint: process.stdout.isTTY && process.env.NO_COLOR === undefined ? ansiPaint : noPaint,
});
