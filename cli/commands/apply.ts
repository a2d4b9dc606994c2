import {plainWord} from '../../core/files/plain-word.ts';
import {type Placement, placements} from '../../core/model/policy.ts';
import {type Problem, renderProblem} from '../../core/model/problem.ts';
import type {JoinedLab} from '../../lab/join.ts';
import {loadEnforced} from '../../rehearsals/enforced.ts';
import {placedName, rulesetsFor} from '../../rehearsals/rulesets.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {clock, parseDuration} from '../lab/moments.ts';
import {propagationText} from '../lab/propagation-text.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {renderValue} from '../report/json.ts';

export const apply = defineCommand({
	name: 'apply',
	takes: '[policies..]',
	several: true,
	about:
		'Puts a policy in force on a lab: a candidate of its rehearsal, or policy files that are in force together. On all workloads or on none. With --confirm-within, what was there before comes back unless you confirm in time.',
	examples: [
		['segmented', 'a candidate by name; flat is no policy at all'],
		['./new.policy.yaml --observe', 'a file that denies nothing: watch tells what it would have denied'],
		['segmented --placement fabric', 'at the workloads’ ports, out of their reach'],
		['segmented --confirm-within 30s', 'goes again by itself'],
		['--confirm', 'so that it stays'],
		['segmented --format json', 'with the time until each workload’s kernel had it: p50, p99, the slowest'],
	],
	options: yargs =>
		withLab(
			yargs.positional('policies', {
				type: 'string',
				array: true,
				default: [] as string[],
				describe: 'a candidate of the lab’s rehearsal, or policy files (written with a dot or a slash)',
			}),
		)
			.option('observe', {type: 'boolean', default: false, describe: 'denies nothing, and logs what it would deny'})
			.option('placement', {
				choices: placements,
				describe: 'where it is enforced; a candidate says so itself, a file is enforced at host',
			})
			.option('confirm-within', {type: 'string', describe: 'how long to wait for --confirm: 30s, 2m'})
			.option('confirm', {type: 'boolean', default: false, describe: 'keeps what waits for it'})
			.option('format', {choices: ['text', 'json'] as const, default: 'text' as const, describe: 'what to print'}),
	run: (options, io) => run({...options, confirmWithin: options['confirm-within']}, io),
});

interface Options {
	readonly policies: readonly string[];
	readonly lab: string | undefined;
	readonly observe: boolean;
	readonly placement?: Placement | undefined;
	readonly confirmWithin: string | undefined;
	readonly confirm: boolean;
	readonly format: 'text' | 'json';
}

async function run(options: Options, io: Io): Promise<ExitCode> {
	const confirmWithinMs = options.confirmWithin === undefined ? null : (parseDuration(options.confirmWithin) ?? 0);
	const problems = problemsOf(options, confirmWithinMs);
	if (problems.length > 0) return reportProblems(problems, io, 'done');
	const chosen = await chooseLab(options.lab);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	return await (options.confirm ? confirm(lab, options, io) : put(lab, options, confirmWithinMs, io));
}

async function confirm(lab: JoinedLab, {format}: Options, io: Io): Promise<ExitCode> {
	const {confirmed} = await lab.ask('confirm', {});
	if (format === 'json') io.out(renderValue({schema: 'firebreak/apply/v1', lab: lab.name, confirmed}));
	else
		io.out(
			confirmed === null
				? 'nothing waited for it: what is in force stays\n'
				: `${printable(confirmed)} stays in force on ${lab.name}\n`,
		);
	return exitCode.passed;
}

async function put(
	lab: JoinedLab,
	{policies, observe, placement: asked, format}: Options,
	confirmWithinMs: number | null,
	io: Io,
): Promise<ExitCode> {
	const {rehearsal, inForce: before} = await lab.ask('describe', {});
	const loaded = await loadEnforced(policies, rehearsal, asked);
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io, 'done');
	for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const {name, placement} = loaded.value;
	const stack = observe ? loaded.value.stack.map(one => ({...one, mode: 'observe' as const})) : loaded.value.stack;
	const {applyMs, propagation} = await lab.ask('apply', {
		rulesets: rulesetsFor(lab.name, rehearsal.topology, {name, stack, placement}),
		inForce: {name, stack, placement, observed: observe},
		...(confirmWithinMs === null ? {} : {confirmWithinMs}),
	});
	const back = confirmWithinMs === null ? null : {name: before.name, at: Date.now() + confirmWithinMs};
	if (format === 'json') {
		const said = {lab: lab.name, policy: name, placement, observed: observe, applyMs, propagation};
		const unless = back && {policy: back.name, at: new Date(back.at).toISOString()};
		io.out(renderValue({schema: 'firebreak/apply/v1', ...said, comesBack: unless}));
		return exitCode.passed;
	}
	const how = observe ? 'observes on' : 'is in force on';
	io.out(
		`${printable(placedName({name, placement}))} ${how} ${lab.name} (${Math.ceil(applyMs)} ms)\n  ${propagationText(propagation)}\n`,
	);
	if (back !== null)
		io.out(
			`${printable(back.name)} comes back at ${clock(back.at)} unless: firebreak apply --confirm --lab ${lab.name}\n`,
		);
	return exitCode.passed;
}

function problemsOf({policies, confirm: confirms, confirmWithin}: Options, ms: number | null): readonly Problem[] {
	const problem = (file: string, what: string, mend: string): Problem => ({
		where: {file, line: 1, column: 1},
		what,
		mend,
	});
	return [
		...(confirms && (policies.length > 0 || confirmWithin !== undefined)
			? [problem('--confirm', 'it confirms what is in force, and applies nothing', 'firebreak apply --confirm')]
			: []),
		...(!confirms && policies.length === 0
			? [problem('apply', 'no policy is named', 'a candidate of the lab’s rehearsal, or a policy file')]
			: []),
		...(ms !== null && (ms < 1 || ms > 86_400_000)
			? [problem('--confirm-within', `${plainWord(confirmWithin!)} is no time up to a day`, 'write it 30s, 2m or 1h')]
			: []),
	];
}
