/**
 * Runs tasks with at most `width` in flight, started in order. Once `isOver` holds, no more are started. Gives the
 * results of those that were started, in order, which are the first so many; rejects with the first failure by order, after
 * all that were started have ended.
 */
export async function sideBySide<Result>(
	tasks: readonly (() => Promise<Result>)[],
	{width, isOver}: {readonly width: number; readonly isOver: () => boolean},
): Promise<readonly Result[]> {
	const results: PromiseSettledResult<Result>[] = [];
	let next = 0;
	let failed = false;
	const work = async (): Promise<void> => {
		while (next < tasks.length && !failed && !isOver()) {
			const at = next++;
			const [result] = await Promise.allSettled([tasks[at]!()]);
			results[at] = result;
			failed ||= result.status === 'rejected';
		}
	};
	await Promise.all(Array.from({length: Math.min(width, tasks.length)}, work));
	return results.map(result => {
		if (result.status === 'rejected') throw result.reason;
		return result.value;
	});
}
