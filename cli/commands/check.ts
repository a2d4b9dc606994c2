import {relative, resolve} from 'node:path';
import type {Severity} from '../../core/lint/finding.ts';
import {type Parsed, renderProblem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {narrowed} from '../../rehearsals/select.ts';
import {type Fixing, fixFiles} from '../check/fix.ts';
import {type Gathered, gatherFindings} from '../check/gather.ts';
import {renderCheckJson} from '../check/json.ts';
import {countLines, findingLines, findingsCount, fixLines, idLines} from '../check/text.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {WordsError} from '../failure.ts';
import {textOrJson} from '../format-option.ts';
import type {Io} from '../io.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {ansiPaint, noPaint} from '../report/paint.ts';
import {withSubject} from '../subject-options.ts';

export const check = defineCommand({
	name: 'check',
	takes: '[dir]',
	several: true,
	about:
		'Reads a rehearsal and every file it names, and says every problem at once, each with its place and how to mend it. Then it looks at what the policies mean: rules that never count, needs that nothing allows, holes; each finding with a flow that shows it. Boots nothing and needs no privilege.',
	examples: [
		['.', 'the rehearsal.yaml of this folder, each of its candidates'],
		['shop --candidate zones', 'a ready one, by name; one candidate'],
		['manifests/ --fail-on warning', 'for a pipeline: ends with 1 where there are warnings'],
		['. --fix', 'takes out the rules that change no verdict'],
		['--ids', 'what each finding means'],
	],
	options: yargs =>
		withSubject(
			yargs.positional('dir', {
				type: 'string',
				describe: 'the same as --in',
			}),
		)
			.option('format', textOrJson)
			.option('fail-on', {
				choices: ['warning', 'note', 'never'] as const,
				default: 'never' as const,
				describe: 'ends with 1 where there are findings of this weight or more',
			})
			.option('fix', {
				type: 'boolean',
				default: false,
				describe: 'edits the files: rules that change no verdict of any topology are taken out',
			})
			.option('all', {type: 'boolean', default: false, describe: 'every finding, and not five of a kind in a file'})
			.option('ids', {type: 'boolean', default: false, describe: 'what each id means, and nothing else'}),
	run: (options, io) => run({...options, failOn: options['fail-on']}, io),
});

interface Options {
	readonly dir: string | undefined;
	readonly in: string;
	readonly candidate: string | undefined;
	readonly profile: readonly string[];
	readonly format: 'text' | 'json';
	readonly failOn: Severity | 'never';
	readonly fix: boolean;
	readonly all: boolean;
	readonly ids: boolean;
}

async function run(options: Options, io: Io): Promise<ExitCode> {
	const {dir, candidate, fix, failOn, format} = options;
	if (options.ids) {
		io.out(`${idLines(page()).join('\n')}\n`);
		return exitCode.passed;
	}
	if (dir !== undefined && options.in !== '.' && options.in !== dir)
		throw new WordsError(`firebreak check: ${dir} and --in ${options.in} are two folders`, 'name one of them');
	const subject = dir ?? options.in;
	const load = (): Promise<Parsed<Rehearsal>> => loadRehearsal(subject, loadOptions([], null, options.profile));
	const loaded = await load();
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io);
	const narrow = (whole: Rehearsal) => narrowed(whole, {candidate: candidate === undefined ? undefined : [candidate]});
	const asked = narrow(loaded.value);
	if (asked.kind === 'wrong') return reportProblems(asked.problems, io);
	if (fix) refuseFix(subject, loaded.value);
	for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const today = new Date().toISOString().slice(0, 10);
	const fixing: Fixing = fix
		? await fixFiles(loaded.value, today, load)
		: {fixed: [], left: [], rehearsal: loaded.value};
	const {rehearsal, fixed} = fixing;
	const candidates = rehearsal.candidates
		.slice(1)
		.filter(one => candidate === undefined || asked.value.candidates.some(({name}) => name === one.name));
	const findings = gatherFindings(rehearsal, candidates, today);
	const passed = !fails(findings, failOn);
	const names = candidates.map(({name}) => name);
	io.out(
		format === 'json'
			? renderCheckJson({rehearsal, candidates: names, findings, fixed, warnings: loaded.warnings, passed})
			: text(rehearsal, findings, fixing, options.all),
	);
	return passed ? exitCode.passed : exitCode.failed;
}

const fails = (findings: readonly Gathered[], failOn: Options['failOn']): boolean =>
	failOn !== 'never' && findings.some(({severity}) => failOn === 'note' || severity === 'warning');

/** What is not the user's own file is not edited. */
function refuseFix(subject: string, {folder, candidates}: Rehearsal): void {
	if (subject === '-')
		throw new WordsError('firebreak check: --fix edits files, and standard input is none', 'name the folder');
	if (candidates.length > 1 && candidates.every(({files}) => files.length === 0))
		throw new WordsError(
			`firebreak check: --fix edits policies, and ${subject} has none`,
			'firebreak import writes files to go on with',
		);
	const ready = loadOptions().catalog.rehearsals.some(catalog => !relative(resolve(catalog), folder).startsWith('..'));
	if (ready)
		throw new WordsError(
			`firebreak check: ${subject} is a ready rehearsal, and is not edited`,
			'copy it, and fix the copy',
		);
}

function text(rehearsal: Rehearsal, findings: readonly Gathered[], fixing: Fixing, all: boolean): string {
	const wrapAt = process.stdout.isTTY ? page().width : null;
	const end = printable(summary(rehearsal));
	const parts = [
		fixLines(fixing, all),
		findingLines(findings, page(), {all, wrapAt}),
		findings.length === 0 ? [end] : [`${end}, ${findingsCount(findings)}`, ...countLines(findings, page())],
	];
	return `${parts
		.filter(part => part.length > 0)
		.map(part => part.join('\n'))
		.join('\n\n')}\n`;
}

const page = () => ({
	width: Math.max(60, Math.min(process.stdout.columns ?? 100, 160)),
	paint: process.stdout.isTTY && !process.env.NO_COLOR ? ansiPaint : noPaint,
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
