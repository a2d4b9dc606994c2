// The ruleset of one workload at placement `host`: its two programs as chains behind the fixed rules.
import type {Ruleset} from '../../core/contracts/enforcer.ts';
import type {Direction, Stack} from '../../core/model/policy.ts';
import type {Topology, Workload} from '../../core/model/topology.ts';
import {invalidRef} from '../../core/policy/rule-ref.ts';
import {networksOf} from '../../core/policy/selector.ts';
import {renderTemplate} from '../templates/render-template.ts';
import {compileNone, tableName} from './control.ts';
import {isSilent, type LocalProgram} from './local-program.ts';
import type {Lines} from './match-lines.ts';
import {createNamedSets} from './named-sets.ts';
import {createPeers} from './peers.ts';
import {generationMark, localOf, sideChains, withGeneration} from './side.ts';
import {type Counters, createCounters, fixedStatement} from './statements.ts';

export interface CompilerInput {
	readonly lab: string;
	readonly topology: Topology;
	readonly stack: Stack;
}

/** The ruleset of one workload. For many of one topology, `hostCompiler` shares what they have in common. */
export const compileHost = ({workload, ...input}: CompilerInput & {readonly workload: Workload}): Ruleset =>
	hostCompiler(input)(workload);

/**
 * Compiles workloads of one topology under one stack. A workload that no policy speaks for, that is outside, or that
 * is unmanaged gets the table of the control.
 *
 * @throws Error for a lab id that is not `[a-z0-9_]{1,40}`
 */
export function hostCompiler({lab, topology, stack}: CompilerInput): (workload: Workload) => Ruleset {
	const table = tableName(lab);
	const networks = networksOf(topology);
	const peersOf = createPeers(topology);
	return workload => {
		if (workload.outside || !workload.managed) return compileNone(lab, workload);
		const {sides, silent, established, denied, resets} = localOf(workload, stack, networks);
		if (silent) return compileNone(lab, workload);
		const sets = createNamedSets();
		const counters = createCounters();
		const lines: Lines = {workload, peersOf, sets, compared: established === 'cut' ? 'connection' : 'packet'};
		const how = {place: 'host', lines, counters, denied, marks: established === 'cut'} as const;
		const chains = sides.flatMap(side => sideChains(side, {...how, name: side.direction}));
		const text = renderTemplate('host.njk', {
			table,
			established,
			refuses: denied === 'reject',
			generation: generationMark,
			bases: sides.map(({direction, inForce}) => base(direction, inForce, counters)),
			counters: counters.declared,
			sets: sets.declared,
			chains,
		});
		return {site: workload.name, place: 'host', judges: true, table, text: withGeneration(text), resets};
	};
}

/** The chain at the hook. Nothing is invalid, and nothing falls through, where no policy is in force. */
function base(direction: Direction, inForce: LocalProgram, counters: Counters) {
	const silent = isSilent(inForce);
	return {
		direction,
		hook: direction === 'egress' ? 'output' : 'input',
		other: direction === 'egress' ? 'ingress' : 'egress',
		interface: direction === 'egress' ? 'oif' : 'iif',
		policy: silent ? 'accept' : 'drop',
		invalid: silent ? '' : fixedStatement({place: 'host', direction}, counters, invalidRef),
	};
}
