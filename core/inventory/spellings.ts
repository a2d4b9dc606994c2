// Several spellings of one value: `prod`, `Prod`, `PROD `, `production`. The one that most rows have is kept.
import {nearest} from '../files/nearest.ts';

export interface Spelling {
	/** As the row has it. */
	readonly written: string;
	readonly line: number;
}

export interface Unified {
	/** What each spelling is taken as. */
	readonly value: (written: string) => string;
	/** Values that were written in more than one way, each with its spellings and their first lines. */
	readonly unified: readonly {
		readonly value: string;
		readonly spellings: readonly (Spelling & {readonly rows: number})[];
	}[];
	/** Rare values that may be another one misspelt; they are kept. */
	readonly doubtful: readonly (Spelling & {readonly near: string})[];
}

/** Words for one environment; the first is what it is called. */
const environmentWords: readonly (readonly string[])[] = [
	['prod', 'production', 'prd', 'live', 'productive'],
	['dev', 'development', 'develop'],
	['test', 'testing', 'tst'],
	['stage', 'staging', 'stg'],
	['qa', 'qas', 'qualityassurance'],
	['preprod', 'preproduction', 'ppd'],
	['dr', 'disasterrecovery'],
];

export function unifySpellings(all: readonly Spelling[], field: string): Unified {
	const groups = Map.groupBy(all, ({written}) => keyOf(written, field));
	const names = new Map([...groups].map(([key, group]) => [key, called(key, group, field)]));
	const values = [...groups.keys()].map(key => names.get(key)!);
	return {
		value: written => names.get(keyOf(written, field)) ?? written,
		unified: [...groups].flatMap(([key, group]) => {
			const spellings = [...Map.groupBy(group, ({written}) => written).values()].map(some => ({
				...some[0]!,
				rows: some.length,
			}));
			return spellings.length < 2
				? []
				: [{value: names.get(key)!, spellings: spellings.sort((a, b) => b.rows - a.rows)}];
		}),
		doubtful: [...groups].flatMap(([key, group]) => {
			const name = names.get(key)!;
			if (group.length > 2 || name.length < 4) return [];
			const near = nearest(
				name,
				values.filter(one => one !== name && groups.get(keyOf(one, field))!.length >= 5 * group.length),
			);
			return near === undefined || Math.abs(near.length - name.length) > 1 || /\d/.test(name)
				? []
				: [{...group[0]!, near}];
		}),
	};
}

/** Case, blanks and punctuation do not count. */
function keyOf(written: string, field: string): string {
	const plain = written.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
	return field === 'env' ? (environmentWords.find(words => words.includes(plain))?.[0] ?? plain) : plain;
}

/** Environments are called by their short word in lower case; all else as most rows have it. */
function called(key: string, group: readonly Spelling[], field: string): string {
	if (field === 'env' && environmentWords.some(([word]) => word === key)) return key;
	const [most] = [...Map.groupBy(group, ({written}) => written).entries()].sort(
		([a, many], [b, more]) => more.length - many.length || (a < b ? -1 : 1),
	);
	return field === 'env' ? most![0].toLowerCase() : most![0];
}
