import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {textOrJson} from '../format-option.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {page} from '../lab/page.ts';
import {statusText} from '../lab/status-text.ts';
import {reportProblems} from '../problems.ts';
import {safe} from '../report/json.ts';

export const status = defineCommand({
	name: 'status',
	takes: '',
	about: 'Says what a lab is doing: which policy is in force, what answers, what was counted, and who fell so far.',
	examples: [
		['', 'the only lab that is up'],
		['--lab blue --format json', 'one of several, for programs'],
	],
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
	const known = await lab.ask('status', {});
	const said = {...known, clients: known.clients - 1};
	io.out(
		format === 'json'
			? `${safe(JSON.stringify({schema: 'firebreak/lab/v1', ...said}, null, '\t'))}\n`
			: statusText(said, page()),
	);
	return exitCode.passed;
}
