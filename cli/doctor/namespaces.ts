// User namespaces: whether this user may make them, and if not, what forbids it and what to type.
import {readFileSync} from 'node:fs';
import {runProgram} from './program.ts';
import {ok, type Row} from './row.ts';

/** Words of `unshare` for the namespaces that an engine lives in. */
export const engineNamespaces = (rootless: boolean): readonly string[] => [
	...(rootless ? ['--user', '--map-root-user'] : []),
	'--net',
	'--mount',
	'--pid',
	'--fork',
	'--kill-child',
	'--mount-proc',
	'--uts',
];

/** The sysctls that forbid unprivileged user namespaces, each with the value that forbids and the command that mends. */
const locks: readonly {readonly sysctl: string; readonly forbids: string; readonly mend: string}[] = [
	{sysctl: 'user/max_user_namespaces', forbids: '0', mend: 'sudo sysctl user.max_user_namespaces=15000'},
	{sysctl: 'user/max_net_namespaces', forbids: '0', mend: 'sudo sysctl user.max_net_namespaces=15000'},
	{
		sysctl: 'kernel/unprivileged_userns_clone',
		forbids: '0',
		mend: 'sudo sysctl kernel.unprivileged_userns_clone=1',
	},
	{
		sysctl: 'kernel/apparmor_restrict_unprivileged_userns',
		forbids: '1',
		mend: 'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0',
	},
];

/**
 * What to type where user namespaces are refused.
 *
 * @param read - the value of a sysctl by its path below /proc/sys, or undefined where this kernel has none
 */
export const mendOfNamespaces = (read: (sysctl: string) => string | undefined): string =>
	locks.find(({sysctl, forbids}) => read(sysctl) === forbids)?.mend ??
	'run it as root (sudo); in a container, allow it: docker run --privileged, or seccomp=unconfined with SYS_ADMIN and NET_ADMIN';

export function readSysctl(sysctl: string): string | undefined {
	try {
		return readFileSync(`/proc/sys/${sysctl}`, 'utf8').trim();
	} catch {
		return undefined;
	}
}

/** Makes the namespaces of an engine and lets them go again. */
export async function tryNamespaces(rootless: boolean): Promise<Row> {
	const name = 'user namespaces';
	const result = await runProgram('unshare', [...engineNamespaces(rootless), 'true']);
	if (result.ok)
		return ok(name, rootless ? 'made without root: user, net, mount and pid' : 'made as root: net, mount and pid');
	return {
		name,
		state: 'missing',
		needed: true,
		found: result.complaint,
		off: 'no lab for this user',
		mend: mendOfNamespaces(readSysctl),
	};
}
