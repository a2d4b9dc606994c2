// How a change of rules spread, for `apply`, `relabel` and `change`.
import type {Propagation} from '../../core/contracts/lab.ts';
import {printable} from '../printable.ts';

/** One line, without its end: in how many namespaces rules changed, and when their kernels had acknowledged it. */
export function propagationText({p50Ms, p99Ms, slowest, changed, byElements, untouched}: Propagation): string {
	const same = untouched === 0 ? '' : `${untouched} had these rules already`;
	if (p50Ms === null || p99Ms === null || slowest === null) return same === '' ? 'no rules changed' : `all ${same}`;
	const how =
		byElements === 0 ? '' : byElements === changed ? ', by elements alone' : `, ${byElements} by elements alone`;
	return [
		`rules changed in ${changed} ${changed === 1 ? 'namespace' : 'namespaces'}${how}`,
		`half in ${text(p50Ms)}, 99% in ${text(p99Ms)}, the last (${printable(slowest.site || 'the fabric')}) in ${text(slowest.ms)}`,
		...(same === '' ? [] : [same]),
	].join('; ');
}

const text = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
