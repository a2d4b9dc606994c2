// What no policy file shows alone: two that cannot be in force together.
import type {Policy, Stack} from '../model/policy.ts';
import type {Problem} from '../model/problem.ts';
import type {Topology} from '../model/topology.ts';
import type {Document} from './document.ts';
import {plainWord} from './plain-word.ts';
import {selectedWorkloads} from './selected.ts';

interface Written {
	readonly policy: Policy;
	readonly document: Document;
	readonly workloads: ReadonlySet<string>;
}

/** Names that stand twice, and pairs that disagree in `established` or `denied` for a workload under both. */
export function policyConflicts(
	drafts: readonly {readonly document: Document}[],
	stack: Stack,
	topology: Topology,
): readonly Problem[] {
	if (stack.length < 2) return [];
	const written = stack.map(
		(policy, index): Written => ({
			policy,
			document: drafts[index]!.document,
			workloads: new Set(selectedWorkloads(policy.applies, topology).map(({name}) => name)),
		}),
	);
	return written.flatMap((second, index) =>
		written
			.slice(0, index)
			.flatMap(first => [
				...sameName(first, second),
				...disagreement(first, second, 'established'),
				...disagreement(first, second, 'denied'),
			]),
	);
}

function sameName(first: Written, second: Written): readonly Problem[] {
	if (first.policy.name !== second.policy.name || second.policy.name === '') return [];
	return [
		{
			where: second.document.place(['policy']),
			what: `the policy ${plainWord(second.policy.name)} is already in force, from ${first.document.file}`,
			mend: 'policies in force together have different names',
		},
	];
}

function disagreement(first: Written, second: Written, key: 'established' | 'denied'): readonly Problem[] {
	if (first.policy[key] === second.policy[key]) return [];
	const shared = [...second.workloads].find(name => first.workloads.has(name));
	if (shared === undefined) return [];
	const said = `${key} is ${second.policy[key]} here and ${first.policy[key]} in ${first.document.file}`;
	return [
		{
			where: second.document.place([key]),
			what: `${said}, and both speak for ${shared}`,
			mend: 'say the same in both, or give them different workloads by applies',
		},
	];
}
