import {execFileSync} from 'node:child_process';
import {release} from 'node:os';
import type {LabEvent} from '../../core/contracts/event.ts';
import type {StageStep} from '../../core/contracts/stage.ts';
import {type Flow, renderFlow} from '../../core/model/flow.ts';
import {type Problem, renderProblem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import type {Runtime} from '../../core/model/topology.ts';
import {isRootless} from '../../lab/client.ts';
import {prepareDocker} from '../../lab/docker-boot.ts';
import {chooseRuntime} from '../../rehearsals/choose-runtime.ts';
import {footholdProblems} from '../../rehearsals/footholds.ts';
import {type LabRangeOptions, startLabRange} from '../../rehearsals/lab-range.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {createModelRange} from '../../rehearsals/model-range.ts';
import type {Range} from '../../rehearsals/range.ts';
import {buildReport} from '../../rehearsals/report.ts';
import {runRehearsal} from '../../rehearsals/run.ts';
import {narrowed} from '../../rehearsals/select.ts';
import {askedIo, withAscii} from '../ascii-io.ts';
import {defineCommand} from '../command.ts';
import type {ExitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {startProgress} from '../progress.ts';
import {withRecord} from '../record/record-option.ts';
import {recordProblems} from '../record/record-place.ts';
import {recordRehearsal} from '../record/record-rehearsal.ts';
import {renderEvent, renderJson} from '../report/json.ts';
import {ansiPaint, noPaint} from '../report/paint.ts';
import {renderText} from '../report/text.ts';
import {withRehearsal, withRuntime} from '../subject-options.ts';
import {version} from '../version.ts';

export const rehearse = defineCommand({
	name: 'rehearse',
	takes: '[dir]',
	several: true,
	about:
		'Boots the topology in network namespaces (or containers), puts each candidate in force with nftables, lets the attacker loose in it with real packets, and says what was contained and what broke.',
	examples: [
		['shop', 'a ready rehearsal, by name'],
		['.', 'the rehearsal.yaml of this folder'],
		['manifests/ --scenario ransomware --foothold frontend', 'a folder of Kubernetes manifests as it is'],
		['shop --candidate segmented --format json', 'one candidate (and the control), for programs'],
		['. --runtime docker', 'each workload a container, with the images that it names (as root)'],
		['shop --record shop.ndjson', 'firebreak console shop.ndjson plays it again, on any machine'],
		['shop --model-only', 'where no lab can run: the model alone, and the report says so'],
	],
	options: yargs =>
		withAscii(withRecord(withRuntime(withRehearsal(yargs))))
			.option('foothold', {
				type: 'string',
				describe: 'where the attacker starts: a workload, instead of the scenario’s own',
			})
			.option('seed', {type: 'number', default: 1, describe: 'makes a run repeatable'})
			.option('model-only', {
				type: 'boolean',
				default: false,
				describe: 'no lab: verdicts of the model, nothing measured',
			})
			.option('format', {
				choices: ['text', 'json', 'ndjson'] as const,
				default: 'text' as const,
				describe: 'what to print',
			}),
	run: (options, io) => run({...options, modelOnly: options['model-only']}, askedIo(io, options)),
});

interface Options {
	readonly dir: string;
	readonly candidate: readonly string[] | undefined;
	readonly scenario: readonly string[] | undefined;
	readonly profile: readonly string[];
	readonly foothold: string | undefined;
	readonly seed: number;
	readonly modelOnly: boolean;
	readonly runtime: Runtime | undefined;
	readonly record: string | undefined;
	readonly format: 'text' | 'json' | 'ndjson';
}

async function run(options: Options, io: Io): Promise<ExitCode> {
	const {dir, seed, format, modelOnly} = options;
	const foothold = options.foothold ?? null;
	const loaded = await loadRehearsal(dir, loadOptions(options.scenario, foothold, options.profile));
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io);
	const chosen = narrowed(loaded.value, options);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io);
	// The model has no runtime, and starts nothing.
	const rehearsal = chooseRuntime(chosen.value, modelOnly ? 'netns' : options.runtime);
	if (rehearsal.kind === 'wrong') return reportProblems(rehearsal.problems, io);
	const {runtime, rehearsal: subject} = rehearsal.value;
	const problems = [...problemsOf(subject, foothold, seed), ...recordProblems(options.record)];
	if (problems.length > 0) return reportProblems(problems, io);
	const say = (text: string): void => io.err(`${printable(text)}\n`);
	for (const warning of [...loaded.warnings, ...(modelOnly ? [] : rehearsal.warnings)]) say(renderProblem(warning));
	const progress = startProgress(subject, format === 'text' ? io : null);
	let record = (_event: LabEvent): void => undefined;
	const tell = (event: LabEvent): void => {
		progress.tell(event);
		record(event);
		if (format === 'ndjson') io.out(renderEvent(event));
	};
	const now = (): number => performance.now();
	let silent: readonly string[] = [];
	try {
		const step = (told: StageStep): void => tell({kind: 'stage', ...told, atMs: now()});
		const {interrupted} = io;
		const docker = runtime === 'docker' ? await prepareDocker(subject.topology, {tell: step, interrupted}) : undefined;
		const onSilent = (flows: readonly Flow[]): void => {
			silent = flows.map(renderFlow);
		};
		await using range = await openRange(subject, options, {onEvent: tell, docker, onSilent});
		using recorder = recordRehearsal(subject, {path: options.record, measured: range.measured, say});
		record = recorder.tell;
		if (range.bootMs !== null) tell(bootedEvent(subject, range.bootMs));
		// What is under way then is not waited for: the lab goes, and the run hears of it.
		interrupted.addEventListener('abort', () => void range.close().catch(() => undefined), {once: true});
		const measured = await runRehearsal(subject, {
			seed,
			foothold,
			range,
			now,
			tell,
			interrupted,
		});
		const teardownMs = await range.close();
		if (teardownMs !== null) tell({kind: 'lab-gone', lab: '', teardownMs, atMs: now()});
		const {report, exitCode} = buildReport({
			rehearsal: subject,
			measured,
			by: range.measured,
			seed,
			revision: revisionOf(subject.folder),
			versions: {
				firebreak: version(),
				node: process.versions.node,
				kernel: release(),
				...(docker !== undefined && {docker: docker.version}),
			},
			bootMs: range.bootMs,
			teardownMs,
			now: new Date().toISOString(),
		});
		progress.end();
		if (format === 'json') io.out(renderJson(report));
		if (format === 'text') io.out(renderText(report, page()));
		return exitCode;
	} finally {
		progress.end();
		if (silent.length > 0) say(silentText(silent));
	}
}

