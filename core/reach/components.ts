// Strongly connected components. Source: R. Tarjan, Depth-first search and linear graph algorithms, 1972; without
// recursion, since a graph of classes is deeper than a stack.

export interface Components {
	/** By node, the number of its component. */
	readonly of: Int32Array;
	/** Nodes of each component. */
	readonly members: readonly (readonly number[])[];
}

/** @param next - the successors of a node; asked once a node, in any order and as often as they come */
export function componentsOf(size: number, next: (node: number) => Int32Array): Components {
	const of = new Int32Array(size).fill(-1);
	const members: number[][] = [];
	const order = new Int32Array(size).fill(-1);
	const low = new Int32Array(size);
	const open: number[] = [];
	const path: {readonly node: number; readonly successors: Int32Array; at: number}[] = [];
	let seen = 0;
	const enter = (node: number): void => {
		order[node] = low[node] = seen++;
		open.push(node);
		path.push({node, successors: next(node), at: 0});
	};
	const close = (node: number): void => {
		const own: number[] = [];
		for (let one = -1; one !== node; ) {
			one = open.pop()!;
			of[one] = members.length;
			own.push(one);
		}
		members.push(own);
	};
	for (let root = 0; root < size; root++) {
		if (order[root] !== -1) continue;
		enter(root);
		while (path.length > 0) {
			const step = path.at(-1)!;
			if (step.at < step.successors.length) {
				const to = step.successors[step.at++]!;
				if (order[to] === -1) enter(to);
				else if (of[to] === -1) low[step.node] = Math.min(low[step.node]!, order[to]!);
				continue;
			}
			path.pop();
			if (low[step.node] === order[step.node]) close(step.node);
			const above = path.at(-1);
			if (above !== undefined) low[above.node] = Math.min(low[above.node]!, low[step.node]!);
		}
	}
	return {of, members};
}
