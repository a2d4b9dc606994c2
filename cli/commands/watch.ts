import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import {defineCommand} from '../command.ts';
import type {ExitCode} from '../exit-code.ts';
import {textOrNdjson} from '../format-option.ts';
import type {Io} from '../io.ts';
import {chooseLab, withLab} from '../lab/choose-lab.ts';
import {eventText, subjectsOf, watchSubjects} from '../lab/event-text.ts';
import {page} from '../lab/page.ts';
import {untilGone} from '../lab/until-gone.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {recordLab} from '../record/record-lab.ts';
import {withRecord} from '../record/record-option.ts';
import {recordProblems} from '../record/record-place.ts';
import {safe} from '../report/json.ts';

export const watch = defineCommand({
	name: 'watch',
	takes: '',
	several: true,
	about:
		'Tells what happens in a lab while it happens, until Ctrl-C (which ends it with 130) or the lab’s end: what rules decide on packets of commands, probes and attacks, and what clients do.',
	examples: [
		['--only deny', 'what is denied, by which rule'],
		['--only deny --only would-deny --format ndjson', 'for programs'],
		['--record monday.ndjson', 'and keeps all of it: firebreak console monday.ndjson plays it'],
	],
	options: yargs =>
		withRecord(withLab(yargs))
			.option('only', {
				choices: watchSubjects,
				array: true,
				describe: 'only these: what rules decided, attacks and their actions, policies, what clients did',
			})
			.option('format', textOrNdjson),
	run,
});

interface Options {
	readonly lab: string | undefined;
	readonly only: readonly (typeof watchSubjects)[number][] | undefined;
	readonly record: string | undefined;
	readonly format: 'text' | 'ndjson';
}

async function run({lab: asked, only, record, format}: Options, io: Io): Promise<ExitCode> {
	const problems = recordProblems(record);
	if (problems.length > 0) return reportProblems(problems, io, 'done');
	const {paint} = page();
	let startedAt = 0;
	let rules: ReturnType<typeof ruleById> = ruleById([]);
	let learnRules = (): void => undefined;
	const see = (event: WatchEvent): void => {
		if (event.kind === 'policy-applied') learnRules();
		if (only !== undefined && !subjectsOf(event).some(subject => only.includes(subject))) return;
		if (format === 'ndjson') io.out(`${safe(JSON.stringify(event))}\n`);
		else {
			const text = eventText(event, {rules, startedAt, paint});
			if (text !== null) io.out(`${text}\n`);
		}
	};
	const chosen = await chooseLab(asked, see);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	learnRules = () => {
		lab.ask('describe', {}).then(
			({inForce}) => {
				rules = ruleById(inForce.stack);
			},
			() => undefined,
		);
	};
	({startedAt} = await lab.ask('status', {}));
	rules = ruleById((await lab.ask('describe', {})).inForce.stack);
	await using _recording = await recordLab(lab.name, record, text => io.err(`${printable(text)}\n`));
	await lab.ask('watch', {});
	io.err(`watching ${lab.name}; Ctrl-C ends it, and the lab stays\n`);
	return await untilGone(lab, io);
}
