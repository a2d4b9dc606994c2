import type {Enforcer, Ruleset} from '../core/contracts/enforcer.ts';
import {compileFarNone, compileNone} from './compile/control.ts';

/** The control group: tracks, counts and logs every connection by the rule `none`, and decides nothing, whatever the stack. */
export const none: Enforcer = {
	name: 'none',
	compile: ({lab, topology}) =>
		bySite([compileFarNone(lab), ...topology.workloads.map(workload => compileNone(lab, workload))]),
};

/** Sorted by site: the fabric first. */
export const bySite = (rulesets: readonly Ruleset[]): readonly Ruleset[] =>
	[...rulesets].sort((a, b) => (a.site < b.site ? -1 : 1));
