import type {World} from './world.ts';

const known = new WeakMap<World['needs'], ReadonlySet<string>>();

/** The kinds that cannot reach something they need, as probed under the policy in force. */
export function brokenKinds({needs, rehearsal}: World): ReadonlySet<string> {
	let kinds = known.get(needs);
	if (kinds === undefined) {
		kinds = new Set(
			[...needs].flatMap(([at, {denied}]) => (denied > 0 ? [rehearsal.topology.dependencies[at]!.from] : [])),
		);
		known.set(needs, kinds);
	}
	return kinds;
}
