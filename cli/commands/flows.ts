import type {PacketEnd} from '../../core/contracts/watch-event.ts';
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import {dependencyMap, type FlowVerdict, flowVerdicts, verdictOf} from '../../core/flows/dependency-map.ts';
import type {FlowRow} from '../../core/flows/flow-row.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {WordsError} from '../failure.ts';
import {type FlowsFormat, flowsFormats, renderFlows} from '../flows/formats.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {page} from '../lab/page.ts';
import {reportProblems} from '../problems.ts';

export const flows = defineCommand({
	name: 'flows',
	takes: '',
	several: true,
	about:
		'Who talks to whom on a lab since it came up or was reset: every connection that no probe and no attacker made, with the verdict, how often, the rule that decided and whether the topology declares it. What is denied is there too, and what a policy that only observes would deny.',
	examples: [
		['', 'a table by kinds, and what was never seen'],
		['--only deny --only would-deny', 'what is or would be denied'],
		['--from web.prod --workloads', 'each replica for itself'],
		['--format svg > flows.svg', 'a picture; dot is for Graphviz'],
		['--format csv > flows.csv', 'for firebreak import csv … --flows, and for firebreak learn'],
	],
	options: yargs =>
		withLab(yargs)
			.option('only', {choices: flowVerdicts, array: true, describe: 'only what was decided so'})
			.option('from', {type: 'string', array: true, describe: 'only from this kind, workload or address'})
			.option('to', {type: 'string', array: true, describe: 'only to this kind, workload or address'})
			.option('workloads', {
				type: 'boolean',
				default: false,
				describe: 'each workload for itself; else replicas are one',
			})
			.option('format', {choices: flowsFormats, default: 'text' as const, describe: 'what to print'}),
	run,
});

interface Options {
	readonly lab: string | undefined;
	readonly only: readonly FlowVerdict[] | undefined;
	readonly from: readonly string[] | undefined;
	readonly to: readonly string[] | undefined;
	readonly workloads: boolean;
	readonly format: FlowsFormat;
}

async function run({lab: asked, only, from, to, workloads, format}: Options, io: Io): Promise<ExitCode> {
	const chosen = await chooseLab(asked);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	const {rehearsal} = await lab.ask('describe', {});
	const seen = await lab.ask('flows', {});
	const ends = endsOf(rehearsal.topology, seen.rows);
	const problems = [...unknown('--from', from, ends), ...unknown('--to', to, ends)];
	if (problems.length > 0) return reportProblems(problems, io, 'done');
	const isOf = (end: PacketEnd, words: readonly string[] | undefined): boolean =>
		words === undefined || words.some(word => end.address === word || ends.get(end.workload ?? '')?.includes(word));
	const rows = seen.rows.filter(
		row => (only === undefined || only.includes(verdictOf(row))) && isOf(row.source, from) && isOf(row.destination, to),
	);
	const rendered = renderFlows(
		format,
		{
			lab: lab.name,
			rehearsal: rehearsal.name,
			seen: {...seen, rows},
			map: dependencyMap(rehearsal.topology, rows, workloads ? 'workloads' : 'kinds'),
			whole: only === undefined && from === undefined && to === undefined,
			now: Date.now(),
		},
		page(),
	);
	if (rendered === null)
		throw new WordsError('firebreak flows: a picture of so many ends shows nothing', '--format dot or csv, or --from');
	io.out(rendered);
	return exitCode.passed;
}

/** The words that mean a workload, by its name; an address that is nobody's means itself. */
function endsOf({workloads}: Topology, rows: readonly FlowRow[]): ReadonlyMap<string, readonly string[]> {
	const own = workloads.map(({name, kind, base, addresses}): readonly [string, readonly string[]] => [
		name,
		[name, kind, base, ...addresses.map(({address}) => address)],
	]);
	const others = rows
		.flatMap(({source, destination}) => [source, destination])
		.flatMap(({workload, address}) => (workload === null ? [[address, [address]] as const] : []));
	return new Map([...own, ...others]);
}

function unknown(
	option: string,
	words: readonly string[] | undefined,
	ends: ReadonlyMap<string, readonly string[]>,
): readonly Problem[] {
	const all = [...new Set([...ends.values()].flat())];
	return (words ?? [])
		.filter(word => !all.includes(word))
		.map(word => ({
			where: {file: option, line: 1, column: 1},
			what: `${plainWord(word)} is no kind, workload or address of this lab`,
			mend: didYouMean(word, all),
		}));
}
