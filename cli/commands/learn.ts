import {existsSync} from 'node:fs';
import {basename, dirname, resolve} from 'node:path';
import {policyFromNeeds} from '../../core/learn/policy-from-needs.ts';
import {type Parsed, renderProblem} from '../../core/model/problem.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {WordsError} from '../failure.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {noteText} from '../lab/note-text.ts';
import {fromFiles} from '../learn/from-files.ts';
import {fromLab} from '../learn/from-lab.ts';
import {kubernetesText} from '../learn/kubernetes-text.ts';
import type {LearnSource} from '../learn/learn-source.ts';
import {logPolicies} from '../learn/log-policies.ts';
import {nativeText} from '../learn/native-text.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {plural} from '../report/lines.ts';
import {writeNew} from '../write-new.ts';

export const learn = defineCommand({
	name: 'learn',
	takes: '',
	about:
		'Writes the least policy that allows the traffic that was seen, by labels: on a lab (what flows shows), or in flow logs with a topology beside them (--in, --flows). In the head of the file stands what it allows beyond that, what was denied, and what was never seen. What was denied, and what probes and attackers did, is not learned.',
	examples: [
		['', 'from the lab that is up, to standard output'],
		['--out learned.policy.yaml', 'a file: then firebreak apply ./learned.policy.yaml'],
		['--with-declared', 'allows the topology’s dependencies too, used or not'],
		['--format k8s', 'NetworkPolicies'],
		['--in shop --flows flows.csv', 'from logs and a topology, without a lab'],
		['--flows events.jsonl --format k8s', 'from a log whose flows name pods by their labels'],
	],
	options: yargs =>
		withLab(yargs)
			.option('out', {type: 'string', describe: 'the file to write; nothing that is there is overwritten'})
			.option('with-declared', {
				type: 'boolean',
				default: false,
				describe: 'allow what the topology declares, seen or not',
			})
			.option('format', {choices: ['native', 'k8s'] as const, default: 'native' as const, describe: 'what to write'})
			.option('in', {type: 'string', describe: 'a topology in files, instead of a lab: a folder or a ready name'})
			.option('flows', {
				type: 'string',
				array: true,
				default: [] as string[],
				describe:
					'flows that were seen, instead of a lab: CSV, Hubble’s or Antrea’s JSON lines, an AWS VPC flow log, Inspektor Gadget’s events',
			})
			.option('columns', {
				type: 'string',
				array: true,
				default: [] as string[],
				describe: 'columns of a CSV file whose headings are not known: port=Dst',
			})
			.option('isolate', {
				choices: ['both', 'seen'] as const,
				describe:
					'without a topology: the directions in which pods are isolated, both or those of which something was seen (left out: as the tool of the log does it, which is seen for Antrea’s records)',
			}),
	run: (options, io) => run({...options, folder: options.in, withDeclared: options['with-declared']}, io),
});

interface Options {
	readonly lab: string | undefined;
	readonly out: string | undefined;
	readonly withDeclared: boolean;
	readonly format: 'native' | 'k8s';
	readonly folder: string | undefined;
	readonly flows: readonly string[];
	readonly columns: readonly string[];
	readonly isolate: 'both' | 'seen' | undefined;
}

async function run(options: Options, io: Io): Promise<ExitCode> {
	refuseMixed(options);
	const {folder, flows, columns, isolate, format, out, withDeclared} = options;
	if (folder === undefined && flows.length > 0) {
		const policies = await logPolicies({flows, columns, isolate});
		return policies.kind === 'wrong' ? reportProblems(policies.problems, io, 'written') : put(policies, out, io);
	}
	const source = folder === undefined ? await ofLab(options.lab) : await fromFiles(folder, flows, columns);
	if (source.kind === 'wrong') return reportProblems(source.problems, io, 'written');
	for (const warning of source.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const {topology, needs, head, incomplete} = source.value;
	const name = out === undefined ? 'learned' : policyName(out);
	const learned = policyFromNeeds({topology, needs, withDeclared, name});
	if (learned.needs.length === 0)
		io.err(
			noteText(
				'nothing was seen that a rule could allow: this policy denies everything (firebreak traffic has the business talk, firebreak exec WORKLOAD -- CMD a program)',
			),
		);
	if (incomplete)
		io.err(noteText('logs were lost: what was seen is not everything, and the policy may deny what is needed'));
	if (learned.unexercised.length > 0 && !withDeclared)
		io.err(
			noteText(
				`${plural(learned.unexercised.length, 'dependency', 'dependencies')} of the topology ${learned.unexercised.length === 1 ? 'was' : 'were'} not seen and ${learned.unexercised.length === 1 ? 'is' : 'are'} not allowed: the head names them; --with-declared allows them`,
			),
		);
	const text =
		format === 'native'
			? ({kind: 'ok', value: nativeText(learned, head), warnings: []} satisfies Parsed<string>)
			: kubernetesText(topology, learned.needs, [...head, ...learned.declared]);
	return text.kind === 'wrong' ? reportProblems(text.problems, io, 'written') : put(text, out, io);
}

/** @throws WordsError for words that do not go together */
function refuseMixed({lab, folder, flows, columns, isolate, format, withDeclared}: Options): void {
	const refuse = (what: string, mend: string): never => {
		throw new WordsError(`firebreak learn: ${what}`, mend);
	};
	if (lab !== undefined && (folder !== undefined || flows.length > 0))
		refuse('a lab has its own topology and its own flows', 'leave --lab out, or --in and --flows');
	if (folder !== undefined && flows.length === 0) refuse(`nothing was seen of ${folder}`, 'name a log: --flows FILE');
	if (folder === undefined && flows.length > 0 && format === 'native')
		refuse('a policy by labels needs a topology that has them', 'name one: --in DIR; or write --format k8s');
	if (folder === undefined && flows.length > 0 && withDeclared)
		refuse('without a topology nothing is declared', 'name one: --in DIR');
	if (isolate !== undefined && (folder !== undefined || flows.length === 0))
		refuse('with a topology every workload is isolated in both directions', 'leave --isolate out');
	if (columns.length > 0 && flows.length === 0) refuse('--columns are those of a log', 'name it: --flows FILE');
}

async function ofLab(asked: string | undefined): Promise<Parsed<LearnSource>> {
	const chosen = await chooseLab(asked);
	if (chosen.kind === 'wrong') return chosen;
	using lab = chosen.value;
	const {rehearsal} = await lab.ask('describe', {});
	const seen = await lab.ask('flows', {});
	return {kind: 'ok', value: fromLab(lab.name, rehearsal.topology, seen, Date.now()), warnings: []};
}

/** `learned` of `./out/learned.policy.yaml`; what is no name of a policy is `learned`. */
function policyName(file: string): string {
	const name = basename(file).replace(/(\.policy)?\.ya?ml$/, '');
	return /^[a-z][a-z0-9-]{0,40}$/.test(name) ? name : 'learned';
}

function put(text: {readonly value: string}, out: string | undefined, io: Io): ExitCode {
	if (out === undefined) io.out(text.value);
	else {
		const file = resolve(out);
		if (existsSync(file))
			throw new WordsError(`firebreak learn: ${out} is there already: nothing was written`, 'name another file');
		writeNew(dirname(file), [{path: basename(file), text: text.value}], 'firebreak learn --out another.policy.yaml');
		io.out(`  ${printable(out)}\n`);
	}
	return exitCode.passed;
}
