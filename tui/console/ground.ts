// Where things stand on the screen, for the mouse and for whatever moves by pages.
import type {WidthOf} from '../line.ts';
import {rememberedWidths} from '../width-of.ts';
import {layoutOf, type Place} from './frame/layout.ts';
import {tabsOf} from './frame/tabs.ts';
import {overlayPlace} from './overlay/overlay-box.ts';
import {flowsListing} from './panes/flows-view.ts';
import {lengthOf} from './panes/listing.ts';
import {logListing} from './panes/log-view.ts';
import {timelineListing} from './panes/timeline-view.ts';
import {policyLength} from './policy/policy-lines.ts';
import type {ConsoleState, PaneName} from './state.ts';
import {workloadLines} from './workload/workload-lines.ts';

export interface Ground {
	/** Of the map, and of the pane's lines. */
	readonly map: Place;
	readonly pane: Place;
	readonly tabs: readonly {
		readonly pane: PaneName;
		readonly column: number;
		readonly row: number;
		readonly columns: number;
	}[];
	/** The lines of what lies over the panes; null where nothing does. */
	readonly overlay: Place | null;
	/** How many lines that pane has in all. */
	lines(pane: PaneName): number;
}

const ownWidths = rememberedWidths();

/** Of the frame that is drawn of this state. */
export function groundOf(state: ConsoleState, widthOf: WidthOf = ownWidths): Ground {
	const {map, pane, tabs} = layoutOf(state, widthOf);
	return {
		map,
		pane,
		tabs: tabsOf(state, tabs.columns, widthOf).map(({pane: name, column, columns}) => ({
			...{pane: name, columns, column: tabs.column + column, row: tabs.row},
		})),
		overlay: overlayPlace(state, widthOf),
		lines: name => linesOf(state, name, pane),
	};
}

function linesOf(state: ConsoleState, pane: PaneName, box: Place): number {
	switch (pane) {
		case 'timeline':
			return lengthOf(timelineListing(state, box)) + heads;
		case 'flows':
			return lengthOf(flowsListing(state, box)) + heads;
		case 'log':
			return lengthOf(logListing(state, box)) + heads;
		case 'policy':
			return policyLength(state, box);
		case 'workload':
			return workloadLines(state, box).length;
		case 'matrix':
		case 'compare':
		case 'explain':
			return unknownLines;
		default:
			return pane satisfies never;
	}
}

/** Rows that a list may need for what stands above it: it stops at its end by itself. */
const heads = 4;
/** Of a pane whose length only its view knows: it stops at its end by itself. */
const unknownLines = 200;
