// What a renderer of the matrix is given.
import type {Placement} from '../../core/model/policy.ts';
import type {Connections} from '../../core/reach/connections.ts';
import type {PortSet} from '../../core/reach/port-set.ts';

export interface MatrixSubject {
	/** Of the rehearsal, and of the candidate (`flat`: no policy). */
	readonly name: string;
	readonly candidate: string;
	readonly placement: Placement;
	/** The ports that count; null: all of them. */
	readonly probes: PortSet | null;
	readonly connections: Connections;
}
