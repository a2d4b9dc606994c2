// One end's word on flows, ready to be asked many times.

import type {Flow} from '../model/flow.ts';
import type {EndVerdict, Selector} from '../model/policy.ts';
import type {EndProgram, PeerMatch, Step} from './end-program.ts';
import {type IndexedEnd, type PeerTable, selectsByTable} from './peer-table.ts';
import {portsInclude} from './port.ts';
import {related} from './relation.ts';
import type {Networks} from './selector.ts';

/** A flow with its ends looked up; `peer` is the end that is not being asked. */
export interface Question {
	readonly flow: Flow;
	readonly source: IndexedEnd;
	readonly destination: IndexedEnd;
	readonly peer: IndexedEnd;
}

export type Judge = (question: Question) => EndVerdict;

type Check = (question: Question) => boolean;

/** The judge that follows `program`: guardrails, rules, isolation, baseline, default. */
export function judgeOf(program: EndProgram, tableOf: (selector: Selector) => PeerTable, networks: Networks): Judge {
	const prepare = (step: Step) => ({
		matches: stepCheck(step, tableOf, networks),
		verdict: step.action === 'pass' ? null : {action: step.action, rule: step.ref},
	});
	const guardrails = program.guardrails.map(prepare);
	const rules = program.rules.map(prepare);
	const ending = program.isolation?.verdict ?? null;
	const baseline = program.baseline.map(prepare);
	return question => {
		const guard = guardrails.find(({matches}) => matches(question));
		if (guard !== undefined && guard.verdict !== null) return guard.verdict;
		return (
			rules.find(({matches}) => matches(question))?.verdict ??
			ending ??
			baseline.find(({matches}) => matches(question))?.verdict ??
			program.otherwise.verdict
		);
	};
}

function stepCheck(step: Step, tableOf: (selector: Selector) => PeerTable, networks: Networks): Check {
	const matches = check(step, tableOf, networks);
	const unless = step.unless.map(exception => check(exception, tableOf, networks));
	return unless.length === 0 ? matches : question => matches(question) && !unless.some(excepted => excepted(question));
}

function check({peer, match}: PeerMatch, tableOf: (selector: Selector) => PeerTable, networks: Networks): Check {
	const table = tableOf(peer);
	return ({flow, source, destination, peer: end}) =>
		selectsByTable(peer, table, end, networks) &&
		portsInclude(match.on, flow, destination.workload) &&
		related(match, source.workload, destination.workload);
}
