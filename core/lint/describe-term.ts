// A selector's term in words, and what might have been meant where it means nobody.
import {nearest} from '../files/nearest.ts';
import type {Requirement, Term} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import {labelOf} from '../policy/selector.ts';
import {someOf} from './words.ts';

const namespaceName = 'kubernetes.io/metadata.name';

/** `with tier=web and env in (test, dev), in namespace shop`. */
export function describeTerm({requirements}: Pick<Term, 'requirements'>): string {
	const labels = requirements.filter(({kind}) => kind === 'label').map(describe);
	const rest = requirements.filter(({kind}) => kind !== 'label').map(describe);
	return [labels.length === 0 ? '' : `with ${labels.join(' and ')}`, ...rest].filter(text => text !== '').join(' ');
}

function describe(requirement: Requirement): string {
	switch (requirement.kind) {
		case 'label':
			return labelText(requirement.key, requirement);
		case 'namespace-label':
			return requirement.key === namespaceName && requirement.values !== null
				? `${requirement.wanted ? '' : 'not '}in namespace ${requirement.values.join(' or ')}`
				: `in a namespace with ${labelText(requirement.key, requirement)}`;
		case 'namespace':
		case 'network':
			return `${requirement.wanted ? '' : 'not '}in ${requirement.kind} ${requirement.names.join(' or ')}`;
		case 'workload':
			return `${requirement.wanted ? 'called' : 'not called'} ${requirement.names.join(' or ')}`;
		case 'cidr': {
			const except = requirement.except.length === 0 ? '' : ` but not in ${requirement.except.join(', ')}`;
			return `in ${requirement.cidrs.join(' or ')}${except}`;
		}
		case 'is':
			return `that is ${requirement.name}`;
		default:
			return requirement satisfies never;
	}
}

function labelText(
	key: string,
	{values, wanted}: {readonly values: readonly string[] | null; readonly wanted: boolean},
): string {
	if (values === null) return wanted ? `a label ${key}` : `no label ${key}`;
	if (values.length === 1) return `${key}${wanted ? '=' : '≠'}${values[0]}`;
	return `${key} ${wanted ? '' : 'not '}in (${values.join(', ')})`;
}

/** The nearest label or value that one of `workloads` has, for the first that none of them has; null where all are there. */
export function whatWasMeant(
	{requirements}: Pick<Term, 'requirements'>,
	workloads: readonly Workload[],
): string | null {
	const keys = new Set(workloads.flatMap(({labels}) => Object.keys(labels)));
	for (const one of requirements) {
		if (one.kind !== 'label' || !one.wanted) continue;
		if (!keys.has(one.key)) return suggestion('', one.key, keys);
		const values = new Set(workloads.flatMap(({labels}) => labelOf(labels, one.key) ?? []));
		const unknown = (one.values ?? []).filter(value => !values.has(value));
		if (unknown[0] !== undefined && unknown.length === one.values?.length)
			return suggestion(one.key, unknown[0], values);
	}
	return null;
}

/** A label's name where `key` is empty, else a value of it. */
function suggestion(key: string, word: string, known: ReadonlySet<string>): string {
	if (known.size === 0) return 'no workload there has labels';
	const near = nearest(word, known);
	if (near !== undefined) return `did you mean ${key === '' ? '' : `${key}=`}${near}?`;
	return `${key === '' ? 'labels' : key} there: ${someOf([...known].sort(), 8)}`;
}
