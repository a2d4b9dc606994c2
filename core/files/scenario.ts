// A scenario file, from text to what the adversary is given.
import type {Selector} from '../model/policy.ts';
import {type Parsed, type Problem, sortProblems} from '../model/problem.ts';
import type {Scenario} from '../model/scenario.ts';
import type {Topology} from '../model/topology.ts';
import {type Document, readSalvaging} from './document.ts';
import {didYouMean} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import {noSets, type Reading, report} from './reading.ts';
import {salvage} from './salvage.ts';
import {type ScenarioInput, scenarioSchema} from './scenario-schema.ts';
import {selectedWorkloads} from './selected.ts';
import {readSelector} from './selector.ts';
import type {SelectorInput} from './selector-schema.ts';
import {validate} from './validate.ts';
import {vocabularyOf} from './vocabulary.ts';

/**
 * The scenario of `source`, or every problem of it at once. Without a topology (null: it could not be read) only its
 * shape is checked, and its selectors are empty.
 *
 * @param foothold - `given` where somebody names the foothold for it (`--foothold`): its own is then not even checked
 */
export function parseScenario(
	source: {readonly file: string; readonly text: string},
	topology: Topology | null,
	foothold: 'own' | 'given' = 'own',
): Parsed<Scenario> {
	const {document, problems: syntax} = readSalvaging(source.file, source.text);
	if (document === null) return {kind: 'wrong', problems: syntax};
	const shape = validate(document, scenarioSchema);
	const problems: Problem[] = [...syntax, ...(shape.kind === 'wrong' ? shape.problems : [])];
	const input = shape.kind === 'ok' ? shape.value : salvage(scenarioSchema, document.value)?.value;
	if (input === undefined) return {kind: 'wrong', problems: sortProblems(problems)};
	const own = foothold === 'own' ? input.foothold : undefined;
	if (shape.kind === 'ok') checkStrategy(input, document, problems);
	const scenario = readScenario({...input, foothold: own}, document, {topology, problems});
	return problems.length === 0
		? {kind: 'ok', value: scenario, warnings: []}
		: {kind: 'wrong', problems: sortProblems(problems)};
}

function readScenario(
	input: ScenarioInput,
	document: Document,
	{topology, problems}: {readonly topology: Topology | null; readonly problems: Problem[]},
): Scenario {
	const reading = topology === null ? undefined : {document, known: vocabularyOf(topology), sets: noSets, problems};
	const select = (selector: SelectorInput, path: readonly string[]): Selector =>
		reading === undefined ? [] : selectSomebody(reading, selector, path);
	const {goal, foothold, limits} = input;
	const weak = input.assume.weak;
	if (reading !== undefined) checkHolds(input, reading);
	return {
		name: input.scenario,
		tactic: input.attack.tactic ?? null,
		foothold: foothold === undefined ? null : select(foothold, ['foothold']),
		goal: typeof goal === 'string' ? {kind: goal} : {kind: 'selector', selector: select(goal, ['goal'])},
		strategy: input.strategy,
		techniques: [...new Set(input.techniques)],
		weak:
			weak === undefined
				? null
				: typeof weak === 'string'
					? {kind: weak}
					: {kind: 'selector', selector: select(weak, ['assume', 'weak'])},
		...(input.rate !== undefined && {rate: input.rate}),
		...(input.holds !== undefined && {holds: [...new Set(input.holds)].sort()}),
		limits,
		where: document.place(['scenario'], 'key'),
	};
}

/** Keys that mean something to one strategy only, and what an insider cannot be without. */
function checkStrategy({strategy, rate, holds}: ScenarioInput, document: Document, problems: Problem[]): void {
	const complain = (key: string, part: 'key' | 'value', what: string, mend: string): void =>
		void problems.push({where: document.place([key], part), what, mend});
	if (rate !== undefined && strategy !== 'stealth')
		complain('rate', 'key', `rate means nothing to strategy ${strategy}`, 'use strategy: stealth, or leave rate out');
	if (holds !== undefined && strategy !== 'insider')
		complain(
			'holds',
			'key',
			`holds means nothing to strategy ${strategy}`,
			'use strategy: insider, or leave holds out',
		);
	if (holds === undefined && strategy === 'insider')
		complain('strategy', 'value', 'an insider starts with secrets, and this one has none', 'name them under holds');
}

/** Each is named as the topology has it: with its environment where there is one for each. */
function checkHolds({holds = []}: ScenarioInput, reading: Reading): void {
	const ids = reading.known.topology.secrets.map(({id}) => id);
	for (const [index, text] of holds.entries()) {
		if (ids.includes(text)) continue;
		const scoped = ids.filter(id => id.startsWith(`${text}@`));
		const path = ['holds', index];
		if (scoped.length > 0)
			report(
				reading,
				{path},
				{what: `there is one ${text} for each environment`, mend: `say which: ${scoped.join(', ')}`},
			);
		else report(reading, {path}, {what: `there is no secret ${plainWord(text)}`, mend: didYouMean(text, ids)});
	}
}

/** A selector that must pick somebody; that it does not is said only where all of its words are known. */
function selectSomebody(reading: Reading, input: SelectorInput, path: readonly string[]): Selector {
	const before = reading.problems.length;
	const selector = readSelector(reading, input, path);
	if (reading.problems.length === before && selectedWorkloads(selector, reading.known.topology).length === 0)
		report(reading, {path}, {what: `${path.at(-1)} selects no workload`, mend: 'no workload has all of it together'});
	return selector;
}
