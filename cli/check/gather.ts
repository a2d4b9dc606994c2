// The findings of several candidates as one list: what is true of a file under each of them is told once.
import {type Found, lint, sortFindings} from '../../core/lint/lint.ts';
import type {Candidate, Rehearsal} from '../../core/model/rehearsal.ts';

export interface Gathered extends Found {
	/** Under which it was found. */
	readonly candidates: readonly string[];
	/** Whether it was found under each of those that it could be found under. */
	readonly everywhere: boolean;
}

/** Sorted by file, line and id. `today` is an ISO date. */
export function gatherFindings(
	{topology}: Pick<Rehearsal, 'topology'>,
	candidates: readonly Candidate[],
	today: string,
): readonly Gathered[] {
	const all = candidates.flatMap(candidate =>
		lint({topology, stack: candidate.stack, placement: candidate.placement, today}).map(found => ({found, candidate})),
	);
	const alike = Map.groupBy(all, ({found: {id, where, what}}) => JSON.stringify([id, where, what]));
	return sortFindings(
		[...alike.values()].map(group => {
			const {found} = group[0]!;
			const under = new Set(group.map(({candidate}) => candidate.name));
			return {
				...found,
				candidates: [...under],
				everywhere: withFile(candidates, found.where.file).every(({name}) => under.has(name)),
			};
		}),
	);
}

/** Those that have the file in force; all of them where it is no policy of any. */
function withFile(candidates: readonly Candidate[], file: string): readonly Candidate[] {
	const having = candidates.filter(({stack}) => stack.some(({where}) => where.file === file));
	return having.length > 0 ? having : candidates;
}
