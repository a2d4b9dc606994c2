import type {Scenario, TechniqueName} from '../../core/model/scenario.ts';

/** What the closure computes, and what takes nothing from anybody. */
const computed: ReadonlySet<TechniqueName> = new Set([
	'discover-hosts',
	'discover-services',
	'exploit-service',
	'reuse-ssh-key',
	'reuse-password',
	'transfer-tool',
	'encrypt',
]);

/** What of the scenarios only the attacker itself does: figures for every foothold, chances and choke points know less. */
export function uncomputed(scenarios: readonly Scenario[]): readonly string[] {
	const techniques = new Set(scenarios.flatMap(one => one.techniques).filter(name => !computed.has(name)));
	const left = [
		...[...techniques].sort(),
		...(scenarios.some(({holds = []}) => holds.length > 0) ? ['the secrets that an insider starts with'] : []),
	];
	if (left.length === 0) return [];
	return [
		`footholds, chances, choke points and topologies too large for the attacker itself are computed without ${left.join(', ')}`,
	];
}
