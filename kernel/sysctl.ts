// Kernel settings of the namespace the thread is in. /proc/sys/net shows the namespace of whoever opens it.
import {existsSync, readFileSync, writeFileSync} from 'node:fs';

/** By their dotted path under `net`, such as `ipv4.ip_forward`. Dots in names are slashes in /proc. */
export type Sysctls = Readonly<Record<string, string | number>>;

const pathOf = (name: string): string => `/proc/sys/net/${name.replaceAll('.', '/')}`;

/** Whether this kernel has the family at all: `ipv6.disable=1` on its command line takes IPv6 away, settings and sockets. */
export const hasFamily = (family: 'ipv4' | 'ipv6'): boolean => existsSync(pathOf(`${family}.conf`));

export function writeSysctls(settings: Sysctls): void {
	for (const [name, value] of Object.entries(settings)) writeFileSync(pathOf(name), String(value));
}

/** Those of `settings` that have another value now. */
export const differingSysctls = (settings: Sysctls): Sysctls =>
	Object.fromEntries(
		Object.entries(settings).filter(([name, value]) => readFileSync(pathOf(name), 'latin1').trim() !== String(value)),
	);

/** Writes, for what a kernel may not have (connection tracking that is not loaded yet). */
export function trySysctls(settings: Sysctls): void {
	for (const [name, value] of Object.entries(settings)) {
		try {
			writeSysctls({[name]: value});
		} catch {
			// A setting that this kernel lacks keeps its default; what follows from it is measured, not assumed.
		}
	}
}
