// The real nft in a network namespace of its own: nothing it loads touches this machine, and nothing needs root.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';

const nft = ['/usr/sbin/nft', '/sbin/nft', '/usr/bin/nft', '/usr/local/sbin/nft'].find(existsSync);

const inNamespace = (script: string, input: string) =>
	spawnSync('unshare', ['--user', '--map-root-user', '--net', 'sh', '-c', script, nft ?? 'nft'], {
		input,
		encoding: 'utf8',
		maxBuffer: 2 ** 26,
	});

/** Why the tests that need it are skipped here, or undefined. */
export const missing: string | undefined =
	nft === undefined
		? 'there is no nft here; apt install nftables'
		: inNamespace('exec "$0" list ruleset', '').status === 0
			? undefined
			: 'unshare cannot make a user and network namespace with nftables here';

/** Loads the text twice, the second time in place of the first, and gives what the kernel then holds; throws what nft says. */
export function loaded(table: string, text: string): string {
	const {status, stdout, stderr} = inNamespace('"$0" -f - && exec "$0" list ruleset', twice(table, text));
	if (status !== 0) throw new Error(`nft refused it: ${stderr}`);
	return stdout;
}

const twice = (table: string, text: string): string =>
	`${text}table inet ${table}\ndelete table inet ${table}\n${text}`;

/** Loads the texts, whose tables have different names, some in a transaction; what nft says of those it refuses, else nothing. */
export function refusals(texts: readonly string[]): string {
	const some = 3;
	const starts = Array.from({length: Math.ceil(texts.length / some)}, (_, at) => at * some);
	return starts.map(start => inNamespace('"$0" -f - 2>&1', texts.slice(start, start + some).join('')).stdout).join('');
}
