import type {Topology} from '../../../core/model/topology.ts';
import {loginOf, type Material} from '../../../kernel/speech/materials.ts';
import type {Login} from '../../../kernel/speech/speech.ts';

// No name of a workload holds a space.
const keyOf = (workload: string, service: string): string => `${workload} ${service}`;

/** Whom each service lets in: one login for each secret that opens it; none means that it refuses everybody. */
export function planLogins(
	{secrets}: Pick<Topology, 'secrets'>,
	materials: ReadonlyMap<string, Material>,
): (workload: string, service: string) => readonly Login[] {
	const all = secrets.flatMap(secret =>
		secret.opens.map(({workload, service}) => ({
			key: keyOf(workload, service),
			login: loginOf(secret, materials.get(secret.id)!),
		})),
	);
	const byService = Map.groupBy(all, ({key}) => key);
	return (workload, service) => (byService.get(keyOf(workload, service)) ?? []).map(({login}) => login);
}
