// The rules in the fabric, out of every workload's reach: at each workload's port (`fabric`), or between segments
// (`gateway`). The same programs as at the hosts, all in one table.
import {fabricSite, type Ruleset} from '../../core/contracts/enforcer.ts';
import type {Direction, RulePlace} from '../../core/model/policy.ts';
import type {Family, Topology} from '../../core/model/topology.ts';
import {parseAddress} from '../../core/policy/address.ts';
import {invalidRef, noneRef, spoofedRef} from '../../core/policy/rule-ref.ts';
import {networksOf} from '../../core/policy/selector.ts';
import {renderTemplate} from '../templates/render-template.ts';
import {type AddressSet, addressSet, renderElements} from './address-set.ts';
import type {Chain} from './chains.ts';
import {tableName} from './control.ts';
import type {CompilerInput} from './host.ts';
import {createNamedSets, type NamedSets} from './named-sets.ts';
import {createPeers} from './peers.ts';
import {generationMark, type Local, localOf, sideChains, withGeneration} from './side.ts';
import {createCounters, fixedStatement, inForceStatements} from './statements.ts';

/**
 * The table of the fabric. A sender's program stands before the packet finds its way, at prerouting; a receiver's behind
 * it, at forward: each ends with a verdict of its own. Workloads with equal programs share their chains. Where some
 * policy cuts, connections are known by the addresses of their first packet, and only what both ends allowed is marked.
 *
 * @throws Error for a lab id that is not `[a-z0-9_]{1,40}`
 */
export function compileFar({lab, topology, stack}: CompilerInput, place: Exclude<RulePlace, 'host'>): Ruleset {
	const table = tableName(lab);
	const networks = networksOf(topology);
	const locals = topology.workloads.filter(({outside}) => !outside).map(one => localOf(one, stack, networks));
	const cuts = locals.some(({established}) => established === 'cut');
	const [sets, counters, peersOf] = [createNamedSets(), createCounters(), createPeers(topology)];
	const shared = shareChains();
	const chainOf = (local: Local, direction: Direction): string => {
		const side = local.sides[direction === 'egress' ? 0 : 1];
		const lines = {workload: local.workload, peersOf, sets, compared: cuts ? 'connection' : 'packet'} as const;
		const {denied, silent, established} = local;
		const name = unnamed;
		if (silent) {
			const statements = inForceStatements({place, direction}, counters, {allow: 'accept', deny: 'drop'});
			return shared.nameOf(direction, [
				{name, lines: [{match: '', statement: statements.decide('allow', noneRef, null), comment: ''}]},
			]);
		}
		const how = {name, place, lines, counters, denied, marks: cuts && direction === 'ingress'};
		const chains = sideChains(side, how);
		const kept = {match: 'ct state established', statement: 'accept', comment: ''};
		return shared.nameOf(
			direction,
			cuts && established === 'keep'
				? chains.map(chain => (chain.name === name ? {...chain, lines: [kept, ...chain.lines]} : chain))
				: chains,
		);
	};
	const jumps = (direction: Direction): readonly Jump[] => {
		const chains = locals.map(local => ({local, chain: chainOf(local, direction)}));
		return ([4, 6] as const).flatMap(family => jumpsOf(chains, family));
	};
	const fixed = {place, direction: 'egress'} as const;
	const text = renderTemplate('far.njk', {
		table,
		cuts,
		refuses: locals.some(({denied, silent}) => denied === 'reject' && !silent),
		generation: generationMark,
		compared: cuts ? 'ct original ' : '',
		spoofed: place === 'fabric' ? fixedStatement(fixed, counters, spoofedRef) : '',
		invalid: fixedStatement(fixed, counters, invalidRef),
		segments: place === 'gateway' ? segmentsOf(topology, sets) : [],
		egress: jumps('egress'),
		ingress: jumps('ingress'),
		counters: counters.declared,
		sets: sets.declared,
		chains: shared.all,
	});
	const resets = [...new Set(locals.flatMap(local => local.resets))].sort();
	return {site: fabricSite, place, judges: true, table, text: withGeneration(text), resets};
}

/** A chain's name until it is known whether an equal one is there. */
const unnamed = '\u0002';

/** Chains that are equal but for their names become one. */
function shareChains() {
	const all: Chain[] = [];
	const names = new Map<string, string>();
	return {
		all,
		/** Name of the chain that `chains` are for; the last of them is unnamed. */
		nameOf(direction: Direction, chains: readonly Chain[]): string {
			const text = JSON.stringify([direction, chains]);
			const known = names.get(text);
			if (known !== undefined) return known;
			const name = `${direction}_${names.size + 1}`;
			names.set(text, name);
			const named = (written: string): string => written.replaceAll(unnamed, name);
			all.push(
				...chains.map(chain => ({
					name: named(chain.name),
					lines: chain.lines.map(line => ({...line, statement: named(line.statement)})),
				})),
			);
			return name;
		},
	};
}

/** Addresses of a family to the chains that judge their workloads, as the elements of a verdict map. */
interface Jump {
	readonly family: '' | '6';
	readonly elements: readonly string[];
}

function jumpsOf(chains: readonly {readonly local: Local; readonly chain: string}[], family: Family): readonly Jump[] {
	const byChain = Map.groupBy(chains, ({chain}) => chain);
	const elements = [...byChain].flatMap(([chain, some]) =>
		renderElements(ownAddresses(some, family)).map(addresses => `${addresses} : goto ${chain}`),
	);
	return elements.length === 0 ? [] : [{family: family === 4 ? '' : '6', elements}];
}

const ownAddresses = (some: readonly {readonly local: Pick<Local, 'workload'>}[], family: Family): AddressSet =>
	addressSet(
		some.flatMap(({local}) =>
			local.workload.addresses.filter(own => own.family === family).map(({address}) => parseAddress(address)),
		),
	);

/** What a segment's workloads own of each family: between those a gateway sees nothing. */
function segmentsOf(
	{segments, workloads}: Topology,
	sets: NamedSets,
): readonly {readonly family: '' | '6'; readonly addresses: string}[] {
	return segments.flatMap(({name}) =>
		([4, 6] as const).flatMap(family => {
			const own = workloads.flatMap(({addresses}) =>
				addresses
					.filter(one => one.family === family && one.segment === name)
					.map(({address}) => parseAddress(address)),
			);
			return own.length < 2
				? []
				: [{family: family === 4 ? ('' as const) : ('6' as const), addresses: sets.textOf(family, addressSet(own))}];
		}),
	);
}
