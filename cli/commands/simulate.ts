import {release} from 'node:os';
import type {Problem} from '../../core/model/problem.ts';
import {renderProblem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {footholdProblems} from '../../rehearsals/footholds.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {narrowed} from '../../rehearsals/select.ts';
import {mostWormed} from '../../rehearsals/simulate/engine.ts';
import {everywhere} from '../../rehearsals/simulate/footholds.ts';
import {simulate as simulateRehearsal} from '../../rehearsals/simulate/simulate.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {withRecord} from '../record/record-option.ts';
import {recordProblems} from '../record/record-place.ts';
import {recordRehearsal} from '../record/record-rehearsal.ts';
import {ansiPaint, noPaint} from '../report/paint.ts';
import {renderSimulationJson, renderSimulationNdjson} from '../simulate/json.ts';
import {renderSimulation} from '../simulate/text.ts';
import {startWaiting} from '../simulate/waiting.ts';
import {withRehearsal} from '../subject-options.ts';
import {version} from '../version.ts';

export const simulate = defineCommand({
	name: 'simulate',
	takes: '[dir]',
	several: true,
	about:
		'Runs scenarios on the model alone, for any size and without Linux: no packet is sent. What each candidate loses and breaks; how far an attacker comes from every foothold; what if exploits often fail; and the fewest rules or workloads to change.',
	examples: [
		['shop', 'what `rehearse --model-only` says, with choke points and what each change saves'],
		['shop --foothold every', 'from every kind of workload: the worst, the median, who reaches a crown jewel'],
		['shop --exploit-probability 0.3 --runs 1000', 'each exploit works three times in ten'],
		['manifests/ --foothold every --format json', 'a folder of Kubernetes manifests, for programs'],
	],
	options: yargs =>
		withRecord(withRehearsal(yargs))
			.option('foothold', {
				type: 'string',
				describe: 'where the attacker starts: a workload instead of the scenario’s own, or every',
			})
			.option('exploit-probability', {
				type: 'number',
				describe: '0 to 1: how often an exploit works; draws many runs by the seed',
			})
			.option('runs', {type: 'number', describe: 'how many of them', defaultDescription: '1000'})
			.option('seed', {type: 'number', default: 1, describe: 'makes a run repeatable'})
			.option('format', {
				choices: ['text', 'json', 'ndjson'] as const,
				default: 'text' as const,
				describe: 'what to print; ndjson has a line a foothold',
			}),
	run: (options, io) => run({...options, probability: options['exploit-probability']}, io),
});

interface Options {
	readonly dir: string;
	readonly candidate: readonly string[] | undefined;
	readonly scenario: readonly string[] | undefined;
	readonly profile: readonly string[];
	readonly foothold: string | undefined;
	readonly probability: number | undefined;
	readonly runs: number | undefined;
	readonly seed: number;
	readonly record: string | undefined;
	readonly format: 'text' | 'json' | 'ndjson';
}

async function run(options: Options, io: Io): Promise<ExitCode> {
	const foothold = options.foothold ?? null;
	const numbers = numberProblems(options);
	if (numbers.length > 0) return reportProblems(numbers, io);
	const loaded = await loadRehearsal(options.dir, loadOptions(options.scenario, foothold, options.profile));
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io);
	const rehearsal = narrowed(loaded.value, options);
	if (rehearsal.kind === 'wrong') return reportProblems(rehearsal.problems, io);
	const problems = [
		...startProblems(rehearsal.value, foothold),
		...recordProblems(options.record),
		...tooManyToRecord(rehearsal.value, options.record),
	];
	if (problems.length > 0) return reportProblems(problems, io);
	for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const now = (): number => performance.now();
	const waiting = startWaiting(io, now);
	const say = (text: string): void => io.err(`${printable(text)}\n`);
	try {
		using recorder = recordRehearsal(rehearsal.value, {path: options.record, measured: 'model', say});
		const report = await simulateRehearsal(rehearsal.value, {
			seed: options.seed,
			foothold,
			probability: options.probability ?? null,
			runs: options.runs ?? defaultRuns,
			revision: null,
			versions: {firebreak: version(), node: process.versions.node, kernel: release()},
			pace: {now, interrupted: io.interrupted, watch: waiting.see},
			tell: recorder.tell,
		});
		waiting.end();
		io.out(
			options.format === 'json'
				? renderSimulationJson(report)
				: options.format === 'ndjson'
					? renderSimulationNdjson(report)
					: renderSimulation(report, page()),
		);
		return exitCode.passed;
	} finally {
		waiting.end();
	}
}

const defaultRuns = 1000;
const mostRuns = 1_000_000;

function numberProblems({seed, probability, runs}: Options): readonly Problem[] {
	const problem = (option: string, value: number, what: string, mend: string): Problem => ({
		where: {file: option, line: 1, column: 1},
		what: `${Number.isNaN(value) ? 'what stands there' : value} is not ${what}`,
		mend,
	});
	return [
		...(Number.isSafeInteger(seed) && seed >= 0 ? [] : [problem('--seed', seed, 'a whole number', '0 or more')]),
		...(probability === undefined || (probability >= 0 && probability <= 1)
			? []
			: [problem('--exploit-probability', probability, 'a probability', '0 to 1, such as 0.3')]),
		...(runs === undefined || (Number.isInteger(runs) && runs >= 1 && runs <= mostRuns)
			? []
			: [problem('--runs', runs, 'a number of runs', `1 to ${mostRuns}`)]),
		...(runs !== undefined && probability === undefined
			? [
					{
						where: {file: '--runs', line: 1, column: 1},
						what: 'without a probability every run is the same',
						mend: 'add --exploit-probability, such as 0.3',
					},
				]
			: []),
	];
}

/** Above that, attacks are computed without an attacker: there are no actions. */
const tooManyToRecord = ({topology}: Rehearsal, record: string | undefined): readonly Problem[] =>
	record === undefined || topology.workloads.length <= mostWormed
		? []
		: [
				{
					where: {file: '--record', line: 1, column: 1},
					what: `in ${topology.workloads.length} workloads no attacker is simulated action by action: above ${mostWormed} there is nothing to record`,
					mend: 'firebreak rehearse --model-only --record FILE',
				},
			];

/** A scenario without a foothold starts everywhere, and everywhere is never wrong. */
function startProblems({topology, scenarios}: Rehearsal, foothold: string | null): readonly Problem[] {
	if (foothold === everywhere) return [];
	const own = foothold === null ? scenarios.filter(scenario => scenario.foothold !== null) : scenarios;
	return footholdProblems(topology, own, foothold);
}

const page = () => ({
	width: Math.min(process.stdout.columns ?? 100, 160),
	paint: process.stdout.isTTY && !process.env.NO_COLOR ? ansiPaint : noPaint,
});
