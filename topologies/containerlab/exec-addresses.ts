// Addresses that a node's commands give to its interfaces: `ip addr add 10.0.0.1/24 dev eth1`.

/** Interface to its first IPv4 address with its prefix. Subinterfaces (`eth1.100`) count as the interface. */
export function execAddresses(commands: readonly string[]): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const command of commands.flatMap(text => text.split(/&&|;|\n|\|\|/))) {
		const match =
			/\bip\s+(?:-\w+\s+)*a(?:ddr|ddress)?\s+(?:a|add|r|replace|change)\s+(.*)$/.exec(command) ??
			/\b(ifconfig\s+.*)$/.exec(command);
		if (match === null) continue;
		const [address] = /\b\d+\.\d+\.\d+\.\d+\/\d+\b/.exec(match[1]!) ?? [];
		const device = /\bdev\s+([\w./|-]+)/.exec(match[1]!)?.[1] ?? /^ifconfig\s+([\w.-]+)/.exec(match[1]!)?.[1];
		if (address === undefined || device === undefined) continue;
		const name = device.replace(/\.\d+$/, '');
		if (!found.has(name)) found.set(name, address);
	}
	return found;
}
