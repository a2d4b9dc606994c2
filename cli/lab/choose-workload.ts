// Which workload a command is about, by what a user calls it.
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';

/** The names of those that are called `asked`: the one of that name, else all of that kind or base. */
export function workloadsCalled(asked: string, {workloads}: Topology): readonly string[] {
	const found = workloads.filter(({name}) => name === asked);
	const alike = found.length > 0 ? found : workloads.filter(({kind, base}) => kind === asked || base === asked);
	return alike.map(({name}) => name);
}

/**
 * The one workload that is called `asked`, by its full name.
 *
 * @param command - what a problem is said to be in: `exec`
 */
export function chooseWorkload(asked: string, topology: Topology, command: string): string | Problem {
	const [first, ...others] = workloadsCalled(asked, topology);
	if (first === undefined) return noWorkload(asked, topology, command);
	return others.length === 0
		? first
		: problem(
				command,
				`${plainWord(asked)} is several workloads: ${[first, ...others].join(', ')}`,
				`name one, such as ${first}`,
			);
}

export const noWorkload = (asked: string, {workloads}: Topology, command: string): Problem =>
	problem(
		command,
		`there is no workload ${plainWord(asked)}`,
		didYouMean(
			asked,
			workloads.map(({name}) => name),
		),
	);

const problem = (command: string, what: string, mend: string): Problem => ({
	where: {file: command, line: 1, column: 1},
	what,
	mend,
});
