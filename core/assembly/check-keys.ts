// Keys of other tools' files: newer versions of them have more, and a misspelt one would lose something in silence.
import type {Document} from '../files/document.ts';
import {nearest} from '../files/nearest.ts';
import {plainWord} from '../files/plain-word.ts';
import type {Problem} from '../model/problem.ts';

export interface KeyedMap {
	readonly document: Document;
	readonly path: readonly string[];
	/** What the map is, in a sentence. */
	readonly of: string;
}

/** Problems for keys that look misspelt, warnings for those that nobody knows; `x-…` is everybody's own. */
export function checkKeys(
	{document, path, of}: KeyedMap,
	given: object,
	known: readonly string[],
): {readonly problems: readonly Problem[]; readonly warnings: readonly Problem[]} {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	for (const key of Object.keys(given)) {
		if (known.includes(key) || key.startsWith('x-')) continue;
		const near = nearest(key, known);
		const where = document.place([...path, key], 'key');
		if (near === undefined)
			warnings.push({where, what: `${of} has the key ${plainWord(key)}, which is not read`, mend: ''});
		else problems.push({where, what: `${of} has no key ${plainWord(key)}`, mend: `did you mean ${near}?`});
	}
	return {problems, warnings};
}
