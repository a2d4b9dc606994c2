// The candidate that an import begins with where the source has no policy.
import {renderYaml} from '../files/render-yaml.ts';
import {leastPolicy} from '../learn/least-policy.ts';
import type {Topology} from '../model/topology.ts';

/**
 * The text of a policy file, the least that allows what the topology needs; undefined where it needs nothing.
 *
 * @param topology - a native one, or one whose labels and services have native names
 * @param source - what was imported, for the head of the file
 */
export function firstPolicy(topology: Topology, source: string): string | undefined {
	if (topology.dependencies.length === 0) return undefined;
	const {value, notes} = leastPolicy(topology, topology.dependencies);
	return renderYaml(value, [
		`the least that allows the dependencies found in ${source}: a first candidate, to go on with`,
		...notes,
	]);
}
