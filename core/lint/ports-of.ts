import type {PortMatch} from '../model/policy.ts';
import {portRanges} from '../policy/port.ts';
import {everyPort, type PortSet, portSet} from '../reach/port-set.ts';
import type {LintEnd} from './ends.ts';

/** The ports that `on` means at a destination. */
export const portsOf = (on: readonly PortMatch[] | null, destination: LintEnd['workload']): PortSet =>
	on === null ? everyPort : portSet(on.flatMap(match => portRanges(match, destination)));

export const namesServices = (on: readonly PortMatch[]): boolean => on.some(({kind}) => kind === 'service');
