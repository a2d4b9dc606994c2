import {setTimeout as wait} from 'node:timers/promises';
import type {Problem} from '../../core/model/problem.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import type {JoinedLab} from '../../lab/join.ts';
import {type BusinessFlow, businessFlows} from '../../rehearsals/business-flows.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {textOrJson} from '../format-option.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {parseDuration} from '../lab/moments.ts';
import {noteText} from '../lab/note-text.ts';
import {page} from '../lab/page.ts';
import {createTalk, type Talk, talkJson, talkText} from '../lab/traffic-text.ts';
import {reportProblems} from '../problems.ts';

export const traffic = defineCommand({
	name: 'traffic',
	takes: '',
	about:
		'Has the business of a lab talk: every dependency of its topology, between all replicas and in both families, as real connections with the protocol of the service (an http request, a login with the password that the workload holds, a name asked for). They count as traffic and not as probes: flows and learn see them. Programs of your own (exec, or run: in the topology) are seen just the same. Ends with 1 where a connection failed, and says by which rule.',
	examples: [
		['', 'every dependency once'],
		['--for 30s', 'again and again for half a minute'],
		['--for 5m --rate 20', 'twenty connections a second'],
	],
	options: yargs =>
		withLab(yargs)
			.option('for', {type: 'string', describe: 'how long: 30s, 5m; else each dependency once'})
			.option('rate', {type: 'number', describe: 'connections a second at most; else as fast as they are answered'})
			.option('format', textOrJson),
	run: (options, io) => run({...options, forTime: options.for}, io),
});

interface Options {
	readonly lab: string | undefined;
	readonly forTime: string | undefined;
	readonly rate: number | undefined;
	readonly format: 'text' | 'json';
}

/** How long a connection may stay without evidence. */
const timeoutMs = 1000;
/** So many are asked for at once, and at least so many parts has a second. */
const largestBatch = 500;
const batchesEachSecond = 5;

async function run({lab: asked, forTime, rate, format}: Options, io: Io): Promise<ExitCode> {
	const forMs = forTime === undefined ? 0 : (parseDuration(forTime) ?? -1);
	const problems = problemsOf(forMs, rate);
	if (problems.length > 0) return reportProblems(problems, io, 'done');
	const chosen = await chooseLab(asked);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	const {rehearsal} = await lab.ask('describe', {});
	const flows = businessFlows(rehearsal.topology);
	if (flows.length === 0) {
		io.err(
			noteText(
				'the topology has no dependency: nobody needs anybody, and nobody talked (what programs do is traffic too: firebreak exec WORKLOAD -- CMD)',
			),
		);
		if (format === 'json') io.out(talkJson(lab.name, createTalk(flows)));
		return exitCode.passed;
	}
	if (forMs > 0) io.err(`${lab.name} talks for ${forTime}; Ctrl-C ends it\n`);
	const talk = createTalk(flows);
	await talkAll(lab, flows, {forMs, rate, talk, interrupted: io.interrupted});
	const rules = ruleById((await lab.ask('describe', {})).inForce.stack);
	io.out(format === 'json' ? talkJson(lab.name, talk) : talkText(lab.name, talk, rules, page()));
	if (io.interrupted.aborted) return exitCode.interrupted;
	return talk.failed > 0 ? exitCode.failed : talk.unsure > 0 ? exitCode.inconclusive : exitCode.passed;
}

async function talkAll(
	lab: JoinedLab,
	flows: readonly BusinessFlow[],
	{
		forMs,
		rate,
		talk,
		interrupted,
	}: {
		readonly forMs: number;
		readonly rate: number | undefined;
		readonly talk: Talk;
		readonly interrupted: AbortSignal;
	},
): Promise<void> {
	const started = performance.now();
	const size = rate === undefined ? largestBatch : Math.max(1, Math.min(largestBatch, rate / batchesEachSecond));
	let said = 0;
	do {
		for (let at = 0; at < flows.length && !interrupted.aborted; at += Math.ceil(size)) {
			const batch = flows.slice(at, at + Math.ceil(size));
			const found = await lab.ask('traffic', {flows: batch.map(({flow}) => flow), timeoutMs});
			for (const [index, one] of found.entries()) talk.add(batch[index]!, one);
			said += batch.length;
			if (forMs > 0 && performance.now() - started >= forMs) return;
			const early = rate === undefined ? 0 : (said / rate) * 1000 - (performance.now() - started);
			if (early > 0) await wait(early, undefined, {signal: interrupted}).catch(() => undefined);
		}
	} while (performance.now() - started < forMs && !interrupted.aborted);
}

const problemsOf = (forMs: number, rate: number | undefined): readonly Problem[] => [
	...(forMs < 0 || forMs > 86_400_000
		? [
				{
					where: {file: '--for', line: 1, column: 1},
					what: 'this is no time up to a day',
					mend: 'write it 30s, 5m or 1h',
				},
			]
		: []),
	...(rate !== undefined && !(rate > 0 && rate <= 10_000)
		? [
				{
					where: {file: '--rate', line: 1, column: 1},
					what: 'this is no rate',
					mend: 'connections a second, 10000 at most',
				},
			]
		: []),
];
