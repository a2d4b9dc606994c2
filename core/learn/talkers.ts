// Flows that became no dependency, counted by reason and by who was at the end that is not known: the busiest first.
import type {Problem} from '../model/problem.ts';
import type {SeenEnd, SeenFlow} from './seen-flow.ts';

export interface Heap {
	add(reason: {readonly group: string; readonly who: string; readonly mend: string}, flow: SeenFlow): void;
	/** One for each of the busiest, and one for all others of a reason. */
	decisions(): readonly Problem[];
}

interface Talker {
	readonly group: string;
	readonly who: string;
	readonly mend: string;
	readonly where: SeenFlow['where'];
	count: number;
	/** What it was about, with how often. */
	readonly about: Map<string, number>;
}

/** @param mostNamed - so many of the busiest are named, for each reason */
export function talkers(mostNamed = 20): Heap {
	const all = new Map<string, Talker>();
	return {
		add({group, who, mend}, flow) {
			const key = `${group}\n${who}`;
			const talker = all.get(key) ?? {group, who, mend, where: flow.where, count: 0, about: new Map()};
			all.set(key, talker);
			talker.count += flow.count;
			const text = flowText(flow);
			talker.about.set(text, (talker.about.get(text) ?? 0) + flow.count);
		},
		decisions: () =>
			[...Map.groupBy(all.values(), ({group}) => group)].flatMap(([group, members]) => {
				const busiest = members.sort((a, b) => b.count - a.count || (a.who < b.who ? -1 : 1));
				const [named, rest] = [busiest.slice(0, mostNamed), busiest.slice(mostNamed)];
				const told = named.map(({who, count, about, where, mend}) => ({
					where,
					what: `${who === '' ? `${flows(count)} ${group}` : `${who} is ${group}: ${flows(count)}`}, ${most(about)}`,
					mend,
				}));
				const [first] = rest;
				if (first === undefined) return told;
				const count = rest.reduce((sum, one) => sum + one.count, 0);
				return [
					...told,
					{
						where: first.where,
						what: `${rest.length} more ${rest.length === 1 ? 'is' : 'are'} ${group}: ${flows(count)}`,
						mend: first.mend,
					},
				];
			}),
	};
}

const flows = (count: number): string => `${count} flow${count === 1 ? '' : 's'}`;

const most = (about: ReadonlyMap<string, number>): string => {
	const sorted = [...about].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
	const rest = sorted.length - 3;
	return `${sorted
		.slice(0, 3)
		.map(([text]) => text)
		.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
};

const flowText = ({source, destination, protocol, port}: SeenFlow): string =>
	`${endText(source)} -> ${endText(destination)}${port === 0 ? ` ${protocol}` : `:${port}/${protocol}`}`;

const endText = ({names, address}: SeenEnd): string => names[0] ?? address ?? '?';
