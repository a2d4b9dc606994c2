// Each workload in each of its environments: what the file says of it there, merged and with its defaults.
import type {Service} from '../model/topology.ts';
import type {Document} from './document.ts';
import {reservedLabels} from './name.ts';
import {didYouMean} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import type {Path} from './reading.ts';
import {complain, type Declared, type Draft} from './topology-declarations.ts';
import type {WorkloadInput} from './topology-schema.ts';
import {resolveServices} from './topology-services.ts';
import type {WorkloadChange} from './workload-schema.ts';

/** Replicas of one workload in one environment, before they have addresses. */
export interface KindDraft {
	/** `web.prod`, or `web` without environment. */
	readonly kind: string;
	readonly base: string;
	readonly environment: string | null;
	/** Keys that the environment changes are changed here; services are in `services`. */
	readonly input: WorkloadInput & WorkloadChange;
	readonly labels: Readonly<Record<string, string>>;
	readonly services: readonly Service[];
	readonly jewel: boolean;
	readonly replicas: number;
	readonly document: Document;
	/** Path of the workload. */
	readonly path: Path;
	/** Path of one of its keys: in its environment where that changes it. */
	pathOf(key: string): Path;
}

/** In the order of the files, and within a workload of the environments. */
export function resolveKinds(draft: Draft): readonly KindDraft[] {
	return [...draft.workloads.values()].flatMap(declared => {
		checkLabels(draft, declared);
		return environmentsOf(draft, declared).map(environment => resolveKind(draft, declared, environment));
	});
}

/** The name that replicas in one environment share. */
export const kindName = (base: string, environment: string | null): string =>
	environment === null ? base : `${base}.${environment}`;

function resolveKind(draft: Draft, declared: Declared<WorkloadInput>, environment: string | null): KindDraft {
	const {name: base, input, document, path} = declared;
	const change = environment === null ? {} : changeOf(input, environment);
	const pathOf = (key: string): Path =>
		environment !== null && Object.hasOwn(change, key) ? [...path, 'in', environment, key] : [...path, key];
	const kind = {
		kind: kindName(base, environment),
		base,
		environment,
		input: {...input, ...change, services: undefined, jewel: undefined},
		labels: {...input.labels, ...change.labels, ...(environment === null ? {} : {env: environment})},
		jewel: change.jewel ?? isJewel(input.jewel, environment),
		replicas: change.replicas ?? input.replicas ?? 1,
		document,
		path,
		pathOf,
	};
	return {...kind, services: resolveServices(draft, kind, {base: input.services ?? {}, change: change.services ?? {}})};
}

function changeOf({in: where}: WorkloadInput, environment: string): WorkloadChange {
	return where === undefined || Array.isArray(where) ? {} : (where[environment] ?? {});
}

const isJewel = (jewel: WorkloadInput['jewel'], environment: string | null): boolean =>
	typeof jewel === 'object' ? environment !== null && jewel.in.includes(environment) : jewel === true;

function environmentsOf(draft: Draft, declared: Declared<WorkloadInput>): readonly (string | null)[] {
	const {input, document, path} = declared;
	if (input.in === undefined) {
		checkJewel(draft, declared, []);
		return [null];
	}
	const names = Array.isArray(input.in) ? input.in : Object.keys(input.in);
	for (const [index, name] of names.entries()) {
		const at = Array.isArray(input.in)
			? {document, path: [...path, 'in', index]}
			: {document, path: [...path, 'in', name], part: 'key' as const};
		if (!draft.environments.includes(name)) unknownEnvironment(draft, at, name);
		else if (names.indexOf(name) < index) complain(draft, at, `${name} stands twice`, 'keep one of them');
	}
	checkJewel(draft, declared, names);
	return draft.environments.filter(name => names.includes(name));
}

function unknownEnvironment(draft: Draft, at: Parameters<typeof complain>[1], name: string): void {
	if (draft.lost.has(name) || draft.lost.has('environments')) return;
	const mend =
		draft.environments.length === 0
			? `declare it at the top: environments: [${plainWord(name)}]`
			: didYouMean(name, draft.environments);
	complain(draft, at, `there is no environment ${plainWord(name)}`, mend);
}

function checkJewel(draft: Draft, declared: Declared<WorkloadInput>, its: readonly string[]): void {
	const {input, document, path, name} = declared;
	if (typeof input.jewel !== 'object') return;
	for (const [index, environment] of input.jewel.in.entries())
		if (!its.includes(environment)) {
			const mend = its.length === 0 ? 'it is in no environment: write jewel: true' : didYouMean(environment, its);
			complain(
				draft,
				{document, path: [...path, 'jewel', 'in', index]},
				`${name} is not in ${plainWord(environment)}`,
				mend,
			);
		}
}

function checkLabels(draft: Draft, {input, document, path}: Declared<WorkloadInput>): void {
	const changes = input.in === undefined || Array.isArray(input.in) ? [] : Object.entries(input.in);
	const all: [Path, object][] = [
		[[...path, 'labels'], input.labels ?? {}],
		...changes.map(([name, change]): [Path, object] => [[...path, 'in', name, 'labels'], change?.labels ?? {}]),
	];
	for (const [at, labels] of all)
		for (const key of Object.keys(labels))
			if (reservedLabels.includes(key)) {
				const mend =
					key === 'env' ? 'say in: [prod]; the label env follows from it' : 'selectors use this word: take another';
				complain(draft, {document, path: [...at, key], part: 'key'}, `the label name ${key} is reserved`, mend);
			}
}
