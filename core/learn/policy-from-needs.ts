// The least policy of what was seen, with all that whoever puts it in force has to know in its head.
import {uniqueDependencies} from '../files/topology-dependencies.ts';
import {dependencyText} from '../measure/dependency-text.ts';
import {kindsOf, serves} from '../measure/kinds.ts';
import type {Dependency, Topology} from '../model/topology.ts';
import {type LeastPolicy, leastPolicy} from './least-policy.ts';
import {noteSection} from './notes.ts';
import type {SeenNeed} from './seen-needs.ts';

export interface LearnedFrom {
	readonly topology: Topology;
	readonly needs: readonly SeenNeed[];
	/** Allows the topology's own dependencies too, though nobody used them. */
	readonly withDeclared: boolean;
	readonly name: string;
}

export interface LearnedPolicy extends Pick<LeastPolicy, 'value' | 'notes'> {
	/** The topology's dependencies of which nothing allowed was seen; dangling ones are not among them. */
	readonly unexercised: readonly Dependency[];
	/** The same in sentences; they stand among the notes too. */
	readonly declared: readonly string[];
	/** What the policy allows: seen, and declared where it was asked for. */
	readonly needs: readonly Dependency[];
}

export function policyFromNeeds({topology, needs: seen, withDeclared, name}: LearnedFrom): LearnedPolicy {
	const kinds = kindsOf(topology).all;
	const serviceOf = ({to, protocol, port}: SeenNeed) =>
		kinds.get(to)?.services.find(one => serves(one, protocol, port));
	const learned = seen.map((need): Dependency => {
		const service = serviceOf(need);
		return {...need, port: service?.port ?? need.port, service: service?.name ?? null};
	});
	const keyOf = ({from, to, protocol, port}: Dependency): string => `${from} ${to} ${port}/${protocol}`;
	const used = new Set(learned.map(keyOf));
	const unexercised = topology.dependencies.filter(need => !need.dangling && !used.has(keyOf(need)));
	const needs = uniqueDependencies([...learned, ...(withDeclared ? unexercised : [])]);
	const {value, notes} = leastPolicy(topology, needs, name);
	const title = withDeclared
		? 'not exercised, and allowed all the same, since the topology declares them:'
		: 'not exercised, and not allowed (--with-declared allows them):';
	const declared = noteSection(title, unexercised.map(dependencyText));
	return {value, needs, unexercised, declared, notes: [...declared, ...notes]};
}
