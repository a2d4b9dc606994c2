// Keys of the language that this version reads and cannot act on: said aloud, never passed over.
import {complain, type Draft} from './topology-declarations.ts';
import type {KindDraft} from './topology-kinds.ts';

/** What would change an attacker's way is a problem, since a rehearsal without it would look better than it is. */
export function checkUnbuilt(draft: Draft, kinds: readonly KindDraft[]): void {
	for (const {base, input, document, pathOf} of kinds) {
		const at = (key: string) => ({document, path: pathOf(key), part: 'key' as const});
		if (input.metadata !== undefined)
			complain(
				draft,
				at('metadata'),
				`the metadata service of ${base} cannot be built yet`,
				'put its secrets under holds: an attacker inside finds them there',
			);
	}
}
