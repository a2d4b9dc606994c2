// Two decisions about a pair, or four where it has two families, as the changes between them; each combination once.
import type {Family} from '../model/topology.ts';
import type {PairChange} from './changes.ts';
import type {Decision} from './changes-decisions.ts';
import {type FamilyChange, pairChanges} from './changes-pair.ts';
import type {Row} from './changes-parts.ts';
import {difference, noPorts, samePorts} from './port-set.ts';

type RowPair = readonly [before: Row | null, after: Row | null];

export interface Verdicts {
	/** What changed from a source, each with the destinations of which it is true, sorted. Equal changes are one object. */
	ofRow(
		four: RowPair,
		six: RowPair,
		size: number,
		isPair: (destination: number) => boolean,
	): Iterable<readonly [readonly PairChange[], readonly number[]]>;
}

/** Of one family: null where neither side has both ends in it. */
type Found = readonly FamilyChange[] | null;

export function createVerdicts(): Verdicts {
	const found: Found[] = [null, []];
	const known = new Map<Decision | null, Map<Decision | null, number>>();
	const combined = new Map<number, readonly PairChange[]>();
	const objects = new Map<string, PairChange>();

	/** Number of what differs between two decisions: 0 where neither is there, 1 where nothing does. */
	const between = (before: Decision | null, after: Decision | null): number => {
		const others = known.get(before) ?? new Map<Decision | null, number>();
		known.set(before, others);
		const number = others.get(after) ?? numberOf(changesOf(before, after));
		others.set(after, number);
		return number;
	};
	const numberOf = (changes: Found): number =>
		changes === null ? 0 : changes.length === 0 ? 1 : found.push(changes) - 1;
	/** The numbers of a row, by labels; each pair of labels that comes up is looked up once. */
	const table = ([before, after]: RowPair): ((was: number, is: number) => number) => {
		const [was, is] = [before?.decisions ?? [], after?.decisions ?? []];
		const width = is.length + 1;
		const numbers = new Int32Array((was.length + 1) * width).fill(-1);
		return (left, right) => {
			const at = left * width + right;
			if (numbers[at] === -1) numbers[at] = between(was[left - 1] ?? null, is[right - 1] ?? null);
			return numbers[at]!;
		};
	};
	const joined = (four: number, six: number): readonly PairChange[] => {
		const key = four * 2 ** 24 + six;
		const changes = combined.get(key) ?? inFamilies(found[four]!, found[six]!).map(unique);
		combined.set(key, changes);
		return changes;
	};
	const unique = (change: PairChange): PairChange => {
		const key = keyOf(change);
		const object = objects.get(key) ?? change;
		objects.set(key, object);
		return object;
	};
	return {
		ofRow(four, six, size, isPair) {
			const [in4, in6] = [table(four), table(six)];
			const [was4, is4, was6, is6] = [...four, ...six].map(row => row?.labels ?? new Uint16Array(size)) as Labels;
			const targets = new Map<readonly PairChange[], number[]>();
			let last: readonly [four: number, six: number, list: number[]] | null = null;
			for (let at = 0; at < size; at++) {
				const now4 = in4(was4[at]!, is4[at]!);
				const now6 = in6(was6[at]!, is6[at]!);
				if ((now4 < 2 && now6 < 2) || !isPair(at)) continue;
				if (last === null || last[0] !== now4 || last[1] !== now6) {
					const changes = joined(now4, now6);
					const list = targets.get(changes) ?? [];
					targets.set(changes, list);
					last = [now4, now6, list];
				}
				last[2].push(at);
			}
			return targets;
		},
	};
}

type Labels = [Uint16Array, Uint16Array, Uint16Array, Uint16Array];

function changesOf(before: Decision | null, after: Decision | null): Found {
	if (before === null && after === null) return null;
	const [was, is] = [before?.open ?? noPorts, after?.open ?? noPorts];
	if (samePorts(was, is)) return [];
	return pairChanges({opened: difference(is, was), closed: difference(was, is), before, after});
}

/** A change in every family that the ends share is one change; others name their family. */
function inFamilies(four: Found, six: Found): readonly PairChange[] {
	const shared = ([4, 6] as const).filter(family => (family === 4 ? four : six) !== null);
	const all = new Map<string, {readonly change: FamilyChange; readonly in: Family[]}>();
	for (const family of shared)
		for (const change of (family === 4 ? four : six)!) {
			const key = keyOf({...change, family: null});
			const entry = all.get(key) ?? {change, in: []};
			all.set(key, entry);
			entry.in.push(family);
		}
	return [...all.values()].map(({change, in: own}) => ({
		...change,
		family: own.length === shared.length ? null : own[0]!,
	}));
}

/** Rules by their ids on their own sides. */
const keyOf = ({kind, because, ports, family, ends}: PairChange): string =>
	`${kind} ${because} ${family} ${ports} ${ends.map(({direction, was, now}) => `${direction} ${was?.id} ${now?.id}`).join()}`;
