import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {clock} from '../lab/moments.ts';
import {untilGone} from '../lab/until-gone.ts';
import {reportProblems} from '../problems.ts';
import {safe} from '../report/json.ts';
import {oneLine} from '../report/lines.ts';

export const logs = defineCommand({
	name: 'logs',
	takes: '',
	about:
		'Says what was done to a lab since it came up, and by which client: policies, probes, attacks, commands. The last 10,000 lines are kept.',
	examples: [['--follow', 'and what is done from now on']],
	options: yargs =>
		withLab(yargs)
			.option('follow', {
				type: 'boolean',
				alias: 'f',
				default: false,
				describe: 'goes on until Ctrl-C, or the lab’s end',
			})
			.option('format', {choices: ['text', 'ndjson'] as const, default: 'text' as const, describe: 'what to print'}),
	run,
});

interface Options {
	readonly lab: string | undefined;
	readonly follow: boolean;
	readonly format: 'text' | 'ndjson';
}

async function run({lab: asked, follow, format}: Options, io: Io): Promise<ExitCode> {
	let startedAt = 0;
	const print = (event: WatchEvent): void => {
		if (event.kind !== 'note') return;
		const at = startedAt + event.atMs;
		io.out(
			format === 'text'
				? `${clock(at)}  ${oneLine(event.text)}\n`
				: `${safe(JSON.stringify({at: new Date(at).toISOString(), text: event.text}))}\n`,
		);
	};
	const early: WatchEvent[] = [];
	let live = false;
	const chosen = await chooseLab(asked, event => (live ? print(event) : early.push(event)));
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	({startedAt} = await lab.ask('status', {}));
	const known = await lab.ask('logs', {});
	if (follow) await lab.ask('watch', {});
	for (const note of known) print(note);
	if (!follow) return exitCode.passed;
	live = true;
	for (const event of early) print(event);
	return await untilGone(lab, io);
}
