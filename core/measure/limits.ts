// What a report does not show, and what it rests on: sentences that end every report.
import type {RunReport} from '../contracts/report.ts';
import type {Scenario} from '../model/scenario.ts';
import type {Topology} from '../model/topology.ts';

/** The assumption that belongs in the headline. */
export const assumedWeak = 'whatever answers is assumed to be weak';

const chosenWeak = 'the services that a scenario selects are assumed to be weak';

/** What the topology and the scenarios assume, each once; `assumedWeak` first where a scenario takes every service as weak. */
export function assumptionsOf(topology: Topology, scenarios: readonly Scenario[]): readonly string[] {
	const all = scenarios.some(({weak}) => (weak?.kind ?? topology.weakByDefault) === 'all');
	const chosen = scenarios.some(({weak}) => weak?.kind === 'selector');
	return [...new Set([...(all ? [assumedWeak] : []), ...(chosen ? [chosenWeak] : []), ...topology.assumptions])];
}

/** "What this does not show": what enforced it, what is not modelled, what was assumed, how much is known, how true it was. */
export function limitsOf(input: {
	readonly measured: 'packets' | 'model';
	readonly assumptions: readonly string[];
	readonly runs: readonly RunReport[];
}): readonly string[] {
	const all = input.assumptions.includes(assumedWeak);
	const weak = all ? [assumedWeak] : input.assumptions.filter(text => text === chosenWeak);
	return [
		input.measured === 'packets'
			? 'enforced by Firebreak’s own nftables rules, not by your product'
			: 'the model’s word only: nothing was enforced and no packet was sent',
		'no NAT or virtual addresses, no nodes, nothing of layer 2 or layer 7',
		weak.length === 0 ? 'weaknesses as the topology declares them' : weak.join('; '),
		...input.runs.slice(0, 1).map(known),
		input.measured === 'packets' ? conformance(input.runs) : 'conformance: nothing was checked',
	];
}

function known({breakage: {dependencies, coverage}}: RunReport): string {
	const bare = coverage.services - coverage.covered;
	return `${dependencies} ${dependencies === 1 ? 'dependency' : 'dependencies'} known; ${bare} of ${coverage.services} services without a known caller`;
}

/** Each candidate's flows once, however many attackers were let loose in it. */
function conformance(runs: readonly RunReport[]): string {
	const once = [...new Map(runs.map(run => [`${run.candidate} ${run.placement}`, run])).values()];
	const checked = once.reduce((sum, {fidelity}) => sum + fidelity.checked, 0);
	const differ = once.reduce((sum, {fidelity}) => sum + fidelity.mismatches - fidelity.attacker.length, 0);
	return `conformance: model, kernel and far end agree on ${number(checked - differ)} of ${number(checked)} flows checked here`;
}

const number = (value: number): string => value.toLocaleString('en-US');
