// From zod's issues to problems that a person can mend: with a place, what was found, what was wanted, the nearest name.
import type {core, ZodType} from 'zod';
import {type Parsed, type Problem, sortProblems} from '../model/problem.ts';
import type {Document} from './document.ts';
import {didYouMean, nearest} from './nearest.ts';
import {keysAt} from './schema-keys.ts';
import {describeFound, describeWanted, nameOf, quote} from './wording.ts';

type Issue = core.$ZodIssue;
type Path = readonly (string | number)[];

interface Context {
	readonly document: Document;
	readonly schema: ZodType;
}

/**
 * The document's value as `schema` gives it (defaults filled in), or every way in which it does not fit, each at its
 * place: an unknown key at the key, a missing one at the map that lacks it.
 *
 * For authors of schemas: the message of `regex` and other string checks becomes the mend (`a name has no dot`), of
 * `refine` the problem itself, with `params: {mend}` as its mend. Unions read best when their options differ in type.
 */
export function validate<T>(document: Document, schema: ZodType<T>): Parsed<T> {
	const result = schema.safeParse(document.value);
	if (result.success) return {kind: 'ok', value: result.data, warnings: []};
	const context = {document, schema};
	const problems = result.error.issues.flatMap(issue => explain(context, issue, []));
	return {kind: 'wrong', problems: sortProblems(problems)};
}

/** One issue as problems; `above` is the path of the union or key that it was found in. */
function explain(context: Context, issue: Issue, above: Path): readonly Problem[] {
	const path = [...above, ...(issue.path as Path)];
	const at = (what: string, mend: string, part: 'key' | 'value' = 'value'): Problem[] => [
		{where: context.document.place(path, part), what, mend},
	];
	const found = `${nameOf(path)} is ${describeFound(valueAt(context.document.value, path))}`;
	switch (issue.code) {
		case 'unrecognized_keys':
			return issue.keys.map(key => unknownKey(context, path, key));
		case 'invalid_type':
			return isMissing(context.document.value, path)
				? missing(context, path)
				: at(found, wanted(issue, valueAt(context.document.value, path)));
		case 'invalid_value':
			return isMissing(context.document.value, path)
				? missing(context, path)
				: at(found, oneOf(valueAt(context.document.value, path), issue.values.map(String)));
		case 'invalid_union':
			return explainUnion(context, issue.errors, path);
		case 'invalid_key':
			return issue.issues.flatMap(inner =>
				at(`${quote(String(path.at(-1)))} cannot be a name here`, mendOf(inner), 'key'),
			);
		case 'custom':
			return at(issue.message, typeof issue.params?.mend === 'string' ? issue.params.mend : '');
		default:
			return at(found, mendOf(issue));
	}
}

function unknownKey({document, schema}: Context, path: Path, key: string): Problem {
	const taken = Object.keys((valueAt(document.value, path) as object | null) ?? {});
	const known = keysAt(schema, path);
	const near = nearest(key, known);
	return {
		where: document.place([...path, key], 'key'),
		what: path.length === 0 ? `there is no key ${quote(key)}` : `${nameOf(path)} has no key ${quote(key)}`,
		mend:
			near === undefined
				? didYouMean(
						key,
						known.filter(one => !taken.includes(one)),
					)
				: `did you mean ${near}?`,
	};
}

const missing = ({document}: Context, path: Path): readonly Problem[] => {
	const above = path.slice(0, -1);
	const where = document.place(above, above.length === 0 ? 'value' : 'key');
	return [{where, what: `${nameOf(above)} lacks the key ${path.at(-1)}`, mend: 'add it'}];
};

/**
 * The problems of the option that was most likely meant: of those that a value of this type could be, the one that got
 * furthest. When none could be, one problem that names them all.
 */
function explainUnion(context: Context, options: readonly (readonly Issue[])[], path: Path): readonly Problem[] {
	const entered = options.filter(issues => !issues.some(isOfAnotherType));
	const value = valueAt(context.document.value, path);
	if (entered.length === 0) {
		if (isMissing(context.document.value, path)) return missing(context, path);
		const values = options.flat().flatMap(issue => (issue.code === 'invalid_value' ? issue.values.map(String) : []));
		const types = options.flat().flatMap(issue => (issue.code === 'invalid_value' ? [] : typesOf(issue)));
		const mend = oneOf(value, values);
		return [
			{
				where: context.document.place(path),
				what: `${nameOf(path)} is ${describeFound(value)}`,
				mend: mend.startsWith('did') ? mend : `wanted ${[...values, ...new Set(types)].join(' or ')}`,
			},
		];
	}
	const depth = (issues: readonly Issue[]): number => Math.max(...issues.map(issue => issue.path.length));
	const best = [...entered].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0]!;
	return best.flatMap(issue => explain(context, issue, path));
}

/** True where the option cannot have been meant at all: the value itself, not a part of it, has another type. */
const isOfAnotherType = (issue: Issue): boolean =>
	issue.path.length === 0 &&
	(issue.code === 'invalid_type' ||
		issue.code === 'invalid_value' ||
		(issue.code === 'invalid_union' && issue.errors.every(option => option.some(isOfAnotherType))));

const typesOf = (issue: Issue): readonly string[] =>
	issue.code === 'invalid_type'
		? [describeWanted(issue.expected)]
		: issue.code === 'invalid_union'
			? issue.errors
					.flat()
					.flatMap(inner => (inner.code === 'invalid_value' ? inner.values.map(String) : typesOf(inner)))
			: [];

function wanted(issue: {readonly expected: string}, value: unknown): string {
	const quotes = issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');
	return `wanted ${describeWanted(issue.expected)}${quotes ? ': put it in quotes' : ''}`;
}

function oneOf(value: unknown, values: readonly string[]): string {
	if (values.length === 1) return `wanted ${values[0]}`;
	return typeof value === 'string' ? didYouMean(value, values) : `wanted ${values.join(' or ')}`;
}

function mendOf(issue: Issue): string {
	if (issue.code === 'too_small') return `at least ${issue.minimum}${unitOf(issue.origin)}`;
	if (issue.code === 'too_big') return `at most ${issue.maximum}${unitOf(issue.origin)}`;
	if (issue.code === 'invalid_type') return `wanted ${describeWanted(issue.expected)}`;
	return issue.message.startsWith('Invalid') ? '' : issue.message;
}

const unitOf = (origin: string): string => (origin === 'string' ? ' characters' : origin === 'array' ? ' of them' : '');

function valueAt(value: unknown, path: Path): unknown {
	let here = value;
	for (const step of path)
		here = typeof here === 'object' && here !== null && Object.hasOwn(here, step) ? Reflect.get(here, step) : undefined;
	return here;
}

const isMissing = (value: unknown, path: Path): boolean => path.length > 0 && valueAt(value, path) === undefined;
