import type {World} from './world.ts';

const known = new WeakMap<World['needs'], ReadonlyMap<string, readonly string[]>>();

/** By kind, the services that it needs and cannot reach under the policy in force, as probed: `queue.prod:5672`. */
export function brokenNeeds({needs, rehearsal}: World): ReadonlyMap<string, readonly string[]> {
	let broken = known.get(needs);
	if (broken === undefined) {
		const list = [...needs].filter(([, {denied}]) => denied > 0).map(([at]) => rehearsal.topology.dependencies[at]!);
		broken = new Map(
			[...Map.groupBy(list, ({from}) => from)].map(([from, some]) => [from, some.map(({to, port}) => `${to}:${port}`)]),
		);
		known.set(needs, broken);
	}
	return broken;
}
