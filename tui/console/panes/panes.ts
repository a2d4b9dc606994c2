import {span} from '../../line.ts';
import type {PaneName} from '../state.ts';
import {filled, type View} from '../view.ts';
import {flowsView} from './flows-view.ts';
import {logView} from './log-view.ts';
import {timelineView} from './timeline-view.ts';

const coming: View = (_, box) => filled([[], [span(' coming', 'dim')]], box);

/** What each pane shows. */
export const panes: Readonly<Record<PaneName, View>> = {
	timeline: timelineView,
	matrix: coming,
	flows: flowsView,
	policy: coming,
	compare: coming,
	explain: coming,
	workload: coming,
	log: logView,
};
