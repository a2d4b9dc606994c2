import type {HostView} from '../contracts/network.ts';

/** What may stand in hosts(5) as a name; others could be read as something else, and are left out. */
const plainName = /^[a-z0-9][\w.-]*$/i;

/**
 * The text of /etc/hosts in a workload: loopback, itself and what it knows, a line an address. It is the `hosts` of the view
 * that an attacker inside has, so that a person in a shell and the adversary read the same.
 */
export const hostsFile = ({hostname, addresses, hosts}: Pick<HostView, 'hostname' | 'addresses' | 'hosts'>): string =>
	[
		{address: '127.0.0.1', name: 'localhost'},
		{address: '::1', name: 'localhost'},
		...addresses.map(address => ({address, name: hostname})),
		...hosts,
	]
		.filter(({name}) => plainName.test(name))
		.map(({address, name}) => `${address}\t${name}\n`)
		.join('');
