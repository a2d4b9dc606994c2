// NetworkPolicies of what a log says of pods, for who has no topology in files.
import {kubernetesPolicies, podsKey} from '../../core/learn/kubernetes-policies.ts';
import type {Parsed} from '../../core/model/problem.ts';
import {readPodNeeds} from '../../topologies/inventory/load.ts';
import {plural} from '../report/lines.ts';
import {policyDocuments} from './kubernetes-text.ts';

/** One for each group of pods that the logs are about, with what it was seen to need and nothing else. */
export async function logPolicies(flows: readonly string[], columns: readonly string[]): Promise<Parsed<string>> {
	const read = await readPodNeeds(flows, columns);
	if (read.kind === 'wrong') return read;
	const {pods, needs} = read.value;
	if (pods.length === 0)
		return {
			kind: 'wrong',
			problems: [
				{
					where: {file: flows[0]!, line: 1, column: 1},
					what: 'no flow names a pod by its labels',
					mend: 'name a topology that knows the addresses: --in DIR',
				},
			],
		};
	const each = [...new Map(pods.map(one => [podsKey(one), one])).values()];
	const policies = kubernetesPolicies(each, needs, {dns: false, isolateNamespaces: false});
	const head = [
		`learned from ${flows.join(', ')}: ${plural(each.length, 'group')} of pods, ${plural(needs.length, 'need')}`,
		'what was not seen is denied to these pods, the asking for names among it',
	];
	return {kind: 'ok', value: policyDocuments(policies, head), warnings: []};
}
