// Walks the text of a ruleset as the kernel would, for the first packet of a connection: pure, so that thousands of cases
// are cheap. It knows the few words of nftables that the compiler writes, and stumbles over any other.
import {type KernelLog, parseLogPrefix} from '../../core/contracts/evidence.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Direction} from '../../core/model/policy.ts';
import {covers, parseAddress, parseCidr} from '../../core/policy/address.ts';

export interface Walked {
	readonly verdict: 'accept' | 'drop' | 'reject';
	readonly logs: readonly KernelLog[];
}

interface Table {
	readonly chains: ReadonlyMap<string, readonly string[]>;
	readonly sets: ReadonlyMap<string, readonly string[]>;
}

/** What the first packet of `flow` meets when it leaves its source, or enters its destination. */
export function walk(text: string, flow: Flow, direction: Direction): Walked {
	const table = readTable(text);
	const logs: KernelLog[] = [];
	const hook = direction === 'egress' ? 'output' : 'input';
	const run = (chain: string): Walked['verdict'] | 'return' => {
		for (const line of table.chains.get(chain) ?? missing(chain)) {
			const verdict = runLine(line, {flow, table, logs, run});
			if (verdict !== undefined) return verdict;
		}
		return 'return';
	};
	const verdict = run(hook);
	const policy = /policy (accept|drop);/.exec(table.chains.get(hook)![0]!)![1] as 'accept' | 'drop';
	return {verdict: verdict === 'return' ? policy : verdict, logs};
}

function readTable(text: string): Table {
	const chains = new Map<string, string[]>();
	const sets = new Map<string, readonly string[]>();
	for (const [, kind, name, body] of text.matchAll(/^\t(chain|set) (\w+) \{\n([\s\S]*?)\n\t\}$/gm)) {
		const lines = body!.split('\n').map(line => line.trim());
		if (kind === 'chain') chains.set(name!, lines);
		else sets.set(name!, /elements = \{ (.*) \}/.exec(body!)![1]!.split(', '));
	}
	return {chains, sets};
}

interface Step {
	readonly flow: Flow;
	readonly table: Table;
	readonly logs: KernelLog[];
	readonly run: (chain: string) => Walked['verdict'] | 'return';
}

/** One word or phrase of a rule at a time: a match that fails ends it, a verdict decides. Undefined goes on. */
function runLine(line: string, step: Step): Walked['verdict'] | 'return' | undefined {
	let rest = line;
	while (rest !== '') {
		const phrase = phrases.find(([pattern]) => pattern.test(rest)) ?? missing(rest);
		const [whole, ...parts] = phrase[0].exec(rest)!;
		rest = rest.slice(whole.length).trimStart();
		const found = phrase[1](step, ...(parts as string[]));
		if (found === false) return undefined;
		if (typeof found === 'string') return found === 'back' ? undefined : found;
	}
	return undefined;
}

type Found = boolean | 'back' | Walked['verdict'] | 'return';
type Phrase = readonly [RegExp, (step: Step, ...parts: string[]) => Found];
const values = '(\\{ [^}]* \\}|\\S+)';
const numbers = {tcp: 6, udp: 17, sctp: 132, icmp: 1} as const;

const phrases: readonly Phrase[] = [
	[/^type filter hook \w+ priority filter; policy \w+;/, () => false],
	[/^[io]if lo/, () => false],
	[/^ct state (established|related|invalid)\S*/, () => false],
	[/^ct state new/, () => true],
	[/^ct direction reply/, () => false],
	[/^ct mark set 0x[0-9a-f]+/, () => true],
	[/^icmpv6 type \{ nd-[^}]*\}/, () => false],
	[/^meta nfproto ipv([46])/, ({flow}, version) => flow.family === Number(version)],
	[/^meta l4proto (\S+)/, ({flow}, name) => protocolName(flow) === name],
	[/^icmp type echo-request/, ({flow}) => protocolName(flow) === 'icmp'],
	[/^icmpv6 type echo-request/, ({flow}) => protocolName(flow) === 'ipv6-icmp'],
	[
		new RegExp(`^(?:ct original )?(ip6?) ([sd])addr ${values}`),
		({flow, table}, ip, end, text) =>
			flow.family === (ip === 'ip' ? 4 : 6) &&
			elements(text!, table).some(element =>
				withinAddresses(element, end === 's' ? flow.source.address : flow.destination.address),
			),
	],
	[
		new RegExp(`^(tcp|udp|sctp) dport ${values}`),
		({flow, table}, name, text) => flow.protocol === name && elements(text!, table).some(withinPorts(flow.port)),
	],
	[
		new RegExp(`^ct original proto-dst ${values}`),
		({flow, table}, text) => elements(text!, table).some(withinPorts(originalPort(flow))),
	],
	[/^counter name \w+/, () => true],
	[
		/^log prefix "([^"]*)" group ([12])/,
		({logs}, prefix, group) => {
			const log = parseLogPrefix(prefix!)!;
			logs.push(log);
			return (log.decision === 'allow') === (group === '2');
		},
	],
	[/^comment "[^"]*"$/, () => true],
	[/^jump (\w+)/, ({run}, chain) => back(run(chain!))],
	[/^goto (\w+)/, ({run}, chain) => run(chain!)],
	[/^(accept|drop|return)/, (_step, verdict) => verdict as 'accept'],
	[/^reject with .*/, () => 'reject'],
];

const back = (verdict: Walked['verdict'] | 'return'): Found => (verdict === 'return' ? 'back' : verdict);

const protocolName = ({protocol, family}: Flow): string =>
	protocol === 'icmp' && family === 6 ? 'ipv6-icmp' : protocol;

/** Connection tracking keeps an echo's type and code where others have the port. */
const originalPort = ({protocol, family, port}: Flow): number =>
	protocol === 'icmp' ? (family === 4 ? 8 : 128) << 8 : numbers[protocol] > 0 ? port : 0;

const elements = (text: string, {sets}: Table): readonly string[] =>
	text.startsWith('@') ? (sets.get(text.slice(1)) ?? missing(text)) : text.replaceAll(/[{}]/g, '').trim().split(', ');

const withinPorts =
	(port: number) =>
	(element: string): boolean => {
		const [first, last = first] = element.split('-').map(Number);
		return first! <= port && port <= last!;
	};

function withinAddresses(element: string, address: string): boolean {
	const at = parseAddress(address);
	const [first = '', last] = element.split('-');
	return last === undefined
		? covers(parseCidr(first), at)
		: covers({...parseAddress(first), last: parseAddress(last).last}, at);
}

function missing(what: string): never {
	throw new Error(`the walk knows no ${what}`);
}
