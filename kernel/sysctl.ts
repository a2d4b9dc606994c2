// Kernel settings of the namespace the thread is in. /proc/sys/net shows the namespace of whoever opens it.
import {writeFileSync} from 'node:fs';

/** Writes settings by their dotted path under `net`, such as `ipv4.ip_forward`. Dots in names are slashes in /proc. */
export function writeSysctls(settings: Readonly<Record<string, string | number>>): void {
	for (const [name, value] of Object.entries(settings)) {
		writeFileSync(`/proc/sys/net/${name.replaceAll('.', '/')}`, String(value));
	}
}

/** The same, for what a kernel may not have (connection tracking that is not loaded yet). */
export function trySysctls(settings: Readonly<Record<string, string | number>>): void {
	for (const [name, value] of Object.entries(settings)) {
		try {
			writeSysctls({[name]: value});
		} catch {
			// A setting that this kernel lacks keeps its default; what follows from it is measured, not assumed.
		}
	}
}
