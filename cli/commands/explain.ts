import {answer} from '../../core/explain/answer.ts';
import {parseQuestion} from '../../core/explain/question.ts';
import {type Parsed, renderProblem} from '../../core/model/problem.ts';
import type {Candidate, Rehearsal} from '../../core/model/rehearsal.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import type {LoadOptions} from '../../rehearsals/load-options.ts';
import {loadSubject} from '../../rehearsals/subject.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {renderExplanationJson} from '../explain/json.ts';
import {type Explained, renderExplanation} from '../explain/text.ts';
import {WordsError} from '../failure.ts';
import {textOrJson} from '../format-option.ts';
import type {Io} from '../io.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {ansiPaint, noPaint} from '../report/paint.ts';
import {withSubject} from '../subject-options.ts';

export const explain = defineCommand({
	name: 'explain',
	takes: '<src> [dst] [port]',
	several: true,
	about:
		'Says why the model allows or denies a flow: every rule that was asked at both ends, why each matched or did not, and the smallest change that would flip it. Ends with 0 whatever the verdict.',
	examples: [
		['wiki.dev db.prod 5432 --in shop', 'under each candidate of shop, a line each'],
		['wiki.dev db.prod 5432 --in shop --candidate segmented', 'the whole chain, and what would change it'],
		["'web.prod -> api.prod:http' --in shop --candidate zones", 'a flow as reports print it'],
		["tier=web '{tier: db, env: prod}' postgres --in shop --candidate zones", 'label selectors: each answer once'],
		['frontend 203.0.113.7 443 --in manifests/', 'an address beyond the topology'],
	],
	options: yargs =>
		withSubject(
			yargs
				.positional('src', {
					type: 'string',
					demandOption: true,
					describe: 'a workload, an address or range, labels (tier=web,env=prod); or the whole flow as one word',
				})
				.positional('dst', {type: 'string', describe: 'the same; or with its port, db.prod:5432'})
				.positional('port', {
					type: 'string',
					describe: '5432, 53/udp, icmp, or a service of the destination; left out: each of its services',
				}),
		)
			.option('all', {
				type: 'boolean',
				default: false,
				describe: 'every rule and policy, and not only those that matter',
			})
			.option('format', textOrJson),
	run: (options, io) => run(options, io),
});

interface Options {
	readonly src: string;
	readonly dst: string | undefined;
	readonly port: string | undefined;
	readonly in: string;
	readonly candidate: string | undefined;
	readonly profile: readonly string[];
	readonly all: boolean;
	readonly format: 'text' | 'json';
}

async function run({src, dst, port, candidate, all, format, ...options}: Options, io: Io): Promise<ExitCode> {
	// One word alone is a whole flow; without its arrow nothing else has to be read to know what is missing.
	if (dst === undefined && !/->|→|▸/.test(src))
		throw new WordsError(`firebreak explain: from ${src} to whom?`, 'firebreak explain SRC DST PORT --in DIR');
	const loaded = await load(options.in, candidate, loadOptions([], null, options.profile));
	if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io, 'explained');
	for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const {topology, candidates} = loaded.value;
	const question = parseQuestion(
		[src, ...(dst === undefined ? [] : [dst]), ...(port === undefined ? [] : [port])],
		topology,
	);
	if (question.kind === 'wrong') return reportProblems(question.problems, io, 'explained');
	const explained: Explained[] = [];
	for (const one of candidates) {
		const answered = answer({topology, stack: one.stack}, question.value, one.placement);
		if (answered.kind === 'wrong') return reportProblems(answered.problems, io, 'explained');
		explained.push({candidate: one, answer: answered.value});
	}
	io.out(
		format === 'json'
			? renderExplanationJson(topology, explained)
			: renderExplanation(topology, explained, {all, page: page()}),
	);
	return exitCode.passed;
}

interface Loaded extends Pick<Rehearsal, 'topology'> {
	readonly candidates: readonly Candidate[];
}

/** The candidate that is named; else all but the control, and the control where it is alone. */
async function load(
	folderOrFile: string,
	candidate: string | undefined,
	options: LoadOptions,
): Promise<Parsed<Loaded>> {
	if (candidate !== undefined) {
		const subject = await loadSubject(folderOrFile, candidate, options);
		if (subject.kind === 'wrong') return subject;
		const {rehearsal, candidate: chosen} = subject.value;
		return {...subject, value: {topology: rehearsal.topology, candidates: [chosen]}};
	}
	const loaded = await loadRehearsal(folderOrFile, options);
	if (loaded.kind === 'wrong') return loaded;
	const {topology, candidates} = loaded.value;
	return {...loaded, value: {topology, candidates: candidates.length > 1 ? candidates.slice(1) : candidates}};
}

const page = () => ({
	width: Math.max(60, Math.min(process.stdout.columns ?? 100, 160)),
	paint: process.stdout.isTTY && !process.env.NO_COLOR ? ansiPaint : noPaint,
});
