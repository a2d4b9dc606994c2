// What a lab loads to have a policy in force.
import type {Ruleset} from '../core/contracts/enforcer.ts';
import {isControl} from '../core/measure/run-input.ts';
import type {Candidate} from '../core/model/rehearsal.ts';
import type {Topology} from '../core/model/topology.ts';
import {nftables} from '../enforcers/nftables.ts';
import {none} from '../enforcers/none.ts';
import {labId} from '../lab/labs-folder.ts';

/** The part of a candidate that rules are made of. */
export type Enforced = Pick<Candidate, 'name' | 'stack' | 'placement'>;

/** No policy at all. */
export const control: Enforced = {name: 'flat', stack: [], placement: 'host'};

/** `segmented`, with where it is enforced unless that is the host, or the name says it. */
export const placedName = ({name, placement}: Omit<Enforced, 'stack'>): string =>
	placement === 'host' || name.endsWith(`@${placement}`) ? name : `${name}@${placement}`;

/** One a workload, and one for the fabric. */
export const rulesetsFor = (lab: string, topology: Topology, candidate: Enforced): readonly Ruleset[] =>
	(isControl(candidate) ? none : nftables).compile({
		lab: labId(lab),
		topology,
		stack: candidate.stack,
		placement: candidate.placement,
	});
