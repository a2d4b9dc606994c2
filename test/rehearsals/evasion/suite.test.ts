// The evasion suite by packets: the same policy, with nothing, at the host and in the fabric.
import {execFile} from 'node:child_process';
import {cp, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {techniqueNames} from '../../../core/model/scenario.ts';
import {whyNoPackets} from '../../builders/unshared.ts';
import {root} from '../../house/source-tree.ts';

const reason = whyNoPackets();
const packets = reason === null ? test.serial : test.serial.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);

interface Evaded {
	readonly placement: string;
	readonly techniques: readonly {technique: string; result: string; reason: string; closes: string | null}[];
	readonly notRun: readonly string[];
}

const folder = await mkdtemp(join(tmpdir(), 'firebreak-evasion-'));
test.before(async () => {
	await cp(join(root, 'topologies/catalog/two-tier'), folder, {recursive: true});
	await writeFile(
		join(folder, 'rehearsal.yaml'),
		'rehearsal: two-tier\ntopology: two-tier.topology.yaml\ncandidates:\n  segmented: { policy: segmented.policy.yaml, placement: [host, fabric] }\nscenarios: [intruder.scenario.yaml]\n',
	);
});
test.after.always(() => rm(folder, {recursive: true}));

async function evaded(candidate: string): Promise<Evaded> {
	const words = ['attack', folder, '--suite', 'evasion', '--candidate', candidate, '--format', 'json'];
	const {stdout} = await promisify(execFile)(process.execPath, [join(root, 'cli/main.ts'), ...words], {
		timeout: 110_000,
	});
	return JSON.parse(stdout) as Evaded;
}

const resultOf = ({techniques}: Evaded, name: string): string | undefined =>
	techniques.find(({technique}) => technique === name)?.result;

packets(titled('whoever removes the rules of its own host gets out of it, and not past the fabric'), async t => {
	t.timeout(120_000);
	const [host, fabric, flat] = [await evaded('segmented@host'), await evaded('segmented@fabric'), await evaded('flat')];
	t.deepEqual([host.placement, fabric.placement], ['host', 'fabric']);
	t.deepEqual(
		[host, fabric, flat].map(one => resultOf(one, 'tamper-enforcer')),
		['escaped', 'contained', 'not-applicable'],
	);
	t.deepEqual(
		[host, fabric, flat].map(one => resultOf(one, 'exfiltrate')),
		['contained', 'contained', 'escaped'],
	);
	t.regex(
		fabric.techniques.find(({technique}) => technique === 'spoof-source')!.reason,
		/sources that are not their own/,
	);
	t.is(resultOf(host, 'arp-poison'), 'not-applicable');
	for (const {techniques, notRun} of [host, fabric, flat]) {
		for (const {technique, result, closes} of techniques) {
			t.true((techniqueNames as readonly string[]).includes(technique));
			t.is(closes !== null, result === 'escaped');
		}
		t.is(new Set([...techniques.map(({technique}) => technique), ...notRun]).size, techniques.length + notRun.length);
	}
	t.false(flat.techniques.some(({result}) => result === 'contained'));
});
