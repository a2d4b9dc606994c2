// The network that sends nothing: every answer comes from verdicts. An attacker cannot tell it from the lab's, and the
// lab is measured against it.
import type {Evidence} from '../contracts/evidence.ts';
import type {Answer, Attempt, Exchange, Network, Onward, Reply} from '../contracts/network.ts';
import type {Endpoint, Flow} from '../model/flow.ts';
import {listeningPorts} from '../model/listening-ports.ts';
import {metadataService} from '../model/metadata-service.ts';
import type {Placement, Stack, Verdict} from '../model/policy.ts';
import type {Protocol, Service, Topology, Workload} from '../model/topology.ts';
import type {Evaluator} from '../policy/evaluate.ts';
import {type EndsJudge, endsJudge} from './judge-ends.ts';
import {modelRaw} from './model-raw.ts';
import {hasMetadata, isMetadata, metadataReply, type Repliers, replyOf} from './model-replies.ts';
import {resettingRules} from './resetting-rules.ts';
import {sourceAddress} from './source-address.ts';
import type {FarEnd} from './verdict-evidence.ts';

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

/** What one attempt met. */
interface Contact {
	readonly answer: Answer;
	readonly sender: Workload;
	readonly to: string;
	readonly workload: Workload | undefined;
	readonly service: Service | undefined;
}

/** What is said in a contact. */
interface Talk<Kind extends Exchange['kind'] = Exchange['kind']> {
	readonly attempt: Attempt;
	readonly met: Contact;
	readonly exchange: Extract<Exchange, {readonly kind: Kind}>;
}

/** `attacker`: at an outside host the attacker listens, whatever port it is. */
type Makes = (attempt: Attempt, listens?: 'services' | 'attacker') => Contact;

/**
 * A network of verdicts. What is denied is silent, or closed where a policy rejects TCP by a reset; what is allowed is
 * open where a service has the port, closed where none has, and `no-host` where no workload owns the address.
 */
export function createModelNetwork(input: ModelNetworkInput): Network {
	const judge = endsJudge(input);
	const contact = createContacts(input, judge);
	return {
		reach: async attempt => contact(attempt).answer,
		sweep: async attempts => attempts.map(attempt => contact(attempt).answer),
		async talk(attempt, exchange) {
			const met = contact(attempt, exchange.kind === 'exfiltrate' ? 'attacker' : 'services');
			return reply(input, contact, {attempt, met, exchange});
		},
		raw: async (attempt, packet) => modelRaw(input, judge, attempt, packet),
		async tamper(pivot) {
			if (judge.tampered.has(pivot)) return {kind: 'nothing-there'};
			judge.tampered.add(pivot);
			return {kind: 'gone'};
		},
	};
}

function createContacts({topology, stack, seed = 1, onEvidence}: ModelNetworkInput, {judge}: EndsJudge): Makes {
	const byName = new Map(topology.workloads.map(workload => [workload.name, workload]));
	const byAddress = new Map(
		topology.workloads.flatMap(workload =>
			workload.addresses.map(({address}) => [address, {workload, end: {workload: workload.name, address}}] as const),
		),
	);
	const rejecting = resettingRules(stack);

	return ({action, from, to, protocol, port, established}, listener = 'services') => {
		const sender = byName.get(from);
		if (sender === undefined) throw new Error(`no workload is named ${from}`);
		const source = sourceAddress(sender, topology.segments, to);
		const {workload, end: destination} = byAddress.get(to) ?? nobodyAt(to);
		// Its own kernel has no route: nothing is sent, and nothing is learned of the address.
		if (source === undefined) return {answer: 'silent', sender, to, workload, service: undefined};
		const {family} = source;
		const flow: Flow = {source: byAddress.get(source.address)!.end, destination, family, protocol, port};
		const service = workload && serviceAt(workload, protocol, port, seed);
		const isHeard = listener === 'attacker' && workload?.outside === true;
		const listens = isHeard || protocol === 'icmp' || service !== undefined;
		const farEnd: FarEnd = workload === undefined ? beyond(topology, to, protocol, port) : listens ? 'open' : 'closed';
		const {verdict, evidence} = judge(flow, farEnd, established === true);
		onEvidence?.(action, evidence);
		const resets = protocol === 'tcp' && rejecting.has(verdict.rule.id);
		return {answer: answerOf(verdict, farEnd, resets), sender, to, workload, service};
	};
}

const serviceAt = ({services}: Workload, protocol: Protocol, port: number, seed: number): Service | undefined =>
	services.find(one => one.protocol === protocol && listeningPorts(one, seed).includes(port));
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

function answerOf({action}: Pick<Verdict, 'action'>, farEnd: FarEnd, resets: boolean): Answer {
	if (action === 'deny') return resets ? 'closed' : 'silent';
	return farEnd === 'nobody' ? 'no-host' : farEnd;
}

function reply(input: ModelNetworkInput, contact: Makes, {attempt, met, exchange}: Talk): Reply {
	const {answer, sender, to, workload, service} = met;
	if (answer === 'open' && isMetadata(to)) return metadataReply(input, sender, exchange);
	if (answer !== 'open' || workload === undefined) return {kind: 'unanswered', answer};
	if (exchange.kind === 'exfiltrate')
		return workload.outside ? {kind: 'carried', bytes: exchange.bytes} : {kind: 'refused'};
	if (service === undefined) return {kind: 'unanswered', answer};
	if (exchange.kind === 'relay') return relay(input, contact, {attempt, met, exchange});
	return replyOf(input, {sender, workload, service}, exchange);
}

/** The relay is entered by its way, and what it connects to is another contact, with evidence of its own. */
function relay(input: ModelNetworkInput, contact: Makes, {attempt, met, exchange}: Talk<'relay'>): Reply {
	const {way, onward, inner} = exchange;
	const {workload} = met;
	const entered = attempt.protocol === 'tcp' && reply(input, contact, {attempt, met, exchange: way}).kind === 'shell';
	if (!entered || workload === undefined) return {kind: 'unanswered', answer: 'open'};
	const next = {...attempt, from: workload.name, to: onward.address, port: onward.port};
	const isOwn = workload.addresses.some(({address}) => address === onward.address);
	const behind = isOwn ? ownContact(workload, onward, input.seed) : contact(next);
	const said = reply(input, contact, {attempt: next, met: behind, exchange: inner});
	return said.kind === 'unanswered' ? {...said, beyond: true} : said;
}

/** What a workload says to itself no rule decides, and no witness sees. */
function ownContact(workload: Workload, {address, port}: Onward, seed = 1): Contact {
	const service = serviceAt(workload, 'tcp', port, seed);
	return {answer: service === undefined ? 'closed' : 'open', sender: workload, to: address, workload, service};
}
