// The policy learned from the shop's dependencies, rehearsed beside the one that people wrote for it.
import test from 'ava';
import {parsePolicies} from '../../core/files/policy.ts';
import {renderYaml} from '../../core/files/render-yaml.ts';
import {leastPolicy} from '../../core/learn/least-policy.ts';
import {lostUnder, runOf} from '../catalog/outcomes.ts';
import {loaded, rehearsed} from '../catalog/rehearse.ts';

test('what is learned from the shop breaks nothing, and loses nothing that the segmented policy keeps', async t => {
	const shop = await loaded('shop');
	const {value, notes} = leastPolicy(shop.topology, shop.topology.dependencies);
	const stack = parsePolicies([{file: 'first.policy.yaml', text: renderYaml(value, notes)}], shop.topology);
	if (stack.kind === 'wrong') return t.fail(JSON.stringify(stack.problems));
	const segmented = shop.candidates.find(({name}) => name === 'segmented')!;
	const candidates = [shop.candidates[0]!, segmented, {...segmented, name: 'first', stack: stack.value, files: []}];
	const {report} = await rehearsed({...shop, candidates, expectations: [], flows: []});
	for (const {name} of shop.scenarios) {
		const lost = lostUnder(report, `first · ${name}`);
		const kept = lostUnder(report, `segmented · ${name}`);
		t.deepEqual(
			lost.filter(one => !kept.includes(one)),
			[],
			name,
		);
		t.is(runOf(report, `first · ${name}`).breakage.broken, 0);
		t.is(runOf(report, `first · ${name}`).containment.jewelsReached, 0);
		t.is(runOf(report, `first · ${name}`).looseness.usableNow, 0, 'nothing is open that nobody needs');
	}
});
