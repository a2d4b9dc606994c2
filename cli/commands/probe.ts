import type {InForce} from '../../core/contracts/in-force.ts';
import {parseFlowText} from '../../core/files/flow-text.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Parsed, Problem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import type {JoinedLab} from '../../lab/join.ts';
import {probeFlows} from '../../rehearsals/probe-flows.ts';
import {type LabProbe, probeLab} from '../../rehearsals/probe-lab.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {textOrJson} from '../format-option.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {page} from '../lab/page.ts';
import {probesJson, probesText} from '../lab/probe-text.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {recordLab} from '../record/record-lab.ts';
import {withRecord} from '../record/record-option.ts';
import {recordProblems} from '../record/record-place.ts';

/** How often flows are probed before it is said that the policy changes too often. */
const mostTries = 20;

export const probe = defineCommand({
	name: 'probe',
	takes: '[flows..]',
	several: true,
	about:
		'Tries flows on a lab with real packets, and sets three witnesses side by side: what the model says, what the kernel’s rules logged, what the far end saw. Without a flow: all that rehearse would try. Ends with 1 where they differ, and with 4 where too little was seen.',
	examples: [
		["'web-1.prod -> db.prod:5432/tcp'", 'one flow, in both families'],
		["'web.prod -> api.prod:http' --lab blue", 'every replica, and a service by name'],
		['', 'every flow that rehearse probes; the differences are listed'],
	],
	options: yargs =>
		withRecord(
			withLab(
				yargs.positional('flows', {
					type: 'string',
					array: true,
					default: [] as string[],
					describe: "flows as reports print them: 'web.prod -> db.prod:5432/tcp'",
				}),
			),
		)
			.option('all', {type: 'boolean', default: false, describe: 'lists every flow, however many'})
			.option('format', textOrJson),
	run,
});

interface Options {
	readonly flows: readonly string[];
	readonly lab: string | undefined;
	readonly all: boolean;
	readonly record: string | undefined;
	readonly format: 'text' | 'json';
}

async function run({flows: written, lab: asked, all, record, format}: Options, io: Io): Promise<ExitCode> {
	const problems = recordProblems(record);
	if (problems.length > 0) return reportProblems(problems, io, 'done');
	const chosen = await chooseLab(asked);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	io.interrupted.addEventListener('abort', () => lab[Symbol.dispose](), {once: true});
	const {rehearsal} = await lab.ask('describe', {});
	const flows = flowsOf(written, rehearsal);
	if (flows.kind === 'wrong') return reportProblems(flows.problems, io, 'done');
	await using _recording = await recordLab(lab.name, record, text => io.err(`${printable(text)}\n`));
	const {inForce, probes} = await probeUnderOne(lab, flows.value, io);
	io.out(
		format === 'json'
			? probesJson(lab.name, inForce, probes)
			: probesText(lab.name, inForce, probes, {all: all || written.length > 0, page: page()}),
	);
	if (probes.some(({differs}) => differs !== null)) return exitCode.failed;
	return probes.some(({evidence}) => evidence.outcome.kind === 'inconclusive')
		? exitCode.inconclusive
		: exitCode.passed;
}

/** Other clients may change the policy meanwhile: what was seen under one is never compared with another. */
async function probeUnderOne(
	lab: JoinedLab,
	flows: readonly Flow[],
	io: Io,
): Promise<{readonly inForce: InForce; readonly probes: readonly LabProbe[]}> {
	const since = async (): Promise<number> => (await lab.ask('status', {})).inForce.since;
	for (let tries = 0; tries < mostTries; tries++) {
		const before = await since();
		const {rehearsal, inForce} = await lab.ask('describe', {});
		const probes = await probeLab(lab, flows, rehearsal.topology, inForce);
		if ((await since()) === before) return {inForce, probes};
		io.err('the policy changed meanwhile: once more\n');
	}
	throw new FirebreakError(
		'policy-changes',
		`the policy of ${lab.name} changes faster than its flows are probed`,
		'firebreak logs says who changes it',
	);
}

function flowsOf(written: readonly string[], {topology, candidates}: Rehearsal): Parsed<readonly Flow[]> {
	if (written.length === 0) {
		const stacks = candidates.map(({stack}) => stack);
		return {kind: 'ok', value: probeFlows(topology, stacks, 1, []).flows, warnings: []};
	}
	const problems: Problem[] = [];
	const flows = written.flatMap(text => {
		const parsed = parseFlowText(text, topology);
		if (parsed.kind === 'ok') return parsed.flows;
		problems.push({where: {file: 'probe', line: 1, column: 1}, what: parsed.what, mend: parsed.mend});
		return [];
	});
	return problems.length > 0 ? {kind: 'wrong', problems} : {kind: 'ok', value: flows, warnings: []};
}
