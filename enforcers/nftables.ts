// The enforcer that Firebreak measures with: real nftables in each workload's own namespace, in the fabric, or in both.
import type {Enforcer} from '../core/contracts/enforcer.ts';
import {farPlace, placesOf} from '../core/policy/placement.ts';
import {compileFarNone, compileNone} from './compile/control.ts';
import {compileFar} from './compile/far.ts';
import {hostCompiler} from './compile/host.ts';
import {bySite} from './none.ts';

/** nftables at every placement. */
export const nftables: Enforcer = {
	name: 'nftables',
	compile({lab, topology, stack, placement}) {
		const input = {lab, topology, stack};
		const far = farPlace(placement);
		const host = placesOf(placement).includes('host')
			? hostCompiler(input)
			: (workload: (typeof topology.workloads)[number]) => compileNone(lab, workload);
		return bySite([far === null ? compileFarNone(lab) : compileFar(input, far), ...topology.workloads.map(host)]);
	},
};
