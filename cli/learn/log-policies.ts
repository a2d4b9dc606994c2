// NetworkPolicies of what a log says of pods, for who has no topology in files.
import {kubernetesPolicies, type NetworkPolicyObject, podsKey} from '../../core/learn/kubernetes-policies.ts';
import type {PodNeeds} from '../../core/learn/log-needs.ts';
import {noteSection} from '../../core/learn/notes.ts';
import {type Parsed, renderProblem} from '../../core/model/problem.ts';
import {readPodNeeds} from '../../topologies/inventory/load.ts';
import {plural} from '../report/lines.ts';
import {policyDocuments} from './kubernetes-text.ts';

export interface LogPolicyOptions {
	readonly flows: readonly string[];
	readonly columns: readonly string[];
	/** Left out: as the tool does it that wrote the log. */
	readonly isolate: 'both' | 'seen' | undefined;
}

/** One for each group of pods that the logs are about, with what it was seen to need and nothing else. */
export async function logPolicies({flows, columns, isolate: asked}: LogPolicyOptions): Promise<Parsed<string>> {
	const read = await readPodNeeds(flows, columns);
	if (read.kind === 'wrong') return read;
	const {pods, needs, decisions, isolate: usual} = read.value;
	if (pods.length === 0)
		return {
			kind: 'wrong',
			problems: [
				...decisions,
				{
					where: {file: flows[0]!, line: 1, column: 1},
					what: 'no flow names a pod by its labels',
					mend: 'name a topology that knows the addresses: --in DIR',
				},
			],
		};
	const isolate = asked ?? usual;
	const each = [...new Map(pods.map(one => [podsKey(one), one])).values()];
	const policies = kubernetesPolicies(each, needs, {dns: false, isolate, isolateNamespaces: false});
	const seen = new Set(needs.map(need => JSON.stringify(need))).size;
	const head = [
		`learned from ${flows.join(', ')}: ${plural(each.length, 'group')} of pods, ${plural(seen, 'need')}`,
		`what was not seen is denied to these pods${isolate === 'seen' ? ' in each direction that their policy names' : ''}, the asking for names too`,
		...(isolate === 'seen' ? noteSection(openTitle, policies.flatMap(openText)) : []),
		...noteSection('no label tells these pods apart: the rule means all pods of the namespace:', wholes(read.value)),
		...decisions.map(one => `not learned: ${renderProblem(one)}`),
	];
	return {kind: 'ok', value: policyDocuments(policies, head), warnings: []};
}

const openTitle =
	'a direction in which nothing was seen is not isolated, and stays open (--isolate both denies it there too):';

function openText({metadata, spec: {policyTypes}}: NetworkPolicyObject): readonly string[] {
	const others = ['Ingress', 'Egress'].filter(one => !policyTypes.includes(one));
	return others.map(one => `${one.toLowerCase()} of ${metadata.namespace ?? 'default'}/${metadata.name}`);
}

/** Ends of which a selector without labels had to be written. */
function wholes({pods, needs}: PodNeeds): readonly string[] {
	const ends = needs.flatMap(({from, to}) => [from, to]).flatMap(end => (end.kind === 'pods' ? [end] : []));
	const bare = [...pods, ...ends].filter(({labels}) => Object.keys(labels).length === 0);
	return [...new Set(bare.map(({namespace, name}) => `${namespace ?? 'default'}/${name}`))].sort();
}
