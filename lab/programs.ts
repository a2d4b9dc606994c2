// The real commands of workloads (`run:`): started in their rooms once rules are loaded, heard line by line, and not
// started again when they end.
import {type ChildProcess, spawn} from 'node:child_process';
import {setTimeout as wait} from 'node:timers/promises';
import type {LiveSite} from '../core/contracts/site.ts';
import type {ProgramEvent} from '../core/contracts/watch-event.ts';
import {FirebreakError} from '../core/model/failure.ts';
import type {Service} from '../core/model/topology.ts';
import {listening} from '../kernel/listening.ts';
import {enterWords, roomPath} from './enter.ts';
import {fence} from './fence.ts';
import {hearLines} from './hear-lines.ts';
import type {BootStep} from './progress.ts';
import type {Rooms} from './rooms.ts';

/** So many lines of all programs are kept. */
const mostLines = 10_000;
/** So many of its last lines are told of one that does not answer. */
const lastLines = 5;
const lookMs = 25;

export interface Programs {
	/** What they printed and how they ended, in order: the last 10,000. */
	readonly said: readonly ProgramEvent[];
	/** Calls `hear` from now on with each of those. */
	hear(hear: (event: ProgramEvent) => void): void;
}

export interface ProgramsInput {
	readonly sites: readonly LiveSite[];
	readonly rooms: Rooms;
	/** How long a service may take to listen. */
	readonly patienceMs: number;
	readonly step: (step: BootStep) => void;
}

interface Program {
	readonly site: LiveSite;
	readonly child: ChildProcess;
	readonly pid: number;
	ended: number | null;
}

/**
 * Both streams of a program go to one real pipe, whose other end is read by `cat`: what Node would give it is a socket,
 * which no program can open again as /dev/stdout. Its exit code comes round it.
 */
const piped = `exec 3>&1
code=$({ { "$@" </dev/null 2>&1 3>&- 4>&-; echo $? >&4; } | cat >&3; } 4>&1)
exit $code`;

/**
 * Starts the commands of all workloads that have one, and resolves when each of their services has somebody who listens.
 *
 * @throws FirebreakError `no-answer` where one does not within `patienceMs`, or ended before, with its last lines
 */
export async function startPrograms({sites, rooms, patienceMs, step}: ProgramsInput): Promise<Programs> {
	const said: ProgramEvent[] = [];
	let tell = (_event: ProgramEvent): void => undefined;
	const add = (event: ProgramEvent): void => {
		if (said.push(event) > mostLines) said.shift();
		tell(event);
	};
	const start = async (site: LiveSite): Promise<Program> => {
		const {name, run, variables} = site.workload;
		const entry = await rooms.enter(site, process.pid);
		const environment = {...variables, HOME: '/root', USER: 'root', PATH: roomPath, FIREBREAK_WORKLOAD: name};
		const [first, ...words] = enterWords(entry, ['sh', '-c', piped, 'sh', ...run!], {environment, from: 'engine'});
		const child = spawn(first!, words, {stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', env: {PATH: process.env.PATH}});
		const program: Program = {site, child, pid: rooms.processOf(name)!, ended: null};
		for (const stream of [child.stdout!, child.stderr!])
			hearLines(stream, text => add({kind: 'output', workload: name, text, atMs: performance.now()}));
		child.once('close', code => {
			program.ended = code ?? 137;
			add({kind: 'program-ended', workload: name, code: program.ended, atMs: performance.now()});
		});
		return program;
	};
	const running = sites.filter(({workload}) => workload.run !== null);
	if (running.length > 0) fence();
	const programs = await Promise.all(running.map(start));
	const deadline = performance.now() + patienceMs;
	const silent = new Set(programs.map(({site}) => site.workload.name));
	const tellStep = (): void =>
		step({
			...{text: 'programs listen', done: programs.length - silent.size, total: programs.length},
			waiting: [...silent],
		});
	if (programs.length > 0) tellStep();
	await Promise.all(
		programs.map(async program => {
			await untilAnswers(program, deadline, said);
			silent.delete(program.site.workload.name);
			tellStep();
		}),
	);
	return {
		said,
		hear(hear) {
			tell = hear;
		},
	};
}

async function untilAnswers(program: Program, deadline: number, said: readonly ProgramEvent[]): Promise<void> {
	const {name, services} = program.site.workload;
	for (;;) {
		const silent = services.filter(service => !answers(service, program.pid));
		if (silent.length === 0) return;
		if (program.ended !== null || performance.now() > deadline) {
			const lines = said.flatMap(event => (event.kind === 'output' && event.workload === name ? [event.text] : []));
			throw noAnswer(name, silent, program.ended, lines.slice(-lastLines));
		}
		await wait(lookMs);
	}
}

/** A range answers where any of its ports does. Whether anybody listens for SCTP is not to be seen here. */
const answers = ({protocol, port, lastPort}: Service, pid: number): boolean =>
	protocol === 'sctp' || [...listening(pid, protocol)].some(at => at >= port && at <= lastPort);

function noAnswer(
	workload: string,
	silent: readonly Service[],
	ended: number | null,
	lines: readonly string[],
): FirebreakError {
	const ports = silent.map(({name, port, protocol}) => `${name} (${port}/${protocol})`).join(', ');
	const why = ended === null ? 'and does not listen' : `and its command ended with ${ended}`;
	const printed =
		lines.length === 0 ? 'it printed nothing' : `it printed:\n${lines.map(line => `    ${line}`).join('\n')}`;
	return new FirebreakError(
		'no-answer',
		`${workload} should serve ${ports}, ${why}; ${printed}`,
		`let what stands under run: listen there, on all addresses and not on 127.0.0.1 alone; programs are this machine's under /usr, /opt and /nix`,
	);
}
