import {parsePolicies, type Source} from '../../../core/files/policy.ts';
import type {Draft} from '../state.ts';
import type {World} from '../world/world.ts';
import {editChanges} from './edit-changes.ts';

/**
 * What an edit of the files in force would do: its problems, or the flows that it opens and closes against the policy in
 * force. Nothing else than the files is read again, and nothing happens.
 *
 * @param paths - what `apply` is to be told, file by file
 */
export function planDraft({rehearsal, policy}: World, sources: readonly Source[], paths: readonly string[]): Draft {
	const files = sources.map(({file}) => file);
	const texts = new Map(sources.map(({file, text}) => [file, text]));
	const draft: Draft = {files, paths, texts, problems: [], opened: [], closed: [], broken: []};
	const parsed = parsePolicies(sources, rehearsal.topology);
	if (parsed.kind === 'wrong') return {...draft, problems: parsed.problems};
	const {topology} = rehearsal;
	const {stack, placement} = policy;
	// What observes is compared as it would judge: an edit is read before it is put in force.
	const enforced = policy.observed ? stack.map(one => ({...one, mode: 'enforce' as const})) : stack;
	const after = {topology, stack: parsed.value, placement};
	return {...draft, ...editChanges({topology, stack: enforced, placement}, after)};
}
