import {filterCalls} from '../kernel/call-filter.ts';

/**
 * Before a command is started in a workload: from now on this process can start nothing that reaches past namespaces, and
 * cannot take that back (`kernel/call-filter.ts`). Where the kernel or the machine has no such filter, namespaces alone hold.
 */
export function fence(): void {
	if (fenced) return;
	fenced = true;
	try {
		filterCalls();
	} catch {
		// A kernel without CONFIG_SECCOMP_FILTER.
	}
}

let fenced = false;
