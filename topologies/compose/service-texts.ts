// What tells a service where others are: its variables, its command, and configs whose text stands in the Compose file.

import {plainWord} from '../../core/files/plain-word.ts';
import {type ContainerText, joined, type Value} from '../../core/kubernetes/container-texts.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {ComposeService} from './compose-service.ts';
import {parseEnvFile} from './env-file.ts';
import type {Beside} from './layers.ts';
import type {ComposeProject} from './project.ts';

export interface ServiceTexts {
	/** What the container's environment is: `env_file` under `environment`. */
	readonly variables: ReadonlyMap<string, Value>;
	readonly texts: readonly ContainerText[];
	/** Files of environment that are not there. */
	readonly warnings: readonly Problem[];
}

export function serviceTexts(service: ComposeService, project: ComposeProject, beside: Beside): ServiceTexts {
	const {environment, envFiles, command, entrypoint, where} = service;
	const warnings: Problem[] = [];
	const variables = new Map<string, Value>();
	const set = (name: string, value: string | null, at: Value['where']): void => {
		const found = value ?? project.variables(name);
		if (found !== undefined) variables.set(name, {value: found, where: at});
	};
	for (const {value: file, where: at} of envFiles) {
		const text = beside.read(file.path);
		if (text === undefined && file.required)
			warnings.push({
				where: at,
				what: `${service.name} reads ${plainWord(file.path)}, which is not here: what it names is not known`,
				mend: '',
			});
		for (const [name, value] of parseEnvFile(text ?? '', project.variables)) set(name, value, at);
	}
	for (const [name, {value, where: at}] of environment) set(name, value, at);
	const configs = [...service.configs].flatMap(([name, at]): readonly ContainerText[] => {
		const text = project.configs.get(name);
		return text == null ? [] : [{text, name: null, kind: 'file', where: at}];
	});
	const words = [...(entrypoint ?? []), ...(command ?? [])].map(
		(text): ContainerText => ({text, name: null, kind: 'value', where}),
	);
	return {variables, texts: [...joined(variables, 'value'), ...words, ...configs], warnings};
}
