// A scenario after parsing: where the attacker starts, what it wants, what it may do.
import type {Selector} from './policy.ts';
import type {Place} from './problem.ts';

/** The techniques of LANGUAGE.md; which of them are built says `scenarios/techniques/`. */
export const techniqueNames = [
	'discover-hosts',
	'discover-services',
	'exploit-service',
	'reuse-ssh-key',
	'reuse-password',
	'spray-passwords',
	'read-metadata',
	'abuse-deploy-server',
	'transfer-tool',
	'proxy-through',
	'tunnel',
	'dns-channel',
	'exfiltrate',
	'cross-networks',
	'spoof-source',
	'ipv6-detour',
	'fragment',
	'source-port',
	'ride-established',
	'arp-poison',
	'race-start',
	'reuse-address',
	'tamper-enforcer',
	'encrypt',
] as const;
export type TechniqueName = (typeof techniqueNames)[number];

export const strategyNames = ['worm', 'targeted', 'stealth', 'insider'] as const;
export type StrategyName = (typeof strategyNames)[number];

export interface Scenario {
	readonly name: string;
	/** ATT&CK tactic, such as TA0008. */
	readonly tactic: string | null;
	/** Null where the rehearsal or `--foothold` gives it. */
	readonly foothold: Selector | null;
	readonly goal:
		| {readonly kind: 'everything'}
		| {readonly kind: 'jewels'}
		| {readonly kind: 'selector'; readonly selector: Selector};
	readonly strategy: StrategyName;
	readonly techniques: readonly TechniqueName[];
	/** Null takes the topology's `weakByDefault`. */
	readonly weak:
		| {readonly kind: 'declared'}
		| {readonly kind: 'all'}
		| {readonly kind: 'selector'; readonly selector: Selector}
		| null;
	/** Most actions a minute, where time passes; left out: as fast as it can. */
	readonly rate?: number;
	/** Ids of the secrets that an insider has from the start; left out: none. */
	readonly holds?: readonly string[];
	readonly limits: {readonly actions: number; readonly seconds: number};
	readonly where: Place;
}
