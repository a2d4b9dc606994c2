import {findLabs} from '../../lab/labs.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {textOrJson} from '../format-option.ts';
import type {Io} from '../io.ts';
import {columnLines} from '../lab/columns.ts';
import {clock, duration} from '../lab/moments.ts';
import {page} from '../lab/page.ts';
import {printable} from '../printable.ts';
import {safe} from '../report/json.ts';
import {oneLine} from '../report/lines.ts';

export const ls = defineCommand({
	name: 'ls',
	takes: '',
	about:
		'Lists the labs that are up: what is in force in each, since when, and how many clients each has. What a killed engine left of its socket is taken away.',
	examples: [['--format json', 'for programs: the status of each lab']],
	options: yargs => yargs.option('format', textOrJson),
	run,
});

async function run({format}: {readonly format: 'text' | 'json'}, io: Io): Promise<ExitCode> {
	const {living, dead, stranded} = await findLabs();
	for (const sentence of stranded) io.err(`${printable(sentence)}\n`);
	const labs = await Promise.all(
		living.map(async ({name, found}) => {
			if (found.kind === 'silent') return {name, why: 'does not answer', status: null};
			if (found.kind === 'other-version') return {name, why: `speaks protocol ${found.hello.version}`, status: null};
			using lab = found.lab;
			const status = await lab.ask('status', {}).catch(() => null);
			return {name, why: 'went down just now', status: status && {...status, clients: status.clients - 1}};
		}),
	);
	for (const {name, lastWord} of dead) {
		io.err(`${name} is gone: its engine ${lastWord === null ? 'was killed' : 'fell'}, and nothing of it is left\n`);
		if (lastWord !== null) io.err(`${printable(lastWord)}\n`);
	}
	if (format === 'json') {
		const object = {
			schema: 'firebreak/labs/v1',
			labs: labs.map(({name, status}) => status ?? {lab: name}),
		};
		io.out(`${safe(JSON.stringify(object, null, '\t'))}\n`);
		return exitCode.passed;
	}
	if (labs.length === 0) {
		io.err('no lab is up; firebreak up shop boots one\n');
		return exitCode.passed;
	}
	const rows = labs.map(({name, why, status}) => {
		const lost = status?.compromised.length ?? 0;
		return status === null
			? [name, '?', why, '?', '?', '?']
			: [
					name,
					String(status.workloads),
					`${oneLine(status.inForce.name)}${status.inForce.observed ? ' (observes)' : ''}`,
					`${clock(status.inForce.since)} (${duration(Date.now() - status.inForce.since)})`,
					lost === 0 ? 'none' : String(lost),
					String(status.clients),
				];
	});
	const heads = ['lab', 'workloads', 'in force', 'since', 'compromised', 'clients'];
	io.out(
		`${columnLines(
			heads,
			rows.map(row => row.map(text => ({text}))),
			page(),
		).join('\n')}\n`,
	);
	return exitCode.passed;
}
