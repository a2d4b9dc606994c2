/** More at once only wait for one another in the daemon. */
const atOnce = 8;

/** Does the same for each, several side by side; resolves when nothing is under way, and throws the first failure then. */
export async function eachOf<T>(list: readonly T[], work: (one: T, at: number) => Promise<unknown>): Promise<void> {
	let next = 0;
	const failures: unknown[] = [];
	const worker = async (): Promise<void> => {
		while (next < list.length && failures.length === 0) {
			const at = next++;
			await work(list[at]!, at).catch(error => failures.push(error));
		}
	};
	await Promise.all(Array.from({length: Math.min(atOnce, list.length)}, worker));
	if (failures.length > 0) throw failures[0];
}
