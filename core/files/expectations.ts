// `expect` of a rehearsal, as one expectation for each candidate, scenario, measure and environment that it names.
import {type MeasureName, measureNamed, measureNames} from '../model/measure-names.ts';
import type {Bound, Expectation} from '../model/rehearsal.ts';
import {parseBound} from './bound.ts';
import {readExpectedName} from './expected-names.ts';
import {didYouMean} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import {type Path, type Reading, report} from './reading.ts';
import type {BoundInput, ExpectInput} from './rehearsal-schema.ts';

/** What the names in a rehearsal can mean. `known` is null where the topology could not be read. */
export interface RehearsalReading extends Pick<Reading, 'document' | 'problems'> {
	readonly known: Reading['known'] | null;
	/** Each name that a candidate is written with (`segmented`, `segmented@host`), and the candidates it means. */
	readonly candidates: ReadonlyMap<string, readonly string[]>;
	/** Null where a scenario could not be read, so that an unknown name may be its. */
	readonly scenarios: readonly string[] | null;
}

interface Where {
	readonly candidate: string;
	readonly scenario: string | null;
}

type Below = ExpectInput[string];

/** All of `expect`; unknown candidates, scenarios, measures, environments and names are problems at their place. */
export function readExpectations(reading: RehearsalReading, input: ExpectInput): readonly Expectation[] {
	return Object.entries(input).flatMap(([written, below]) => {
		const path = ['expect', written];
		const candidates = reading.candidates.get(written);
		if (candidates === undefined) {
			const mend = didYouMean(written, reading.candidates.keys());
			report(reading, {path, part: 'key'}, {what: `there is no candidate ${plainWord(written)}`, mend});
		}
		const expected = readCandidate(reading, below, path);
		return (candidates ?? []).flatMap(candidate => expected.map(one => ({...one, candidate})));
	});
}

type Expected = Omit<Expectation, 'candidate'>;

function readCandidate(reading: RehearsalReading, below: Below, path: Path): readonly Expected[] {
	return Object.entries(below).flatMap(([key, value]): readonly Expected[] => {
		const measure = measureNamed(key);
		if (measure !== undefined) return readMeasure(reading, {measure, value, scenario: null}, [...path, key]);
		if (reading.scenarios === null || reading.scenarios.includes(key)) {
			if (isMap(value)) return readScenario(reading, {scenario: key, below: value}, [...path, key]);
			if (reading.scenarios === null) return [];
			const what = `${plainWord(key)} is a scenario, not a measure`;
			report(reading, {path: [...path, key], part: 'key'}, {what, mend: 'nest what it should measure below it'});
			return [];
		}
		reportUnknown(reading, {key, words: [...measureWords, ...reading.scenarios]}, [...path, key]);
		return [];
	});
}

function readScenario(
	reading: RehearsalReading,
	{scenario, below}: {readonly scenario: string; readonly below: Readonly<Record<string, unknown>>},
	path: Path,
): readonly Expected[] {
	return Object.entries(below).flatMap(([key, value]) => {
		const measure = measureNamed(key);
		if (measure !== undefined) return readMeasure(reading, {measure, value, scenario}, [...path, key]);
		reportUnknown(reading, {key, words: measureWords}, [...path, key]);
		return [];
	});
}

/** A bound, or a map of environments to bounds. */
function readMeasure(
	reading: RehearsalReading,
	{measure, value, scenario}: {readonly measure: MeasureName; readonly value: unknown} & Pick<Where, 'scenario'>,
	path: Path,
): readonly Expected[] {
	if (!isMap(value)) return readBound(reading, {measure, value, scenario, environment: null}, path);
	if (!measure.byEnvironment) {
		report(
			reading,
			{path, part: 'key'},
			{what: `${measure.name} is not counted by environment`, mend: 'write one bound'},
		);
		return [];
	}
	return Object.entries(value).flatMap(([environment, bound]) => {
		const at = [...path, environment];
		const environments = reading.known?.topology.environments;
		if (environments !== undefined && !environments.includes(environment)) {
			const what = `there is no environment ${plainWord(environment)}`;
			report(reading, {path: at, part: 'key'}, {what, mend: didYouMean(environment, environments)});
		}
		return readBound(reading, {measure, value: bound, scenario, environment}, at);
	});
}

function readBound(
	reading: RehearsalReading,
	{
		measure,
		value,
		...rest
	}: {readonly measure: MeasureName; readonly value: unknown} & Pick<Expectation, 'scenario' | 'environment'>,
	path: Path,
): readonly Expected[] {
	if (isMap(value)) {
		report(reading, {path}, {what: `${plainWord(String(path.at(-1)))} is a map`, mend: 'write one bound'});
		return [];
	}
	const parsed = parseBound(value as BoundInput, measure);
	if (parsed.kind === 'wrong') {
		report(reading, {path}, parsed);
		return [];
	}
	const name = rest.environment === null ? measure.name : `${measure.name}.${rest.environment}`;
	const bound = readNames(reading, {bound: parsed.bound, measure}, path);
	const where = reading.document.place(path, 'key');
	return [{...rest, measure: measure.name, bound, text: `${name} ${parsed.text}`, where}];
}

/** A list of names in the form that the measures print, sorted, each once. */
function readNames(
	reading: RehearsalReading,
	{bound, measure}: {readonly bound: Bound; readonly measure: MeasureName},
	path: Path,
): Bound {
	const {known} = reading;
	if (bound.kind !== 'exactly' || known === null || measure.lists === null) return bound;
	const {lists} = measure;
	const names = bound.names.flatMap((text, index) => {
		const found = readExpectedName(text, lists, known);
		if (found.kind === 'ok') return found.names;
		report(reading, {path: [...path, index]}, found);
		return [];
	});
	return {kind: 'exactly', names: [...new Set(names)].sort()};
}

const measureWords = measureNames.map(({name}) => name);

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function reportUnknown(
	reading: RehearsalReading,
	{key, words}: {readonly key: string; readonly words: readonly string[]},
	path: Path,
): void {
	const what = `there is no measure ${words.length > measureWords.length ? 'or scenario ' : ''}${plainWord(key)}`;
	report(reading, {path, part: 'key'}, {what, mend: didYouMean(key, words)});
}
