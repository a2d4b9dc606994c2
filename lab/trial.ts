// A program for `firebreak doctor`: started under `unshare` as an engine is, it tries each thing that a lab needs of the
// kernel, and prints one line of JSON a trial. What it makes dies with its namespaces.
import {setTimeout as wait} from 'node:timers/promises';
import {createNamespaces} from '../kernel/keeper.ts';
import {libc} from '../kernel/libc.ts';
import {homeNetns} from '../kernel/netns.ts';
import {openNflog} from '../kernel/nflog.ts';
import {startNftPool} from '../kernel/nft-pool.ts';
import {configure, listLinks} from '../kernel/rtnetlink.ts';
import {sockaddr} from '../kernel/sockaddr.ts';
import {closeSocket, connectUdp, rawIcmp} from '../kernel/sockets.ts';

/** `detail`: what was seen when it went well, why not when it did not. */
export interface TrialLine {
	readonly trial: 'native' | 'netlink' | 'raw' | 'ruleset' | 'nflog' | 'nested';
	readonly ok: boolean;
	readonly detail: string;
}

const rootless = process.argv[3] === 'rootless';

/** Rules as a lab has them: stateful, counted, logged to a group. */
const ruleset = `table inet firebreak_doctor {
	chain output {
		type filter hook output priority 0;
		ct state established,related accept
		udp dport 9 counter log prefix "firebreak doctor" group 1 drop
	}
}
`;

/** In order: each may lean on those before it. */
const trials: readonly (readonly [TrialLine['trial'], () => string | Promise<string>])[] = [
	['native', loadNative],
	['netlink', () => `netlink lists ${listLinks().length} link${listLinks().length === 1 ? '' : 's'}`],
	['raw', openRaw],
	['ruleset', loadRules],
	['nflog', readLog],
	['nested', nest],
];

function loadNative(): string {
	libc();
	return 'koffi loads and finds libc';
}

function openRaw(): string {
	closeSocket(rawIcmp(4));
	return 'a raw ICMP socket opens';
}

async function loadRules(): Promise<string> {
	await using pool = await startNftPool(1);
	const [answer] = await pool.run([{netns: homeNetns(), text: ruleset, mode: 'load'}]);
	if (answer!.error !== null) throw new Error(answer!.error.split('\n')[0]);
	return 'the kernel took a stateful ruleset with counters and logs';
}

/** Sends one packet into the rule above and reads what the kernel logged of it. */
async function readLog(): Promise<string> {
	configure([{kind: 'up', index: 1}]);
	const log = openNflog([1], 1 << 16);
	const to = sockaddr(4, '127.0.0.1', 9);
	const socket = connectUdp(4, sockaddr(4, '127.0.0.1', 0), to);
	libc().sendto(socket.fd, Buffer.from('x'), 1, 0, null, 0);
	const seen: string[] = [];
	for (let tries = 0; tries < 50 && seen.length === 0; tries++) {
		await wait(10);
		log.read(prefix => void seen.push(prefix));
	}
	closeSocket(socket.fd);
	log.close();
	if (seen.length === 0) throw new Error('a rule logged a packet, and no log arrived within 500 ms');
	return 'a rule logged a packet, and the log was read';
}

async function nest(): Promise<string> {
	const {turns} = await createNamespaces(2, rootless);
	const made = (await Array.fromAsync(turns)).flat();
	return `${made.length} namespaces in a user namespace of their own`;
}

if (process.argv[2] === 'firebreak-trial') {
	for (const [trial, attempt] of trials) {
		const line = await Promise.resolve()
			.then(attempt)
			.then(
				detail => ({trial, ok: true, detail}),
				(error: Error) => ({trial, ok: false, detail: error.message}),
			);
		process.stdout.write(`${JSON.stringify(line satisfies TrialLine)}\n`);
	}
	process.exit(0);
}
