import type {TopologyChange} from '../core/model/topology-change.ts';

/** So many names of a kind are told; of more, their number. */
const told = 5;

/** `relabelled web-1.prod; new: web-3.prod; gone: db.dev`. */
export function changeText({gone, added, relabelled}: TopologyChange): string {
	const back = added.filter(name => gone.includes(name));
	const parts = (
		[
			['relabelled', relabelled],
			['new:', added.filter(name => !back.includes(name))],
			['gone:', gone.filter(name => !back.includes(name))],
			['made anew:', back],
		] as const
	).flatMap(([word, names]) =>
		names.length === 0 ? [] : `${word} ${names.length > told ? `${names.length} workloads` : names.join(', ')}`,
	);
	return parts.join('; ') || 'nothing';
}
