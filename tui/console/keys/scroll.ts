// Where a pane's list is looked at, and how that moves.
import type {Ground} from '../ground.ts';
import type {ConsoleState, PaneName, Scroll} from '../state.ts';

/** Lists that grow are followed until somebody looks back; all else begins at its beginning. */
const grows: ReadonlySet<PaneName> = new Set(['timeline', 'flows', 'log']);

export const scrollOf = ({scrolls}: ConsoleState, pane: PaneName): Scroll =>
	scrolls[pane] ?? (grows.has(pane) ? {kind: 'follow'} : {kind: 'at', top: 0});

/** So many lines down, or (less than 0) up. At the end of a list that grows it is followed again. */
export function scrolled(state: ConsoleState, by: number, ground: Ground): ConsoleState {
	const {pane} = state;
	const {rows} = ground.pane;
	const last = Math.max(0, ground.lines(pane) - rows);
	const scroll = scrollOf(state, pane);
	const top = Math.max(0, Math.min(last, (scroll.kind === 'follow' ? last : Math.min(scroll.top, last)) + by));
	const next: Scroll = grows.has(pane) && top === last && by > 0 ? {kind: 'follow'} : {kind: 'at', top};
	return {...state, scrolls: {...state.scrolls, [pane]: next}};
}
