// From zod's issues to problems that name the object and the field's path: `NetworkPolicy default/web,
// spec.ingress[0].ports[0].port: …`. Kubernetes users look for paths, so they stand in the sentence.
import type {core, ZodType} from 'zod';
import {didYouMean} from '../files/nearest.ts';
import {keysAt} from '../files/schema-keys.ts';
import {describeFound, describeWanted, quote} from '../files/wording.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import {isNamespaced} from './kinds.ts';
import type {Manifest, Path} from './manifests.ts';

/** The object as `schema` gives it, or everything that is wrong with it. `refine` messages are `what`, `params.mend` is the mend. */
export function validateManifest<T>(manifest: Manifest, schema: ZodType<T>): Parsed<T> {
	const result = schema.safeParse(manifest.value);
	if (result.success) return {kind: 'ok', value: result.data, warnings: []};
	return {kind: 'wrong', problems: result.error.issues.flatMap(issue => explain(manifest, schema, issue))};
}

/** A problem with one field of an object. */
export const fieldProblem = (manifest: Manifest, path: Path, what: string, mend: string): Problem => ({
	where: manifest.place(path),
	what: `${titleOf(manifest)}, ${renderPath(path)}: ${what}`,
	mend,
});

/** `NetworkPolicy shop/web`, as far as the object says its name; in `default` where it may have a namespace and names none. */
export function titleOf({kind, value}: Manifest): string {
	const metadata = value.metadata as {readonly name?: unknown; readonly namespace?: unknown} | null | undefined;
	const {name, namespace} = typeof metadata === 'object' && metadata !== null ? metadata : {};
	if (typeof name !== 'string') return `${clean(kind)} without a name`;
	const namespaced = isNamespaced(kind);
	const written = typeof namespace === 'string' && namespace !== '' && namespaced !== false;
	const prefix = written ? `${clean(namespace)}/` : namespaced === true ? 'default/' : '';
	return `${clean(kind)} ${prefix}${clean(name)}`;
}

function explain(manifest: Manifest, schema: ZodType, issue: core.$ZodIssue): readonly Problem[] {
	const path = issue.path as Path;
	const value = valueAt(manifest.value, path);
	if (issue.code === 'unrecognized_keys')
		return issue.keys.map(key => ({
			where: manifest.place([...path, key], 'key'),
			what: `${titleOf(manifest)}, ${renderPath([...path, key])}: there is no such field`,
			mend: didYouMean(
				key,
				keysAt(schema, path).filter(known => valueAt(value, [known]) === undefined),
			),
		}));
	if (issue.code === 'custom') {
		const mend = typeof issue.params?.mend === 'string' ? issue.params.mend : '';
		return [fieldProblem(manifest, path, issue.message, mend)];
	}
	if (value === undefined || value === null) return [fieldProblem(manifest, path, 'is missing', 'add it')];
	return [fieldProblem(manifest, path, `is ${describeFound(value)}`, wanted(issue, value))];
}

function wanted(issue: core.$ZodIssue, value: unknown): string {
	if (issue.code === 'invalid_value')
		return typeof value === 'string'
			? didYouMean(value, issue.values.map(String))
			: `wanted ${issue.values.map(String).join(' or ')}`;
	if (issue.code !== 'invalid_type') return issue.message.startsWith('Invalid') ? '' : issue.message;
	const quotes = issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');
	return `wanted ${describeWanted(issue.expected)}${quotes ? ': put it in quotes' : ''}`;
}

/** `spec.ingress[0].ports[0].port`; the object itself is `the object`. */
export const renderPath = (path: Path): string =>
	path.length === 0
		? 'the object'
		: path
				.map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at === 0 ? '' : '.'}${clean(step)}`))
				.join('');

const clean = (word: string): string => (/^[\w.@/-]{1,80}$/.test(word) ? word : quote(word));

function valueAt(value: unknown, path: Path): unknown {
	let here = value;
	for (const step of path)
		here = typeof here === 'object' && here !== null && Object.hasOwn(here, step) ? Reflect.get(here, step) : undefined;
	return here;
}
