import {FirebreakError} from '../core/model/failure.ts';
import type {Problem} from '../core/model/problem.ts';
import type {Scenario} from '../core/model/scenario.ts';
import {builtStrategies} from './strategies/built-strategies.ts';
import {builtTechniques} from './techniques/built-techniques.ts';

/** Something that a scenario asks for and this release does not have. */
export interface Unavailable extends Problem {
	readonly code: 'strategy-unavailable' | 'technique-unavailable';
	readonly name: string;
}

/** What a scenario asks for that comes with a later release: its strategy first, then techniques as written. Empty when it can run. */
export function unavailable(scenario: Scenario): readonly Unavailable[] {
	const {where, strategy, techniques} = scenario;
	const missing = (code: Unavailable['code'], name: string, has: Iterable<string>): Unavailable => ({
		code,
		name,
		where,
		what: `${code === 'strategy-unavailable' ? 'strategy' : 'technique'} ${name} is not in this release`,
		mend: `it comes with ${nextRelease}; this one has ${[...has].join(', ')}`,
	});
	return [
		...(builtStrategies.has(strategy) ? [] : [missing('strategy-unavailable', strategy, builtStrategies.keys())]),
		...techniques
			.filter(name => !builtTechniques.has(name))
			.map(name => missing('technique-unavailable', name, builtTechniques.keys())),
	];
}

/** Throws the first of them as a FirebreakError, with all of them in its data. */
export function refuseUnavailable(scenario: Scenario): void {
	const problems = unavailable(scenario);
	const [first] = problems;
	if (first === undefined) return;
	throw new FirebreakError(first.code, `${scenario.name}: ${first.what}`, first.mend, {problems});
}

const nextRelease = 'Firebreak 0.2';
