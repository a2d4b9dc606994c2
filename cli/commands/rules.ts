import {ruleHits} from '../../rehearsals/rule-hits.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {textOrJson} from '../format-option.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {page} from '../lab/page.ts';
import {rulesJson, rulesText} from '../lab/rules-text.ts';
import {reportProblems} from '../problems.ts';

export const rules = defineCommand({
	name: 'rules',
	takes: '',
	about:
		'How often each rule in force on a lab was hit since it came into force, as the kernels of its workloads count: the first packet of each connection, on leaving and on entering. Probes and attackers count too; beside it stands what traffic alone hit. At the end the rules that nothing has come to. After apply counters start anew.',
	examples: [['', 'after firebreak traffic: what no dependency needs']],
	options: yargs => withLab(yargs).option('format', textOrJson),
	run,
});

interface Options {
	readonly lab: string | undefined;
	readonly format: 'text' | 'json';
}

async function run({lab: asked, format}: Options, io: Io): Promise<ExitCode> {
	const chosen = await chooseLab(asked);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	const hits = await lab.ask('hits', {});
	const all = ruleHits(hits);
	io.out(format === 'json' ? rulesJson(lab.name, hits, all) : rulesText(lab.name, hits, all, page()));
	return exitCode.passed;
}
