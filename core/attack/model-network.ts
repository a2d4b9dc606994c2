// The network that sends nothing: every answer comes from verdicts. An attacker cannot tell it from the lab's, and the
// lab is measured against it.
import type {Evidence} from '../contracts/evidence.ts';
import type {Answer, Attempt, Exchange, Network, Reply} from '../contracts/network.ts';
import type {Endpoint, Flow} from '../model/flow.ts';
import {listeningPorts} from '../model/listening-ports.ts';
import {metadataService} from '../model/metadata-service.ts';
import type {Placement, Stack, Verdict} from '../model/policy.ts';
import type {Protocol, Service, Topology, Workload} from '../model/topology.ts';
import type {Evaluator} from '../policy/evaluate.ts';
import {hasMetadata, isMetadata, metadataReply, type Repliers, replyOf} from './model-replies.ts';
import {resettingRules} from './resetting-rules.ts';
import {sourceAddress} from './source-address.ts';
import {type FarEnd, verdictWitness} from './verdict-evidence.ts';

export interface ModelNetworkInput extends Repliers {
	/** The stack that `evaluator` judges by; here only for what its policies do with what they deny. */
	readonly stack: Stack;
	readonly evaluator: Evaluator;
	readonly placement: Placement;
	/** Which ports of a range listen (`listeningPorts`); 1 unless it says otherwise. */
	readonly seed?: number;
	/** Told what the network saw of each attempt, which its sender is not. */
	readonly onEvidence?: (action: number, evidence: Evidence) => void;
}

interface Contact {
	readonly answer: Answer;
	readonly sender: Workload;
	readonly to: string;
	readonly workload: Workload | undefined;
	readonly service: Service | undefined;
}

/**
 * A network of verdicts. What is denied is silent, or closed where a policy rejects TCP by a reset; what is allowed is
 * open where a service has the port, closed where none has, and `no-host` where no workload owns the address.
 */
export function createModelNetwork(input: ModelNetworkInput): Network {
	const contact = createContacts(input);
	return {
		reach: async attempt => contact(attempt).answer,
		sweep: async attempts => attempts.map(attempt => contact(attempt).answer),
		talk: async (attempt, exchange) => reply(input, contact(attempt), exchange),
	};
}

function createContacts({topology, stack, evaluator, placement, seed = 1, onEvidence}: ModelNetworkInput) {
	const byName = new Map(topology.workloads.map(workload => [workload.name, workload]));
	const byAddress = new Map(
		topology.workloads.flatMap(workload =>
			workload.addresses.map(({address}) => [address, {workload, end: {workload: workload.name, address}}] as const),
		),
	);
	const witness = verdictWitness(evaluator, placement);
	const rejecting = resettingRules(stack);

	return ({action, from, to, protocol, port}: Attempt): Contact => {
		const sender = byName.get(from);
		if (sender === undefined) throw new Error(`no workload is named ${from}`);
		const source = sourceAddress(sender, topology.segments, to);
		const {workload, end: destination} = byAddress.get(to) ?? nobodyAt(to);
		// Its own kernel has no route: nothing is sent, and nothing is learned of the address.
		if (source === undefined) return {answer: 'silent', sender, to, workload, service: undefined};
		const {family} = source;
		const flow: Flow = {source: byAddress.get(source.address)!.end, destination, family, protocol, port};
		const verdict = evaluator.verdict(flow, placement);
		const service = workload?.services.find(
			one => one.protocol === protocol && listeningPorts(one, seed).includes(port),
		);
		const farEnd: FarEnd =
			workload === undefined
				? beyond(topology, to, protocol, port)
				: protocol === 'icmp' || service !== undefined
					? 'open'
					: 'closed';
		onEvidence?.(action, witness(flow, verdict, farEnd));
		const resets = protocol === 'tcp' && rejecting.has(verdict.rule.id);
		return {answer: answerOf(verdict, farEnd, resets), sender, to, workload, service};
	};
}

/** What stands at an address that no workload owns: the metadata service of clouds, or nobody. */
function beyond(topology: Topology, to: string, protocol: Protocol, port: number): FarEnd {
	if (!isMetadata(to) || !hasMetadata(topology)) return 'nobody';
	return protocol === 'icmp' || (protocol === metadataService.protocol && port === metadataService.port)
		? 'open'
		: 'closed';
}

const nobodyAt = (address: string): {readonly workload: undefined; readonly end: Endpoint} => ({
	workload: undefined,
	end: {workload: null, address},
});

function answerOf({action}: Verdict, farEnd: FarEnd, resets: boolean): Answer {
	if (action === 'deny') return resets ? 'closed' : 'silent';
	return farEnd === 'nobody' ? 'no-host' : farEnd;
}

function reply(input: ModelNetworkInput, {answer, sender, to, workload, service}: Contact, exchange: Exchange): Reply {
	if (answer === 'open' && isMetadata(to)) return metadataReply(input, sender, exchange);
	if (answer !== 'open' || workload === undefined || service === undefined) return {kind: 'unanswered', answer};
	return replyOf(input, {sender, workload, service}, exchange);
}
