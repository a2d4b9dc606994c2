// `db`, `[api, db]` and `{ not: … }`, as one list of texts, each with its path.
import type {Path} from './reading.ts';
import type {TestInput} from './selector-schema.ts';

export interface WrittenTest {
	readonly wanted: boolean;
	/** True where one value stands alone, so that its place is that of its key. */
	readonly alone: boolean;
	readonly values: readonly {readonly text: string; readonly path: Path}[];
}

/** Numbers and booleans become the texts that labels are: `version: 2` is `"2"`. */
export function writtenTest(input: TestInput, path: Path): WrittenTest {
	if (typeof input === 'object' && !Array.isArray(input))
		return {...writtenTest(input.not, [...path, 'not']), wanted: false, alone: false};
	return Array.isArray(input)
		? {wanted: true, alone: false, values: input.map((value, index) => ({text: String(value), path: [...path, index]}))}
		: {wanted: true, alone: true, values: [{text: String(input), path}]};
}
