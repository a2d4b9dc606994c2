// A rehearsal narrowed to what the command line asks for; expectations about the rest go with it.
import {didYouMean} from '../core/files/nearest.ts';
import type {Parsed, Problem} from '../core/model/problem.ts';
import type {Rehearsal} from '../core/model/rehearsal.ts';

/** The control and what `today` is stay; of the others only those named. An unknown name is a problem. */
export function narrowed(
	rehearsal: Rehearsal,
	{
		candidate: names,
		scenario,
	}: {readonly candidate?: readonly string[] | undefined; readonly scenario?: readonly string[] | undefined},
): Parsed<Rehearsal> {
	const wanted = scenario?.map(name => name.replace(/^.*\//, '').replace(/\.scenario\.ya?ml$/, ''));
	const problems: Problem[] = (names ?? [])
		.filter(name => !rehearsal.candidates.some(candidate => isNamed(candidate.name, name)))
		.map(name => ({
			where: {file: '--candidate', line: 1, column: 1},
			what: `there is no candidate ${name}`,
			mend: didYouMean(
				name,
				rehearsal.candidates.map(candidate => candidate.name),
			),
		}));
	if (problems.length > 0) return {kind: 'wrong', problems};
	const candidates = rehearsal.candidates.filter(
		({name}, at) => at === 0 || names === undefined || names.some(asked => isNamed(name, asked)),
	);
	const scenarios =
		wanted === undefined ? rehearsal.scenarios : rehearsal.scenarios.filter(({name}) => wanted.includes(name));
	const has = (name: string): boolean => candidates.some(candidate => candidate.name === name);
	return {
		kind: 'ok',
		warnings: [],
		value: {
			...rehearsal,
			candidates,
			scenarios: scenarios.length === 0 ? rehearsal.scenarios : scenarios,
			expectations: rehearsal.expectations.filter(
				expectation =>
					has(expectation.candidate) &&
					(expectation.scenario === null || scenarios.some(({name}) => name === expectation.scenario)),
			),
			flows: rehearsal.flows.filter(({candidate}) => candidate === null || has(candidate)),
		},
	};
}

/** `segmented` names it at every placement; `segmented@host` at one. */
const isNamed = (name: string, asked: string): boolean => name === asked || name.startsWith(`${asked}@`);
