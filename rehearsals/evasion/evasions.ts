// The techniques of the evasion suite: what each starts with, and what would close it where it gets through.
import type {TechniqueName} from '../../core/model/scenario.ts';

export interface Evasion {
	readonly technique: TechniqueName;
	/** What the attacker may do besides. */
	readonly with: readonly TechniqueName[];
	/**
	 * `flow`: it escaped where packets got through that the policy denies to whoever really sent them. `success`: what it
	 * does is itself what a policy is to stop, such as data that got out. `relay`: the same, of what is tried only where the
	 * straight way is denied, so that no policy is no control of it.
	 */
	readonly by: 'flow' | 'success' | 'relay';
	readonly closes: string;
}

const look: readonly TechniqueName[] = ['discover-hosts', 'discover-services'];
const enter: readonly TechniqueName[] = [...look, 'exploit-service', 'reuse-ssh-key', 'reuse-password'];

export const evasions: readonly Evasion[] = [
	{
		technique: 'tamper-enforcer',
		with: look,
		by: 'flow',
		closes: 'enforce at fabric, or at host+fabric, out of the reach of a workload’s root',
	},
	{
		technique: 'ride-established',
		with: [],
		by: 'flow',
		closes: 'established: cut, in the policy that denies it',
	},
	{
		technique: 'ipv6-detour',
		with: look,
		by: 'flow',
		closes: 'deny by labels, or name IPv6 ranges beside those of IPv4',
	},
	{technique: 'source-port', with: look, by: 'flow', closes: 'rules that remember connections, not source ports'},
	{technique: 'spoof-source', with: look, by: 'flow', closes: 'enforce at fabric, which knows whose port it is'},
	{technique: 'fragment', with: look, by: 'flow', closes: 'reassembly before the rules, as connection tracking does'},
	{technique: 'arp-poison', with: [], by: 'success', closes: 'no segment that workloads share'},
	{
		technique: 'proxy-through',
		with: enter,
		by: 'relay',
		closes: 'fewer workloads that may both be entered from here and reach what is beyond',
	},
	{
		technique: 'cross-networks',
		with: enter,
		by: 'relay',
		closes: 'enforce at host or fabric on the workload with two networks, which a gateway does not see',
	},
	{
		technique: 'tunnel',
		with: enter,
		by: 'relay',
		closes: 'nothing that looks at ports alone: fewer callers of that port, or a proxy that reads its protocol',
	},
	{
		technique: 'abuse-deploy-server',
		with: look,
		by: 'success',
		closes: 'releases that are fetched instead of pushed, or a deploy server for each environment',
	},
	{
		technique: 'dns-channel',
		with: look,
		by: 'success',
		closes: 'a resolver that knows inside names alone, for workloads that need no others',
	},
	{
		technique: 'exfiltrate',
		with: look,
		by: 'success',
		closes: 'outside hosts allowed by address and port, and only to those who need them',
	},
];

/** Techniques of the attacker's list that this release has not. */
export const notRun: readonly TechniqueName[] = ['race-start', 'reuse-address'];
