// One end's word on flows, ready to be asked many times.
import type {Flow} from '../model/flow.ts';
import type {EndVerdict, Match, Selector} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import type {EndProgram, PeerMatch, Step} from './end-program.ts';
import {type IndexedEnd, type PeerTable, peerTables, selectsByTable} from './peer-table.ts';
import {type PortCheck, portCheck} from './port-table.ts';
import {type RelationTables, relationTables} from './relation-table.ts';
import {type Networks, networksOf} from './selector.ts';

/** A flow with its ends looked up; `peer` is the end that is not being asked. */
export interface Question {
	readonly flow: Flow;
	readonly source: IndexedEnd;
	readonly destination: IndexedEnd;
	readonly peer: IndexedEnd;
}

export type Judge = (question: Question) => EndVerdict;

/** What the judges of one topology share. */
export interface Tables {
	readonly networks: Networks;
	readonly peers: (selector: Selector) => PeerTable;
	readonly relations: RelationTables;
	readonly ports: (match: Match) => PortCheck;
}

export function judgeTables(topology: Topology): Tables {
	const networks = networksOf(topology);
	const checks = new Map<Match, PortCheck>();
	return {
		networks,
		peers: peerTables(topology.workloads, networks),
		relations: relationTables(topology.workloads),
		ports(match) {
			const check = checks.get(match) ?? portCheck(match.on);
			checks.set(match, check);
			return check;
		},
	};
}

type Check = (question: Question) => boolean;

interface Prepared {
	readonly matches: Check;
	/** Null for `pass`. */
	readonly verdict: EndVerdict | null;
}

/** The judge that follows `program`: guardrails, rules, isolation, baseline, default. */
export function judgeOf(program: EndProgram, tables: Tables): Judge {
	const prepare = (step: Step): Prepared => ({
		matches: stepCheck(step, tables),
		verdict: step.action === 'pass' ? null : {action: step.action, rule: step.ref},
	});
	const guardrails = program.guardrails.map(prepare);
	const rules = program.rules.map(prepare);
	const isolated = program.isolation?.verdict ?? null;
	const baseline = program.baseline.map(prepare);
	const otherwise = program.otherwise.verdict;
	return question =>
		first(guardrails, question)?.verdict ??
		first(rules, question)?.verdict ??
		isolated ??
		first(baseline, question)?.verdict ??
		otherwise;
}

function first(steps: readonly Prepared[], question: Question): Prepared | undefined {
	for (const step of steps) if (step.matches(question)) return step;
	return undefined;
}

function stepCheck(step: Step, tables: Tables): Check {
	const matches = matchCheck(step, tables);
	const unless = step.unless.map(exception => matchCheck(exception, tables));
	return unless.length === 0 ? matches : question => matches(question) && !unless.some(excepted => excepted(question));
}

function matchCheck({peer, match}: PeerMatch, {peers, relations, ports, networks}: Tables): Check {
	const table = peers(peer);
	const relates = relations(match);
	const includes = ports(match);
	return ({flow, source, destination, peer: end}) =>
		selectsByTable(peer, table, end, networks) && includes(flow, destination) && relates(source, destination);
}
