import type {AttackRun} from '../../core/contracts/attack-run.ts';
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {goalsOf} from '../../rehearsals/goals-of.ts';
import {loadLabScenario} from '../../rehearsals/lab-scenario.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {actionText} from '../lab/event-text.ts';
import {page} from '../lab/page.ts';
import {seedProblems} from '../lab/seed-problems.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {recordLab} from '../record/record-lab.ts';
import {withRecord} from '../record/record-option.ts';
import {recordProblems} from '../record/record-place.ts';
import {safe} from '../report/json.ts';
import {listed, oneLine, padEnd, plural, wrap} from '../report/lines.ts';

export const attack = defineCommand({
	name: 'attack',
	takes: '<scenario>',
	about:
		'Lets the attacker of a scenario loose in a lab, under the policy that is in force there, and prints what it does while it does it. Ctrl-C ends the attack; the lab stays.',
	examples: [
		['ransomware', 'a scenario of the lab’s rehearsal or of the catalogue'],
		['./thief.scenario.yaml --foothold wiki.dev --seed 7', 'a file, from a workload of your choice'],
	],
	options: yargs =>
		withRecord(
			withLab(
				yargs.positional('scenario', {
					type: 'string',
					demandOption: true,
					describe: 'a name of the rehearsal or the catalogue, or a file (written with a dot or a slash)',
				}),
			),
		)
			.option('foothold', {type: 'string', describe: 'where the attacker starts, instead of the scenario’s own'})
			.option('seed', {type: 'number', default: 1, describe: 'makes an attack repeatable'})
			.option('format', {choices: ['text', 'json'] as const, default: 'text' as const, describe: 'what to print'}),
	run,
});

interface Options {
	readonly scenario: string;
	readonly lab: string | undefined;
	readonly foothold: string | undefined;
	readonly seed: number;
	readonly record: string | undefined;
	readonly format: 'text' | 'json';
}

async function run(options: Options, io: Io): Promise<ExitCode> {
	const {scenario: word, lab: asked, foothold, seed, record, format} = options;
	const problems = [...seedProblems(seed), ...recordProblems(record)];
	if (problems.length > 0) return reportProblems(problems, io, 'done');
	const {paint, width} = page();
	const see = (event: WatchEvent): void => {
		if (event.kind !== 'action' || format !== 'text') return;
		const {record} = event;
		const look = {success: 'bad', denied: 'good', failure: 'plain', nothing: 'dim'} as const;
		const time = `${(record.atMs / 1000).toFixed(3).padStart(8)}`;
		io.out(`${paint('dim', time)}  ${paint(look[record.result], padEnd(record.result, 7))}  ${actionText(record)}\n`);
	};
	const chosen = await chooseLab(asked, see);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	io.interrupted.addEventListener('abort', () => lab[Symbol.dispose](), {once: true});
	const {rehearsal, inForce} = await lab.ask('describe', {});
	const loaded = await loadLabScenario(word, rehearsal, foothold ?? null, loadOptions());
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io, 'done');
	for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const {scenario, footholds} = loaded.value;
	await using _recording = await recordLab(lab.name, record, text => io.err(`${printable(text)}\n`));
	const runs: AttackRun[] = [];
	for (const from of footholds) {
		const under = inForce.stack.length === 0 ? 'no policy' : oneLine(inForce.name);
		if (format === 'text')
			io.out(
				`${paint('title', `  ${oneLine(scenario.name)} from ${oneLine(from)}`)}, ${lab.name} under ${under}, seed ${seed}\n`,
			);
		const goals = goalsOf(rehearsal.topology, scenario);
		const run = await lab.ask('attack', {scenario, foothold: from, goals, seed});
		runs.push(run);
		if (format === 'text') io.out(`${wrap(endText(run), width).join('\n')}\n`);
	}
	if (format === 'json')
		io.out(
			`${safe(JSON.stringify({schema: 'firebreak/attacks/v1', lab: lab.name, inForce: inForce.name, scenario: scenario.name, runs}, null, '\t'))}\n`,
		);
	return exitCode.passed;
}

function endText({falls, timeline, ended, labSeconds}: AttackRun): string {
	const lost = falls.filter(({from}) => from !== null).map(({workload}) => oneLine(workload));
	const denied = timeline.filter(({result}) => result === 'denied').length;
	const how = {exhausted: 'nothing was left to try', goal: 'it has what it wanted', limit: 'a limit ended it'}[ended];
	const who = lost.length === 0 ? 'nobody else fell' : `${plural(lost.length, 'workload')} fell: ${listed(lost)}`;
	return `${who}. ${plural(timeline.length, 'action')}, ${denied} denied; ${how}${labSeconds === null ? '' : ` after ${labSeconds.toFixed(2)} s`}.`;
}
