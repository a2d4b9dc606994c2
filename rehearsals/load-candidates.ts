// The candidates of a rehearsal, each with its policies read against the topology.
import {checkPolicies, parsePolicies, type Source} from '../core/files/policy.ts';
import {report} from '../core/files/reading.ts';
import type {CandidatePlan} from '../core/files/rehearsal.ts';
import type {Stack} from '../core/model/policy.ts';
import type {Candidate} from '../core/model/rehearsal.ts';
import type {Imported, Loading} from './load-options.ts';
import {importFolder, keep} from './load-topology.ts';

/**
 * `flat`, `today`, and the others as written. Where the topology is a folder of manifests and `today` is left out, the
 * policies found there are today's. Without a topology (undefined) only the shape of the policies is checked.
 */
export async function loadCandidates(
	loading: Loading,
	plans: readonly CandidatePlan[],
	imported: (Imported & {readonly manifests: boolean}) | undefined,
): Promise<readonly Candidate[]> {
	const stacks = new Map<string, Stack>();
	const candidates: Candidate[] = [];
	for (const plan of plans) {
		const key = plan.policies.map(({path}) => path).join('\n');
		const stack = stacks.get(key) ?? (await loadStack(loading, plan, imported));
		stacks.set(key, stack);
		const {name, placement, today, where} = plan;
		candidates.push({name, stack, placement, today, files: plan.policies.map(({path}) => path), where});
	}
	const found = imported?.manifests === true && imported.stack.length > 0 ? imported : undefined;
	if (found === undefined || candidates.some(({today}) => today)) return candidates;
	const [flat, ...others] = candidates;
	return [flat!, manifestsCandidate(found, {name: 'today', today: true}, flat!.where), ...others];
}

/** The policies that stand in a folder of manifests, as a candidate. */
export const manifestsCandidate = (
	{stack, topology}: Imported,
	{name, today}: Pick<Candidate, 'name' | 'today'>,
	where: Candidate['where'],
): Candidate => ({name, stack, placement: 'host', today, files: topology.files, where});

async function loadStack(loading: Loading, {policies}: CandidatePlan, imported: Imported | undefined): Promise<Stack> {
	const sources: Source[] = [];
	for (const {path, at} of policies) {
		const found = await loading.files.find(path);
		if (found.kind === 'file') sources.push(found);
		else if (found.kind === 'wrong') report(loading, {path: at}, found);
		else if (policies.length === 1)
			return (await importFolder(loading, found.path, at, imported?.surroundings))?.stack ?? [];
		else
			report(
				loading,
				{path: at},
				{what: 'a folder stands in a list of files', mend: 'name a folder of manifests alone'},
			);
	}
	if (imported !== undefined && sources.length === policies.length)
		return keep(loading, parsePolicies(sources, imported.topology)) ?? [];
	loading.problems.push(...checkPolicies(sources, imported === undefined ? loading.salvaged : null));
	return [];
}
