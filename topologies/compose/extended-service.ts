// `extends`: a service with everything that it takes from others, of its own file or of another.
import path from 'node:path';
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {ComposeFile} from './compose-file.ts';
import type {ComposeService} from './compose-service.ts';
import {mergeService} from './merge-service.ts';

export interface Extending {
	/** Another file, read once; undefined where it cannot be read, which has been told. */
	open(file: string, from: Problem['where']): ComposeFile | undefined;
	readonly problems: Problem[];
}

/** @param above - services on the way here, to find circles */
export function extendedService(
	file: ComposeFile,
	name: string,
	extending: Extending,
	above: readonly string[] = [],
): ComposeService {
	const own = file.services.get(name)!;
	const written = file.input.services?.[name]?.extends;
	if (written == null) return own;
	const {service, file: other} = typeof written === 'string' ? {service: written, file: undefined} : written;
	const where = file.document.place(['services', name, 'extends']);
	const complain = (what: string, mend: string): ComposeService => {
		extending.problems.push({where, what, mend});
		return own;
	};
	const here = `${file.document.file} ${name}`;
	if (above.includes(here)) return complain(`${plainWord(name)} extends itself`, 'take one of the extends out');
	const target =
		other === undefined ? file : extending.open(path.posix.join(path.posix.dirname(file.document.file), other), where);
	if (target === undefined) return own;
	if (!target.services.has(service))
		return complain(
			`${plainWord(name)} extends ${plainWord(service)}, which is not in ${plainWord(target.document.file)}`,
			didYouMean(service, target.services.keys()),
		);
	const base = extendedService(target, service, extending, [...above, here]);
	// A container's own name and host name are not handed on: two services would share them.
	return mergeService({...base, otherNames: [], profiles: []}, own);
}
