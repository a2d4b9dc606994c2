// What does it cost to load rules through the helpers: a first time, and in place of others? By the number of helpers.
import {execFileSync} from 'node:child_process';
import {nftables} from '../../enforcers/nftables.ts';
import {createNamespaces} from '../../kernel/keeper.ts';
import {homeNetns} from '../../kernel/netns.ts';
import {startNftPool} from '../../kernel/nft-pool.ts';
import {isRootless, unshareOptions} from '../builders/unshared.ts';
import {bigLab} from './big-lab.ts';
import {tell} from './figure.ts';

const workloads = 200;

if (process.argv[2] === 'inside') await measure();
else {
	const words = [...unshareOptions, process.execPath, '--no-warnings', import.meta.filename, 'inside'];
	const env = {...process.env, FIREBREAK_ROOTLESS: String(process.getuid?.() !== 0)};
	execFileSync('unshare', words, {stdio: 'inherit', env});
}

async function measure(): Promise<void> {
	homeNetns();
	const big = bigLab(workloads);
	const rulesets = nftables.compile({lab: 'bench', ...big, placement: 'host'});
	for (const helpers of [1, 2, 4, 8, 16]) {
		await using pool = await startNftPool(helpers);
		const {turns} = await createNamespaces(workloads, isRootless());
		const netns = (await Array.fromAsync(turns)).flat();
		const load = async (before: string): Promise<number> => {
			const started = performance.now();
			const jobs = rulesets.map(({text}, at) => ({netns: netns[at]!, text: before + text, mode: 'load' as const}));
			const bad = (await pool.run(jobs)).find(({error}) => error !== null);
			if (bad !== undefined) throw new Error(bad.error!);
			return (performance.now() - started) / workloads;
		};
		const {table} = rulesets[0]!;
		const asked = {bench: 'load', unit: 'ms a workload', limit: null, also: {helpers, workloads}};
		tell({...asked, question: 'How long does it take to load rules where there are none?', value: await load('')});
		const replacing = `table inet ${table}\ndelete table inet ${table}\n`;
		tell({...asked, question: 'How long does it take to replace rules?', value: await load(replacing)});
	}
	process.exit();
}
