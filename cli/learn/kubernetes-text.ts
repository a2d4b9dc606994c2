// What was seen as NetworkPolicy objects, for `kubectl apply -f`.
import {renderYaml} from '../../core/files/render-yaml.ts';
import {
	kubernetesPolicies,
	type NetworkPolicyObject,
	type PolicyEnd,
	type PolicyNeed,
	type PolicyPods,
	podsKey,
} from '../../core/learn/kubernetes-policies.ts';
import {kindsOf} from '../../core/measure/kinds.ts';
import type {Parsed} from '../../core/model/problem.ts';
import type {Dependency, Topology} from '../../core/model/topology.ts';
import {oneLine} from '../report/lines.ts';

/** Every address beyond the cluster. */
const world = ['0.0.0.0/0', '::/0'];

/**
 * One for each kind that is not outside, and one that denies the rest for each namespace. Names may be asked for by whoever
 * sends anything. A kind without labels is a problem: no selector means it alone.
 */
export function kubernetesText(
	topology: Topology,
	needs: readonly Dependency[],
	head: readonly string[],
): Parsed<string> {
	const inside = [...kindsOf(topology).all.values()].filter(({outside, assumed}) => !outside && !assumed);
	const bare = inside.filter(({workloads}) => Object.keys(workloads[0]!.labels).length === 0);
	if (bare.length > 0)
		return {
			kind: 'wrong',
			problems: bare.map(({name, workloads}) => ({
				where: workloads[0]!.where,
				what: `${oneLine(name)} has no label: a podSelector that means it means all pods of its namespace`,
				mend: 'give it labels, or take --format native',
			})),
		};
	const isUnique = (base: string, namespace: string | null): boolean =>
		inside.filter(({workloads: [first]}) => first!.base === base && first!.namespace === namespace).length === 1;
	const pods = new Map(
		inside.map(({name, workloads}): [string, PolicyPods] => {
			const {base, namespace, labels} = workloads[0]!;
			return [name, {name: isUnique(base, namespace) ? base : name, namespace, labels}];
		}),
	);
	const kinds = kindsOf(topology).all;
	const ends = (kind: string): readonly PolicyEnd[] => {
		const own = pods.get(kind);
		if (own !== undefined) return [{kind: 'pods', ...own}];
		return kinds.get(kind)?.outside === true ? world.map(cidr => ({kind: 'addresses', cidr})) : [];
	};
	const flows = needs
		.filter(({dangling, port}) => !dangling && port > 0)
		.flatMap(({from, to, protocol, port}): readonly PolicyNeed[] =>
			ends(from).flatMap(source => ends(to).map(destination => ({from: source, to: destination, protocol, port}))),
		);
	const each = [...new Map([...pods.values()].map(one => [podsKey(one), one])).values()];
	const policies = kubernetesPolicies(each, flows, {dns: true, isolate: 'both', isolateNamespaces: true});
	const notes = [...head, 'whoever sends anything may ask for names (53/udp), seen or not'];
	return {kind: 'ok', value: policyDocuments(policies, notes), warnings: []};
}

/** One document each; the head stands above the first. Where two have one name in a namespace, later ones are numbered. */
export function policyDocuments(policies: readonly NetworkPolicyObject[], head: readonly string[]): string {
	const taken = new Set<string>();
	const free = ({metadata: {name, namespace}}: NetworkPolicyObject): string => {
		let word = name;
		for (let number = 2; taken.has(`${namespace} ${word}`); number++) word = `${name}-${number}`;
		taken.add(`${namespace} ${word}`);
		return word;
	};
	return policies
		.map(policy => ({...policy, metadata: {...policy.metadata, name: free(policy)}}))
		.map((policy, at) => renderYaml(policy, at === 0 ? head.map(oneLine) : []))
		.join('---\n');
}
