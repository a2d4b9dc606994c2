// The panes' tabs, set into a line: as many names as there is room for, those next to the chosen one first, of the others
// the number that is their key.
import {type Line, span, textOf, type WidthOf} from '../../line.ts';
import {type ConsoleState, type PaneName, paneNames} from '../state.ts';
import {hereMark} from './here.ts';

export interface Tab {
	readonly pane: PaneName;
	/** From the line's beginning. */
	readonly column: number;
	readonly columns: number;
	readonly line: Line;
}

export function tabsOf(state: ConsoleState, columns: number, widthOf: WidthOf): readonly Tab[] {
	const chosen = paneNames.indexOf(state.pane);
	const order = paneNames.map((_, at) => at).sort((a, b) => Math.abs(a - chosen) - Math.abs(b - chosen) || a - b);
	const named = new Set<number>();
	let tabs = placed(named, state, widthOf);
	for (const at of order) {
		const more = placed(new Set([...named, at]), state, widthOf);
		if (endOf(more) > columns) break;
		named.add(at);
		tabs = more;
	}
	return tabs.filter(tab => tab.column + tab.columns <= columns);
}

const endOf = (tabs: readonly Tab[]): number => (tabs.at(-1)?.column ?? 0) + (tabs.at(-1)?.columns ?? 0);

/** One column of the line between two tabs. */
function placed(named: ReadonlySet<number>, state: ConsoleState, widthOf: WidthOf): readonly Tab[] {
	let column = 1;
	const chosen = paneNames.indexOf(state.pane);
	const [before, behind] = state.ascii ? '[]' : '┤├';
	return paneNames.map((pane, at) => {
		const words = named.has(at) ? `${at + 1} ${pane}` : `${at + 1}`;
		const line: Line =
			at === chosen
				? [span(before!, 'dim'), span(`${hereMark(state, 'pane')}${words} `, 'chosen'), span(behind!, 'dim')]
				: [span(named.has(at) ? ` ${words} ` : words)];
		const tab = {pane, column, columns: widthOf(textOf(line)), line};
		column += tab.columns + (at + 1 === chosen || at === chosen ? 0 : 1);
		return tab;
	});
}
