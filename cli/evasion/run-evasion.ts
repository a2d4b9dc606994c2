// `firebreak attack --suite evasion`: in a lab of its own, or in one that is up and is then as it was.
import {renderProblem} from '../../core/model/problem.ts';
import type {Candidate, Rehearsal} from '../../core/model/rehearsal.ts';
import type {Scenario} from '../../core/model/scenario.ts';
import type {JoinedLab} from '../../lab/join.ts';
import {notRun} from '../../rehearsals/evasion/evasions.ts';
import {type EvasionLab, evasionSuite} from '../../rehearsals/evasion/suite.ts';
import {footholdProblems, footholdsOf} from '../../rehearsals/footholds.ts';
import {startLabRange} from '../../rehearsals/lab-range.ts';
import {rulesetsFor} from '../../rehearsals/rulesets.ts';
import {chosenOf, loadSubject, type Subject} from '../../rehearsals/subject.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {chooseLab} from '../lab/choose-lab.ts';
import {page} from '../lab/page.ts';
import {loadOptions} from '../load-options.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {evasionJson, evasionText} from './evasion-text.ts';

export interface EvasionAsked {
	/** A rehearsal; left out: the lab that is up. */
	readonly rehearsal: string | undefined;
	readonly lab: string | undefined;
	readonly candidate: string | undefined;
	readonly foothold: string | undefined;
	readonly seed: number;
	readonly format: 'text' | 'json';
}

export async function runEvasion(asked: EvasionAsked, io: Io): Promise<ExitCode> {
	if (asked.rehearsal !== undefined && asked.lab === undefined) {
		const loaded = await loadSubject(asked.rehearsal, asked.candidate, loadOptions([], asked.foothold ?? null));
		if (loaded.kind === 'wrong') return reportProblems(loaded.problems, io);
		for (const warning of loaded.warnings) io.err(`${printable(renderProblem(warning))}\n`);
		return await inOwnLab(loaded.value, asked, io);
	}
	const chosen = await chooseLab(asked.lab);
	if (chosen.kind === 'wrong') return reportProblems(chosen.problems, io, 'done');
	using lab = chosen.value;
	// The connection is still needed, to put back what was in force.
	io.interrupted.addEventListener('abort', () => void lab.ask('stop', {}).catch(() => undefined), {once: true});
	const {rehearsal} = await lab.ask('describe', {});
	const candidate = chosenOf(rehearsal, asked.candidate);
	if (candidate.kind === 'wrong') return reportProblems(candidate.problems, io, 'done');
	return await inLab(lab, {rehearsal, candidate: candidate.value}, asked, io);
}

async function inOwnLab(subject: Subject, asked: EvasionAsked, io: Io): Promise<ExitCode> {
	const started = startOf(subject.rehearsal, asked, io);
	if (started === undefined) return exitCode.wrongInput;
	const name = Math.random().toString(36).slice(2, 8);
	await using range = await startLabRange(subject.rehearsal.topology, asked.seed, name, {onEvent: () => undefined});
	io.interrupted.addEventListener('abort', () => void range.close().catch(() => undefined), {once: true});
	return await told({subject, started, lab: range}, asked, io);
}

/** What was in force before is in force again afterwards, whatever happened. */
async function inLab(lab: JoinedLab, subject: Subject, asked: EvasionAsked, io: Io): Promise<ExitCode> {
	const started = startOf(subject.rehearsal, asked, io);
	if (started === undefined) return exitCode.wrongInput;
	const {topology} = subject.rehearsal;
	const {inForce: before} = await lab.ask('describe', {});
	const use = ({name, stack, placement}: Pick<Candidate, 'name' | 'stack' | 'placement'>, observed = false) =>
		lab.ask('apply', {
			rulesets: rulesetsFor(lab.name, topology, {name, stack, placement}),
			inForce: {name, stack, placement, observed},
		});
	const attack: EvasionLab['attack'] = (scenario, foothold) =>
		lab.ask('attack', {scenario, foothold, goals: [], seed: asked.seed, evidence: 'answered'});
	try {
		return await told({subject, started, lab: {use, attack}}, asked, io);
	} finally {
		await use(before, before.observed);
	}
}

interface Started {
	readonly scenario: Scenario;
	readonly foothold: string;
}

/** The first scenario of the rehearsal says where it starts and what is weak. */
function startOf({topology, scenarios}: Rehearsal, {foothold}: EvasionAsked, io: Io): Started | undefined {
	const [scenario] = scenarios;
	if (scenario === undefined) throw new Error('a rehearsal has a scenario');
	const problems = footholdProblems(topology, [scenario], foothold ?? null);
	const [first] = footholdsOf(topology, scenario, foothold ?? null);
	if (problems.length > 0 || first === undefined) {
		reportProblems(problems, io);
		return undefined;
	}
	return {scenario, foothold: first};
}

async function told(
	{subject, started, lab}: {readonly subject: Subject; readonly started: Started; readonly lab: EvasionLab},
	{seed, format}: EvasionAsked,
	io: Io,
): Promise<ExitCode> {
	const {rehearsal, candidate} = subject;
	const techniques = await evasionSuite({
		...started,
		topology: rehearsal.topology,
		control: rehearsal.candidates[0]!,
		candidate,
		lab,
		interrupted: io.interrupted,
		watch: (technique, under) => format === 'text' && io.err(`${printable(`${under}: ${technique}`)}\n`),
	});
	const evaded = {
		rehearsal: rehearsal.name,
		candidate: candidate.name,
		placement: candidate.placement,
		foothold: started.foothold,
		seed,
		techniques,
		notRun,
	};
	io.out(format === 'json' ? evasionJson(evaded) : evasionText(evaded, page()));
	return exitCode.passed;
}
