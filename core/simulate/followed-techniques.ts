import type {Scenario, TechniqueName} from '../model/scenario.ts';

/** Those that a closure follows, and those by which nobody falls. */
const followed: ReadonlySet<TechniqueName> = new Set<TechniqueName>([
	...(['discover-hosts', 'discover-services', 'exploit-service', 'reuse-ssh-key', 'reuse-password'] as const),
	...(['spoof-source', 'fragment', 'arp-poison', 'encrypt'] as const),
]);

/** What a closure leaves out of these scenarios, as an assumption in words; none where it follows all of it. */
export function leftOut(scenarios: readonly Pick<Scenario, 'techniques'>[]): readonly string[] {
	const names = [...new Set(scenarios.flatMap(({techniques}) => techniques))].filter(name => !followed.has(name));
	return names.length === 0
		? []
		: [`a closure does not follow ${names.sort().join(', ')}: the attacker itself may take more`];
}
