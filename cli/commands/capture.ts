import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import type {JoinedLab} from '../../lab/join.ts';
import {mostTaps} from '../../lab/start-tap.ts';
import {type CaptureFile, openCaptureFile} from '../capture/capture-file.ts';
import {captureHead} from '../capture/capture-head.ts';
import {type Captured, runCapture} from '../capture/run-capture.ts';
import {summaryOf} from '../capture/summary.ts';
import {textSink} from '../capture/text-sink.ts';
import {createVerdicts, type Verdicts} from '../capture/verdicts.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {WordsError} from '../failure.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {noWorkload, workloadsCalled} from '../lab/choose-workload.ts';
import {parseDuration} from '../lab/moments.ts';
import {page} from '../lab/page.ts';
import {reportProblems} from '../problems.ts';

/** What tcpdump keeps of a packet unless it is told. */
const wholePacket = 262_144;

export const capture = defineCommand({
	name: 'capture',
	takes: '[workloads..]',
	several: true,
	about:
		'Captures packets of workloads while they pass, as text or into a file for Wireshark and tcpdump (pcapng), until Ctrl-C, which ends it with 0. It stands at a workload’s link: what its rules deny on the way in is there, what they deny on the way out is not. Beside a packet of a command stands the rule that allowed or denied it.',
	examples: [
		['web-1.prod db.prod', 'a line a packet'],
		['web.prod db.prod -w shop.pcapng', 'a file in which each workload is an interface; all replicas of web'],
		['db.prod -w - | tcpdump -nr -', 'for another program'],
		['--all --for 10s --snaplen 128 -w all.pcapng', 'every workload, and the heads of packets alone'],
	],
	options: yargs =>
		withLab(
			yargs.positional('workloads', {
				type: 'string',
				array: true,
				default: [] as string[],
				describe: 'names of workloads; a kind is all of its replicas',
			}),
		)
			.option('write', {type: 'string', alias: 'w', describe: 'a file, or - for stdout; otherwise lines of text'})
			.option('force', {type: 'boolean', default: false, describe: 'overwrites the file'})
			.option('all', {type: 'boolean', default: false, describe: 'every workload of the lab'})
			.option('for', {type: 'string', describe: 'ends after so long: 10s, 2m'})
			.option('count', {type: 'number', describe: 'ends after so many packets'})
			.option('snaplen', {type: 'number', default: wholePacket, describe: 'keeps at most so many bytes of a packet'}),
	run,
});

interface Options {
	readonly workloads: readonly string[];
	readonly lab: string | undefined;
	readonly write: string | undefined;
	readonly force: boolean;
	readonly all: boolean;
	readonly for: string | undefined;
	readonly count: number | undefined;
	readonly snaplen: number;
}

async function run(options: Options, io: Io): Promise<ExitCode> {
	const {write: path, snaplen} = options;
	const problems = problemsOf(options);
	if (problems.length > 0) return reportProblems(problems, io, 'done');
	if (path === '-' && process.stdout.isTTY)
		throw new WordsError('-w - writes bytes that are not for a terminal', 'pipe it: … -w - | tcpdump -nr -');
	const verdicts = createVerdicts();
	let hear = (_: WatchEvent): void => undefined;
	const chosen = await chooseLab(options.lab, event => hear(event));
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	const {rehearsal, inForce} = await lab.ask('describe', {});
	const taps = tapsOf(options, rehearsal.topology);
	if (taps.problems.length > 0) return reportProblems(taps.problems, io, 'done');
	hear = await verdictsOf(lab, verdicts);
	const {names} = taps;
	const head = captureHead({lab: lab.name, rehearsal, inForce, taps: names, snaplen});
	let file: CaptureFile | undefined;
	let captured: Captured | undefined;
	try {
		captured = await runCapture(
			{
				...{lab, taps: names, snaplen, verdicts},
				count: options.count ?? Number.POSITIVE_INFINITY,
				forMs: options.for === undefined ? null : (parseDuration(options.for) ?? null),
				async open() {
					if (path !== undefined) file = await openCaptureFile(path, options.force ? 'force' : 'never', head);
					io.err(readyText(names, lab.name, path));
					return file ?? textSink(names, rehearsal.topology, page(), io);
				},
			},
			io,
		);
	} finally {
		await file?.end(captured?.statistics ?? []);
	}
	io.err(summaryOf(captured, {lab: lab.name, taps: names, path: file && path, bytes: file?.bytes ?? 0}));
	return captured.ended === 'asked' ? exitCode.passed : exitCode.cannot;
}

const readyText = (names: readonly string[], lab: string, path: string | undefined): string => {
	const whose = names.length > 3 ? `${names.length} workloads` : names.join(', ');
	const into = path === undefined ? '' : path === '-' ? ' to stdout' : ` into ${plainWord(path)}`;
	return `capturing ${whose} of ${lab}${into}; Ctrl-C ends it\n`;
};

/** What rules say from now on; gives back who hears the lab's events. */
async function verdictsOf(lab: JoinedLab, verdicts: Verdicts): Promise<(event: WatchEvent) => void> {
	const {startedAt} = await lab.ask('status', {});
	const learnRules = async (): Promise<void> => {
		verdicts.rules = ruleById((await lab.ask('describe', {})).inForce.stack);
	};
	await learnRules();
	await lab.ask('watch', {});
	return event => {
		if (event.kind === 'packet') verdicts.hear(event, startedAt + event.atMs);
		else if (event.kind === 'policy-applied') learnRules().catch(() => undefined);
	};
}

const problem = (file: string, what: string, mend: string): Problem => ({
	where: {file, line: 1, column: 1},
	what,
	mend,
});

function problemsOf({workloads, all, for: time, count, snaplen, write: path, force}: Options): readonly Problem[] {
	const whole = (value: number): boolean => Number.isInteger(value) && value > 0;
	const timeMs = time === undefined ? 1 : parseDuration(time);
	return [
		...(workloads.length === 0 && !all ? [problem('capture', 'no workload is named', 'name some, or --all')] : []),
		...(workloads.length > 0 && all
			? [problem('--all', 'it is every workload, and some are named', 'one or the other')]
			: []),
		...(timeMs === undefined || timeMs < 1 || timeMs > 86_400_000
			? [problem('--for', `${plainWord(time!)} is no time up to a day`, 'write it 10s, 2m or 1h')]
			: []),
		...(count !== undefined && !whole(count)
			? [problem('--count', 'it is not a whole number from 1', '--count 100')]
			: []),
		...(!whole(snaplen) ? [problem('--snaplen', 'it is not a whole number from 1', '--snaplen 128')] : []),
		...(path === '' ? [problem('-w', 'no file is named', '-w shop.pcapng, or -w - for stdout')] : []),
		...(force && (path === undefined || path === '-')
			? [problem('--force', 'there is no file to overwrite', '-w shop.pcapng')]
			: []),
	];
}

/** Each workload once, in the order in which they were named. */
function tapsOf(
	{workloads, all}: Options,
	topology: Topology,
): {readonly names: readonly string[]; readonly problems: readonly Problem[]} {
	const called = workloads.map(asked => ({asked, names: workloadsCalled(asked, topology)}));
	const unknown = called
		.filter(({names}) => names.length === 0)
		.map(({asked}) => noWorkload(asked, topology, 'capture'));
	const names = all ? topology.workloads.map(({name}) => name) : [...new Set(called.flatMap(({names: some}) => some))];
	const many =
		names.length > mostTaps
			? [problem('capture', `${names.length} workloads are more than ${mostTaps}`, 'capture fewer at once')]
			: [];
	return {names, problems: [...unknown, ...many]};
}
