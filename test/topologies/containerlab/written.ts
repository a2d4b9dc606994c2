import {renderProblem} from '../../../core/model/problem.ts';
import type {Topology} from '../../../core/model/topology.ts';
import {importContainerlab} from '../../../topologies/containerlab/import.ts';

export interface Outcome {
	/** Undefined where the file is wrong. */
	readonly topology: Topology | undefined;
	/** Problems, or warnings where there are none. */
	readonly said: readonly string[];
}

/** The import of `topology: …`, named `lab` unless `text` begins with a name. */
export function importLab(text: string, environment: Readonly<Record<string, string>> = {}): Outcome {
	const whole = text.startsWith('name') ? text : `name: lab\n${text}`;
	const parsed = importContainerlab('f', whole, name => environment[name]);
	return parsed.kind === 'wrong'
		? {topology: undefined, said: parsed.problems.map(renderProblem)}
		: {topology: parsed.value, said: parsed.warnings.map(renderProblem)};
}

/** As `importLab`, of a file that must be right. */
export function labOf(text: string, environment?: Readonly<Record<string, string>>): Topology {
	const {topology, said} = importLab(text, environment);
	if (topology === undefined) throw new Error(said.join('\n'));
	return topology;
}

/** Workloads with their IPv4 addresses by segment; `=` marks those of the file. */
export const addressesOf = ({workloads}: Topology): readonly string[] =>
	workloads.map(({name, addresses}) => {
		const own = addresses.filter(({family}) => family === 4);
		return `${name}: ${own.map(({segment, address, fixed}) => `${segment}${fixed === true ? '=' : ' '}${address}`).join(', ')}`;
	});
