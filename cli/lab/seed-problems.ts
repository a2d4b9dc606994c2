import type {Problem} from '../../core/model/problem.ts';

/** What is wrong with `--seed`: it is a whole number from 0 on. */
export const seedProblems = (seed: number): readonly Problem[] =>
	Number.isSafeInteger(seed) && seed >= 0
		? []
		: [
				{
					where: {file: '--seed', line: 1, column: 1},
					what: `${Number.isNaN(seed) ? 'what stands there' : seed} is not a whole number`,
					mend: '0 or more',
				},
			];
