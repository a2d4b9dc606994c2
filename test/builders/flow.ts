// Flows as a test reads them: `flow('web', 'db:5432/tcp')`.
import type {Endpoint, Flow} from '../../core/model/flow.ts';
import type {Family, Protocol} from '../../core/model/topology.ts';
import {addressOf} from './topology.ts';

/**
 * A flow between workloads of the builder's `topology`, at the addresses it gave them; `web@10.0.0.1` names another one,
 * `@203.0.113.7` one that no workload owns.
 *
 * @param to - `db:5432/tcp`, `db:53/udp`, `db:icmp`; tcp unless it says otherwise
 * @param family - of the addresses that are not written out
 */
export function flow(from: string, to: string, family: Family = 4): Flow {
	const [, name = '', port = '', protocol = 'tcp'] = /^(.*):(icmp|\d+)(?:\/(tcp|udp|sctp))?$/.exec(to) ?? [];
	if (port === '') throw new Error(`no destination: ${to}`);
	const source = endpoint(from, family);
	return {
		source,
		destination: endpoint(name, family),
		family: source.address.includes(':') ? 6 : 4,
		protocol: port === 'icmp' ? 'icmp' : (protocol as Protocol),
		port: port === 'icmp' ? 0 : Number(port),
	};
}

function endpoint(text: string, family: Family): Endpoint {
	const [name = '', address] = text.split('@');
	return {workload: name === '' ? null : name, address: address ?? addressOf(name, family)};
}
