// The fewest changes after which no way is left. An attack is more than a path, since a secret found in one place opens a
// door reached from another; so it is no maximum flow. Each way that stands is a set of which a cut must take one; the
// smallest set that takes one of all ways seen so far is tried, until no way is left, and is then the smallest of all:
// an implicit hitting set (Chandrasekaran, Karp, Moreno-Centeno and Vempala 2011).
import {type HittingLimits, hittingSet} from './hitting-set.ts';

export type Cut =
	/** None smaller exists. */
	| {readonly kind: 'smallest'; readonly elements: readonly string[]}
	/** A cut, with a bound from below on how small one could be. */
	| {readonly kind: 'found'; readonly elements: readonly string[]; readonly atLeast: number}
	/** Some way has nothing in it that can be taken away. */
	| {readonly kind: 'impossible'}
	/** The search was given up before any cut was found. */
	| {readonly kind: 'unknown'; readonly atLeast: number};

export interface CutProblem extends HittingLimits {
	/** Ways that stand without these, each as the elements that break it; none once it is a cut. */
	readonly standing: (taken: ReadonlySet<string>) => readonly ReadonlySet<string>[];
	/** How often `standing` may be asked. */
	readonly questions: number;
}

/** Yields before each question, so that whoever drives it may pause or stop. */
export function* minimumCut(problem: CutProblem): Generator<void, Cut> {
	const ways: ReadonlySet<string>[] = [];
	let taken: readonly string[] = [];
	let exact = true;
	let atLeast = 0;
	for (let asked = 0; asked < problem.questions; asked++) {
		yield;
		const standing = problem.standing(new Set(taken));
		if (standing.length === 0)
			return exact ? {kind: 'smallest', elements: taken} : {kind: 'found', elements: taken, atLeast};
		ways.push(...standing);
		const next = hittingSet(ways, problem);
		if (next === null) return {kind: 'impossible'};
		exact = next.smallest;
		atLeast = Math.max(atLeast, next.atLeast);
		taken = next.elements;
	}
	return {kind: 'unknown', atLeast};
}
