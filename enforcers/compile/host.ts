// The ruleset of one workload at placement `host`: its two programs as chains behind the fixed rules.
import {createHash} from 'node:crypto';
import type {Ruleset} from '../../core/contracts/enforcer.ts';
import type {Direction, Policy, Stack} from '../../core/model/policy.ts';
import type {Topology, Workload} from '../../core/model/topology.ts';
import {invalidRef} from '../../core/policy/rule-ref.ts';
import {networksOf} from '../../core/policy/selector.ts';
import {policiesAt} from '../../core/policy/stacks.ts';
import {renderTemplate} from '../templates/render-template.ts';
import {type Chain, programChains} from './chains.ts';
import {compileNone, tableName} from './control.ts';
import {isSilent, type LocalProgram, localProgram, rulesThat, sameProgram} from './local-program.ts';
import type {Lines} from './match-lines.ts';
import {createNamedSets} from './named-sets.ts';
import {createPeers} from './peers.ts';
import {asIfStatements, type Counters, createCounters, inForceStatements, logStatement} from './statements.ts';

export interface HostInput {
	readonly lab: string;
	readonly topology: Topology;
	readonly stack: Stack;
}

/** The ruleset of one workload. For many of one topology, `hostCompiler` shares what they have in common. */
export const compileHost = ({workload, ...input}: HostInput & {readonly workload: Workload}): Ruleset =>
	hostCompiler(input)(workload);

/**
 * Compiles workloads of one topology under one stack. A workload that no policy speaks for, that is outside, or that
 * is unmanaged gets the table of the control.
 *
 * @throws Error for a lab id that is not `[a-z0-9_]{1,40}`
 */
export function hostCompiler({lab, topology, stack}: HostInput): (workload: Workload) => Ruleset {
	const table = tableName(lab);
	const networks = networksOf(topology);
	const peersOf = createPeers(topology);
	return workload => {
		if (workload.outside || !workload.managed) return compileNone(lab, workload);
		const sides = (['egress', 'ingress'] as const).map(direction => ({
			direction,
			inForce: localProgram('in-force', {stack, direction, workload, networks}),
			asIf: localProgram('as-if', {stack, direction, workload, networks}),
		}));
		if (sides.every(({asIf}) => isSilent(asIf))) return compileNone(lab, workload);
		const policies = (['egress', 'ingress'] as const).flatMap(direction =>
			workload.addresses.flatMap(({address}) =>
				policiesAt('in-force', stack, direction, {workload, address}, networks),
			),
		);
		const established = policies.some(policy => policy.established === 'cut') ? 'cut' : 'keep';
		const sets = createNamedSets();
		const counters = createCounters();
		const lines: Lines = {workload, peersOf, sets, compared: established === 'cut' ? 'connection' : 'packet'};
		const refusal = refusalOf(policies);
		const chains = sides.flatMap(side => sideChains(side, {lines, counters, refusal, established}));
		const text = renderTemplate('host.njk', {
			table,
			established,
			refuses: refusal !== 'drop',
			generation: generationMark,
			bases: sides.map(({direction, inForce}) => base(direction, inForce, counters)),
			counters: counters.declared,
			sets: sets.declared,
			chains,
		});
		const resets = refusal === 'drop' ? [] : sides.flatMap(({inForce}) => rulesThat('deny', inForce));
		return {site: workload.name, table, text: withGeneration(text), resets: [...new Set(resets)].sort()};
	};
}

interface Side {
	readonly direction: Direction;
	readonly inForce: LocalProgram;
	readonly asIf: LocalProgram;
}

interface Shared {
	readonly lines: Lines;
	readonly counters: Counters;
	readonly refusal: string;
	readonly established: Policy['established'];
}

const refusalOf = (policies: Stack): string => (policies[0]?.denied === 'reject' ? 'goto refuse' : 'drop');

/**
 * Chains of one direction. Where something only observes, the decision in force is followed by the stack as if, which
 * logs where it differs and then lets the decision happen: one chain for what was allowed, one for what was denied, so
 * that a packet meets exactly one of them and carries no mark.
 */
function sideChains(
	{direction, inForce, asIf}: Side,
	{lines, counters, refusal, established}: Shared,
): readonly Chain[] {
	const outcomes = {allow: 'accept', deny: refusal};
	const names = {allow: `${direction}_if_allowed`, deny: `${direction}_if_denied`};
	const observed = sameProgram(inForce, asIf)
		? []
		: (['allow', 'deny'] as const).filter(
				decided =>
					rulesThat(decided, inForce).length > 0 && rulesThat(decided === 'allow' ? 'deny' : 'allow', asIf).length > 0,
			);
	const after = (decided: 'allow' | 'deny'): string =>
		observed.includes(decided) ? `goto ${names[decided]}` : outcomes[decided];
	const mark = established === 'cut' ? `ct mark set ${generationMark} ` : '';
	const statements = inForceStatements(direction, counters, {allow: `${mark}${after('allow')}`, deny: after('deny')});
	return [
		...observed.flatMap(decided =>
			programChains(
				{name: names[decided], direction, program: asIf},
				asIfStatements(direction, counters, decided, outcomes[decided]),
				lines,
			),
		),
		...programChains({name: direction, direction, program: inForce}, statements, lines),
	];
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
		invalid: silent
			? ''
			: `${counters.count(`c_${direction}_fixed_invalid`)} ${logStatement(direction, 'deny', invalidRef.id)} drop`,
	};
}

/** Stands for the generation until the text is known; no comment can hold it. */
const generationMark = '\u0001';

/** The generation of connections that this very text allowed: its own hash, so that the same rules cut nothing. */
const withGeneration = (text: string): string =>
	text.includes(generationMark)
		? text.replaceAll(generationMark, `0x${createHash('sha256').update(text).digest('hex').slice(0, 7)}1`)
		: text;
