// Compose files as tests write them: texts by path, the first of which is imported.
import {renderProblem} from '../../../core/model/problem.ts';
import type {Dependency} from '../../../core/model/topology.ts';
import {type ImportedCompose, importCompose} from '../../../topologies/compose/import.ts';

export interface Outcome {
	/** Undefined where the files are wrong. */
	readonly value: ImportedCompose | undefined;
	/** Problems, or warnings where there are none. */
	readonly said: readonly string[];
}

export function importTexts(
	files: Readonly<Record<string, string>>,
	options: {readonly profiles?: readonly string[]; readonly environment?: Readonly<Record<string, string>>} = {},
): Outcome {
	const parsed = importCompose(
		[Object.keys(files)[0]!],
		{read: file => files[file], environment: name => options.environment?.[name]},
		{profiles: options.profiles ?? [], name: 'test'},
	);
	return parsed.kind === 'wrong'
		? {value: undefined, said: parsed.problems.map(renderProblem)}
		: {value: parsed.value, said: parsed.warnings.map(renderProblem)};
}

/** The import of one file, which must be right. */
export function importText(text: string, options?: Parameters<typeof importTexts>[1]): ImportedCompose {
	const {value, said} = importTexts({'compose.yaml': text}, options);
	if (value === undefined) throw new Error(said.join('\n'));
	return value;
}

export const needText = ({from, to, port, protocol, dangling}: Dependency): string =>
	`${from} -> ${to}:${port}/${protocol}${dangling ? ' dangling' : ''}`;

/** Without those of outside hosts. */
export const needsOf = ({topology}: ImportedCompose): readonly string[] => {
	const outside = new Set(topology.workloads.flatMap(one => (one.outside ? [one.kind] : [])));
	return topology.dependencies.filter(({from}) => !outside.has(from)).map(needText);
};

export const problemsOf = (text: string): readonly string[] => {
	const {value, said} = importTexts({c: text});
	return value === undefined ? said : [`none, but ${said.length} warnings`];
};
