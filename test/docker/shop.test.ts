import type {RehearsalReport} from '../../core/contracts/report.ts';
import {claimed, outcomesOf} from '../catalog/outcomes.ts';
import {docker, run, titled, whyNoDocker} from './engine.ts';

const rehearsed = whyNoDocker === null ? run('rehearse', 'shop', '--runtime', 'docker', '--format', 'json') : undefined;
rehearsed?.catch(() => undefined);
const reportOf = async (): Promise<RehearsalReport> => {
	const {out, error} = await rehearsed!;
	if (out === '') throw new Error(error);
	return JSON.parse(out) as RehearsalReport;
};

docker(titled('the whole shop comes out in containers as it does in namespaces'), async t => {
	t.timeout(60_000);
	const report = await reportOf();
	t.is((await rehearsed!).code, 0);
	t.is(report.measured, 'packets');
	t.deepEqual(outcomesOf(report), claimed.shop);
});

docker(titled('under every candidate of the shop in containers the witnesses agree on every flow'), async t => {
	const {runs} = await reportOf();
	for (const {candidate, fidelity, outcomes} of runs) {
		t.true(fidelity.checked > 3000, candidate);
		t.deepEqual(
			[fidelity.mismatches, fidelity.flows, fidelity.attacker, outcomes.inconclusive],
			[0, [], [], 0],
			candidate,
		);
	}
});

docker(titled('the report says that it was in containers, of which engine, and what root cannot do there'), async t => {
	const {versions, assumptions} = await reportOf();
	t.regex(versions.docker ?? '', /\d+\.\d+/);
	t.true(assumptions.some(text => text.includes('NET_ADMIN')));
});