/** What is not there cannot be measured, and is in the report as untestable. */
const silentText = ([first, ...others]: readonly string[]): string =>
	`no answer though no policy is in force: ${first}${others.length === 0 ? '' : ` and ${others.length} more`} (does the image listen there?)`;

/** What can only be known of rehearsal and options together. */
function problemsOf(rehearsal: Rehearsal, foothold: string | null, seed: number): readonly Problem[] {
	const where = {file: '--seed', line: 1, column: 1};
	return [
		...footholdProblems(rehearsal.topology, rehearsal.scenarios, foothold),
		...(Number.isSafeInteger(seed) && seed >= 0
			? []
			: [{where, what: `${Number.isNaN(seed) ? 'what stands there' : seed} is not a whole number`, mend: '0 or more'}]),
	];
}

/** Names nobody else's lab: it is gone with this process. */
const labName = Math.random().toString(36).slice(2, 8);

const bootedEvent = ({topology}: Rehearsal, bootMs: number): LabEvent => ({
	kind: 'lab-booted',
	lab: labName,
	workloads: topology.workloads.length,
	rootless: isRootless(),
	bootMs,
	atMs: performance.now(),
});

/** The lab, with a name of its own; the reason a machine cannot goes up as it is. */
async function openRange({topology}: Rehearsal, {seed, modelOnly}: Options, how: LabRangeOptions): Promise<Range> {
	if (modelOnly) return createModelRange(topology, seed, () => performance.now());
	return startLabRange(topology, seed, labName, how);
}

const page = () => ({
	width: Math.min(process.stdout.columns ?? 100, 160),
	paint: process.stdout.isTTY && !process.env.NO_COLOR ? ansiPaint : noPaint,
});

/** The commit of the folder that holds the rehearsal, or null where git knows of none. */
function revisionOf(folder: string): string | null {
	try {
		return execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD'], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}).trim();
	} catch {
		return null;
	}
}
