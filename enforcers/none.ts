import type {Enforcer} from '../core/contracts/enforcer.ts';
import {compileNone} from './compile/control.ts';

/** The control group: tracks, counts and logs every connection by the rule `none`, and decides nothing, whatever the stack. */
export const none: Enforcer = {
	name: 'none',
	compile: ({lab, topology}) =>
		[...topology.workloads].sort((a, b) => (a.name < b.name ? -1 : 1)).map(workload => compileNone(lab, workload)),
};
