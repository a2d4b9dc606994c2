// The network that sends nothing: every answer comes from verdicts. An attacker cannot tell it from the lab's, and the
// lab is measured against it.
import type {Evidence} from '../contracts/evidence.ts';
import type {Answer, Attempt, Exchange, Network, Reply} from '../contracts/network.ts';
import type {Endpoint, Flow} from '../model/flow.ts';
import {listeningPorts} from '../model/listening-ports.ts';
import type {Placement, Stack, Verdict} from '../model/policy.ts';
import type {Secret, Service, Topology, Workload} from '../model/topology.ts';
import type {Evaluator} from '../policy/evaluate.ts';
import {hostView} from './host-view.ts';
import {type EndsJudge, endsJudge} from './judge-ends.ts';
import {modelRaw} from './model-raw.ts';
import {resettingRules} from './resetting-rules.ts';
import {sourceAddress} from './source-address.ts';
import type {FarEnd} from './verdict-evidence.ts';
import type {Weakness} from './weakness.ts';

export interface ModelNetworkInput {
	readonly topology: Topology;
	/** The stack that `evaluator` judges by; here only for what its policies do with what they deny. */
	readonly stack: Stack;
	readonly evaluator: Evaluator;
	readonly placement: Placement;
	readonly weak: Weakness;
	/** Which ports of a range listen (`listeningPorts`); 1 unless it says otherwise. */
	readonly seed?: number;
	/** What a secret is made of: any text, equal for equal secrets. */
	readonly material: (secret: Secret) => string;
	/** Told what the network saw of each attempt, which its sender is not. */
	readonly onEvidence?: (action: number, evidence: Evidence) => void;
}

interface Contact {
	readonly answer: Answer;
	readonly workload: Workload | undefined;
	readonly service: Service | undefined;
}

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
		talk: async (attempt, exchange) => reply(input, contact(attempt), exchange),
		raw: async (attempt, packet) => modelRaw(input, judge, attempt, packet),
		async tamper(pivot) {
			if (judge.tampered.has(pivot)) return {kind: 'nothing-there'};
			judge.tampered.add(pivot);
			return {kind: 'gone'};
		},
	};
}

function createContacts({topology, stack, seed = 1, onEvidence}: ModelNetworkInput, {judge}: EndsJudge) {
	const byName = new Map(topology.workloads.map(workload => [workload.name, workload]));
	const byAddress = new Map(
		topology.workloads.flatMap(workload =>
			workload.addresses.map(({address}) => [address, {workload, end: {workload: workload.name, address}}] as const),
		),
	);
	const rejecting = resettingRules(stack);

	return ({action, from, to, protocol, port, established}: Attempt): Contact => {
		const sender = byName.get(from);
		if (sender === undefined) throw new Error(`no workload is named ${from}`);
		const source = sourceAddress(sender, topology.segments, to);
		const {workload, end: destination} = byAddress.get(to) ?? nobodyAt(to);
		// Its own kernel has no route: nothing is sent, and nothing is learned of the address.
		if (source === undefined) return {answer: 'silent', workload, service: undefined};
		const {family} = source;
		const flow: Flow = {source: byAddress.get(source.address)!.end, destination, family, protocol, port};
		const service = workload?.services.find(
			one => one.protocol === protocol && listeningPorts(one, seed).includes(port),
		);
		const listens = protocol === 'icmp' || service !== undefined;
		const farEnd: FarEnd = workload === undefined ? 'nobody' : listens ? 'open' : 'closed';
		const {verdict, evidence} = judge(flow, farEnd, established === true);
		onEvidence?.(action, evidence);
		const resets = protocol === 'tcp' && rejecting.has(verdict.rule.id);
		return {answer: answerOf(verdict, farEnd, resets), workload, service};
	};
}

const nobodyAt = (address: string): {readonly workload: undefined; readonly end: Endpoint} => ({
	workload: undefined,
	end: {workload: null, address},
});

function answerOf({action}: Pick<Verdict, 'action'>, farEnd: FarEnd, resets: boolean): Answer {
	if (action === 'deny') return resets ? 'closed' : 'silent';
	return farEnd === 'nobody' ? 'no-host' : farEnd;
}

function reply(input: ModelNetworkInput, {answer, workload, service}: Contact, exchange: Exchange): Reply {
	if (answer !== 'open' || workload === undefined || service === undefined) return {kind: 'unanswered', answer};
	if (exchange.kind === 'exploit') {
		return input.weak(workload, service) ? shell(input, workload) : {kind: 'refused'};
	}
	if (
		exchange.speaks !== service.speaks ||
		!takesLogins(service, exchange.secret.kind) ||
		!opens(input.topology, exchange.secret.id, workload, service)
	) {
		return {kind: 'refused'};
	}
	return service.speaks === 'ssh' ? shell(input, workload) : {kind: 'session', hostname: workload.name};
}

/** Name servers and datagrams take no logins, and keys are for ssh alone. */
const takesLogins = ({protocol, speaks}: Service, kind: Secret['kind']): boolean =>
	protocol === 'tcp' && speaks !== 'dns' && (kind === 'password' || speaks === 'ssh');

const shell = ({topology, material}: ModelNetworkInput, workload: Workload): Reply => ({
	kind: 'shell',
	host: hostView(topology, workload, material),
});

const opens = (topology: Topology, secret: string, workload: Workload, service: Service): boolean =>
	topology.secrets
		.find(({id}) => id === secret)
		?.opens.some(door => door.workload === workload.name && door.service === service.name) ?? false;
