// Flows as people write them: `wiki.dev -> db.prod:5432/tcp`, `web.prod -> api.prod:http`, `a -> b:icmp`.
import type {Endpoint, Flow} from '../model/flow.ts';
import type {Protocol, Topology, Workload} from '../model/topology.ts';
import {nearest} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import {parsePorts} from './ports.ts';
import {serviceNames, type Vocabulary, vocabularyOf} from './vocabulary.ts';
import {quote} from './wording.ts';

/** Both ends as workloads, and every flow between their addresses; or what is wrong with the text. */
export type FlowText =
	| {
			readonly kind: 'ok';
			readonly sources: readonly Workload[];
			readonly destinations: readonly Workload[];
			/** Sorted as the topology is; both families; none from a workload to itself; never empty. */
			readonly flows: readonly Flow[];
	  }
	| WrongFlow;

interface WrongFlow {
	readonly kind: 'wrong';
	readonly what: string;
	readonly mend: string;
}

/** A protocol and port, 0 for icmp. */
interface Port {
	readonly protocol: Protocol;
	readonly port: number;
}

/** Arrows that reports print and people paste. */
const arrow = /\s*(?:->|→|▸)\s*/;

/** A flow, and what reports write behind it: `(IPv6)` means that family alone, `(1 of 2)` nothing. */
const pasted = /^(.*?)(?:\s*\((?:(IPv[46])|\d+ of \d+)\))?$/s;

/**
 * The flows that `text` means: from each address of the source to each of the destination of the same family. An end is
 * a workload (`web-1.prod`), a kind (`web.prod`) or a base (`web`, in every environment); the port is a number, with or
 * without its protocol, a service of the destination, or `icmp`.
 */
export function parseFlowText(text: string, topology: Topology | Vocabulary): FlowText {
	const known = 'topology' in topology ? topology : vocabularyOf(topology);
	const [, written = '', family] = pasted.exec(text.trim())!;
	const [source = '', target = '', ...more] = written.split(arrow);
	const colon = target.lastIndexOf(':');
	if (source === '' || colon < 1 || colon === target.length - 1 || more.length > 0)
		return wrong(`${quote(text)} is not a flow`, 'a flow is written web.prod -> db.prod:5432/tcp');
	const from = known.workloads.get(source);
	if (from === undefined) return unknownWorkload(source, known);
	const name = target.slice(0, colon);
	const to = known.workloads.get(name);
	if (to === undefined) return unknownWorkload(name, known);
	const ports = parsePort(target.slice(colon + 1), name, to);
	if ('kind' in ports) return ports;
	const flows = from.flatMap(sender =>
		ports.flatMap(({workload, port}) =>
			between(sender, workload, port).filter(flow => family === undefined || `IPv${flow.family}` === family),
		),
	);
	if (flows.length > 0) return {kind: 'ok', sources: from, destinations: to, flows};
	return wrong(
		`${plainWord(source)} and ${plainWord(name)} have no pair of addresses to talk between`,
		source === name ? 'a workload always reaches itself' : 'they share no address family',
	);
}

interface Listening {
	readonly workload: Workload;
	readonly port: Port;
}

/** The port that `text` means at each destination; a service that only some of them have is meant only there. */
function parsePort(text: string, name: string, to: readonly Workload[]): readonly Listening[] | WrongFlow {
	const parsed = parsePorts(text);
	if (parsed.kind === 'wrong') return wrong(parsed.what, parsed.mend);
	if (parsed.kind === 'name') {
		const found = to.flatMap(workload =>
			workload.services
				.filter(service => service.name === parsed.name)
				.flatMap(({protocol, port, lastPort}) =>
					[...new Set([port, lastPort])].map(number => ({workload, port: {protocol, port: number}})),
				),
		);
		if (found.length > 0) return found;
		const names = serviceNames(to);
		const mend = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
		return wrong(`${plainWord(name)} has no service named ${plainWord(text)}`, mend);
	}
	const {match} = parsed;
	if (match.kind === 'protocol' && match.protocol !== 'icmp')
		return wrong(`a flow has one port, and ${text} is all of them`, `write one, such as 443/${text}`);
	if (match.kind === 'range' && match.first !== match.last)
		return wrong(`a flow has one port, and ${text} is several`, 'write a flow for each port that matters');
	const port: Port =
		match.kind === 'protocol' ? {protocol: 'icmp', port: 0} : {protocol: match.protocol, port: match.first};
	return to.map(workload => ({workload, port}));
}

function between(sender: Workload, receiver: Workload, {protocol, port}: Port): readonly Flow[] {
	if (sender.name === receiver.name) return [];
	const end = (workload: Workload, address: string): Endpoint => ({workload: workload.name, address});
	return sender.addresses.flatMap(({family, address}) =>
		receiver.addresses
			.filter(other => other.family === family)
			.map(
				(other): Flow => ({
					source: end(sender, address),
					destination: end(receiver, other.address),
					family,
					protocol,
					port,
				}),
			),
	);
}

function unknownWorkload(name: string, {workloads}: Vocabulary): WrongFlow {
	const near = nearest(name, workloads.keys());
	return wrong(`there is no workload ${plainWord(name)}`, near === undefined ? '' : `did you mean ${near}?`);
}

const wrong = (what: string, mend: string): WrongFlow => ({kind: 'wrong', what, mend});
