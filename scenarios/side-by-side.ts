export interface SideBySide<Result> {
	readonly width: number;
	readonly isOver: () => boolean;
	readonly each: (result: Result, at: number) => void;
}

/**
 * Runs tasks with at most `width` in flight, started in order. Once `isOver` holds, no more are started. `each` is told the
 * results of those that were started, in their order, as soon as all before them are there; rejects with the first failure
 * by order, after all that were started have ended.
 */
export async function sideBySide<Result>(
	tasks: readonly (() => Promise<Result>)[],
	{width, isOver, each}: SideBySide<Result>,
): Promise<void> {
	const results: (PromiseSettledResult<Result> | undefined)[] = [];
	let next = 0;
	let told = 0;
	let failed = false;
	const work = async (): Promise<void> => {
		while (next < tasks.length && !failed && !isOver()) {
			const at = next++;
			const [result] = await Promise.allSettled([tasks[at]!()]);
			results[at] = result;
			failed ||= result.status === 'rejected';
			for (let first = results[told]; first?.status === 'fulfilled'; first = results[++told]) each(first.value, told);
		}
	};
	await Promise.all(Array.from({length: Math.min(width, tasks.length)}, work));
	const failure = results.find(result => result?.status === 'rejected');
	if (failure?.status === 'rejected') throw failure.reason;
}
