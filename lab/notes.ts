import type {NoteEvent} from '../core/contracts/watch-event.ts';

/** So many are kept. */
const most = 10_000;

/** What was done to a lab, in order: the last 10,000, and whoever is told of each. */
export function createNotes(now: () => number, tell: (note: NoteEvent) => void) {
	const kept: NoteEvent[] = [];
	const add = (text: string): void => {
		const entry: NoteEvent = {kind: 'note', text, atMs: now()};
		if (kept.push(entry) > most) kept.shift();
		tell(entry);
	};
	return {kept: kept as readonly NoteEvent[], add};
}
