// Go templates, which containerlab fills in before it reads the file; here nobody does.
import type {Problem} from '../../core/model/problem.ts';

/** A problem for the first template that stands anywhere but in the name of an interface, behind `node:`. */
export function templateProblems(file: string, text: string): readonly Problem[] {
	for (const [at, line] of text.split('\n').entries()) {
		const rest = line.replace(/(^|\s)#.*$/, '').replaceAll(/(["'])[\w.|-]+:[^"']*\1/g, '');
		const column = rest.indexOf('{{');
		if (column < 0) continue;
		const where = {file, line: at + 1, column: line.indexOf('{{') + 1};
		return [
			{
				where,
				what: 'a template ({{ … }}) is not filled in here',
				mend: 'import the file that containerlab makes of it',
			},
		];
	}
	return [];
}
