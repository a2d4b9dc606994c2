import {policyView} from '../policy/policy-view.ts';
import type {PaneName} from '../state.ts';
import type {View} from '../view.ts';
import {workloadView} from '../workload/workload-view.ts';
import {compareView} from './compare-view.ts';
import {explainView} from './explain-view.ts';
import {flowsView} from './flows-view.ts';
import {logView} from './log-view.ts';
import {matrixView} from './matrix-view.ts';
import {timelineView} from './timeline-view.ts';

/** What each pane shows. */
export const panes: Readonly<Record<PaneName, View>> = {
	timeline: timelineView,
	matrix: matrixView,
	flows: flowsView,
	policy: policyView,
	compare: compareView,
	explain: explainView,
	workload: workloadView,
	log: logView,
};
