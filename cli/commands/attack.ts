import type {AttackRun} from '../../core/contracts/attack-run.ts';
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {type Problem, renderProblem} from '../../core/model/problem.ts';
import {expectedActions} from '../../rehearsals/expected-actions.ts';
import {goalsOf} from '../../rehearsals/goals-of.ts';
import {loadLabScenario} from '../../rehearsals/lab-scenario.ts';
import {askedIo, withAscii} from '../ascii-io.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {textOrJson} from '../format-option.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {actionStyles, actionText} from '../lab/event-text.ts';
import {page} from '../lab/page.ts';
import {seedProblems} from '../lab/seed-problems.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {type Progress, startProgress} from '../progress.ts';
import {recordLab} from '../record/record-lab.ts';
import {withRecord} from '../record/record-option.ts';
import {recordProblems} from '../record/record-place.ts';
import {safe} from '../report/json.ts';
import {listed, oneLine, padEnd, plural, wrap} from '../report/lines.ts';

export const attack = defineCommand({
	name: 'attack',
	takes: '[scenario]',
	about:
		'Lets the attacker of a scenario loose in a lab, under the policy that is in force there, and prints what it does while it does it. Ctrl-C ends the attack; the lab stays.',
	examples: [
		['ransomware', 'a scenario of the lab’s rehearsal or of the catalogue'],
		['shop --suite evasion --candidate segmented', 'every technique that tries to get round a policy, one by one'],
		['./thief.scenario.yaml --foothold wiki.dev --seed 7', 'a file, from a workload of your choice'],
	],
	options: yargs =>
		withRecord(
			withLab(
				withAscii(yargs).positional('scenario', {
					type: 'string',
					describe:
						'a name of the rehearsal or the catalogue, or a file (written with a dot or a slash); of a suite: the rehearsal to run it in',
				}),
			),
		)
			.option('suite', {
				choices: ['evasion'] as const,
				describe: 'many techniques against one candidate, each by itself',
			})
			.option('candidate', {type: 'string', describe: 'of a suite: the candidate to put in force'})
			.option('foothold', {type: 'string', describe: 'where the attacker starts, instead of the scenario’s own'})
			.option('seed', {type: 'number', default: 1, describe: 'makes an attack repeatable'})
			.option('format', textOrJson),
	run: (options, io) => run(options, askedIo(io, options)),
});

interface Options {
	readonly scenario: string | undefined;
	readonly suite: 'evasion' | undefined;
	readonly candidate: string | undefined;
	readonly lab: string | undefined;
	readonly foothold: string | undefined;
	readonly seed: number;
	readonly record: string | undefined;
	readonly format: 'text' | 'json';
}

async function run(options: Options, io: Io): Promise<ExitCode> {
	const {scenario: word, lab: asked, foothold, seed, record, format} = options;
	const problems = [...seedProblems(seed), ...recordProblems(record), ...wordProblems(options)];
	if (problems.length > 0) return reportProblems(problems, io, 'done');
	if (options.suite !== undefined) {
		const {runEvasion} = await import('../evasion/run-evasion.ts');
		return runEvasion({...options, rehearsal: word}, io);
	}
	const {paint, width} = page();
	let progress: Progress | undefined;
	const see = (event: WatchEvent): void => {
		if (event.kind === 'stage') progress?.tell(event);
		if (event.kind !== 'action') return;
		progress?.tell(event);
		const {record} = event;
		const time = `${(record.atMs / 1000).toFixed(3).padStart(8)}`;
		progress?.print(
			`${paint('dim', time)}  ${paint(actionStyles[record.result], padEnd(record.result, 7))}  ${actionText(record)}\n`,
		);
	};
	const chosen = await chooseLab(asked, see);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	io.interrupted.addEventListener('abort', () => lab[Symbol.dispose](), {once: true});
	const {rehearsal, inForce} = await lab.ask('describe', {});
	const loaded = await loadLabScenario(word!, rehearsal, foothold ?? null, loadOptions());
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io, 'done');
	for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const {scenario, footholds} = loaded.value;
	await using _recording = await recordLab(lab.name, record, text => io.err(`${printable(text)}\n`));
	const runs: AttackRun[] = [];
	progress = format === 'text' ? startProgress(rehearsal, io, {purpose: 'attack'}) : undefined;
	using _given = {[Symbol.dispose]: () => void progress?.end()};
	for (const [at, from] of footholds.entries()) {
		const under = inForce.stack.length === 0 ? 'no policy' : oneLine(inForce.name);
		progress?.print(
			`${paint('title', `  ${oneLine(scenario.name)} from ${oneLine(from)}`)}, ${lab.name} under ${under}, seed ${seed}\n`,
		);
		const goals = goalsOf(rehearsal.topology, scenario);
		const about = {candidate: inForce.name, scenario: scenario.name, foothold: from};
		const attacker = {scenario, foothold: from, seed};
		const turn = {number: at + 1, of: footholds.length};
		const expected = progress?.draws ? await expectedActions(rehearsal.topology, inForce, attacker) : null;
		progress?.tell({kind: 'attack-started', ...about, turn, expectedActions: expected, atMs: performance.now()});
		const evidence = format === 'json' ? 'answered' : 'told';
		const run = await lab.ask('attack', {...attacker, goals, evidence});
		progress?.tell({kind: 'attack-ended', ...about, ended: run.ended, atMs: performance.now()});
		runs.push(run);
		progress?.print(`${wrap(endText(run), width).join('\n')}\n`);
	}
	if (format === 'json')
		io.out(
			`${safe(JSON.stringify({schema: 'firebreak/attacks/v1', lab: lab.name, inForce: inForce.name, scenario: scenario.name, runs}, null, '\t'))}\n`,
		);
	return exitCode.passed;
}

/** What can only be known of the words together. */
function wordProblems({scenario, suite, candidate, record, lab}: Options): readonly Problem[] {
	const problem = (file: string, what: string, mend: string): Problem => ({
		where: {file, line: 1, column: 1},
		what,
		mend,
	});
	if (suite === undefined)
		return [
			...(scenario === undefined
				? [problem('attack', 'no scenario is named', 'such as: firebreak attack ransomware')]
				: []),
			...(candidate === undefined
				? []
				: [problem('--candidate', 'an attack is under what is in force', 'firebreak apply NAME, or --suite evasion')]),
		];
	return [
		...(record === undefined ? [] : [problem('--record', 'a suite is not recorded', 'leave it out')]),
		...(scenario === undefined || lab === undefined
			? []
			: [problem('--lab', 'a suite is run in a lab or in a rehearsal', 'name one of them')]),
	];
}

function endText({falls, timeline, ended, labSeconds}: AttackRun): string {
	const lost = falls.filter(({from}) => from !== null).map(({workload}) => oneLine(workload));
	const denied = timeline.filter(({result}) => result === 'denied').length;
	const how = {exhausted: 'nothing was left to try', goal: 'it has what it wanted', limit: 'a limit ended it'}[ended];
	const who = lost.length === 0 ? 'nobody else fell' : `${plural(lost.length, 'workload')} fell: ${listed(lost)}`;
	return `${who}. ${plural(timeline.length, 'action')}, ${denied} denied; ${how}${labSeconds === null ? '' : ` after ${labSeconds.toFixed(2)} s`}.`;
}
