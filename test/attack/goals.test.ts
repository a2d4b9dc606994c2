import test from 'ava';
import {goals} from '../../core/attack/goals.ts';
import {weakness} from '../../core/attack/weakness.ts';
import type {Scenario} from '../../core/model/scenario.ts';
import {networksOf, selects} from '../../core/policy/selector.ts';
import {attackTopology, scenario} from '../builders/attack-world.ts';
import {selector} from '../builders/selector.ts';

const world = attackTopology({
	'db.prod': {jewel: true, services: ['postgres:5432', 'weak ssh:22']},
	'vault.prod': {jewel: true, services: ['http:80']},
	'web.prod': {services: ['weak http:80', 'ssh:22']},
});
const matches = (what: Parameters<typeof selects>[0], workload: (typeof world.workloads)[number]): boolean =>
	selects(what, {workload, address: workload.addresses[0]!.address}, networksOf(world));
const chosen = {kind: 'selector', selector: selector({workload: ['web', 'db']})} as const;

const told: readonly (readonly [Partial<Scenario>, readonly string[]])[] = [
	[{strategy: 'targeted', goal: {kind: 'jewels'}}, ['db.prod', 'vault.prod']],
	[{strategy: 'targeted', goal: chosen}, ['db.prod', 'web.prod']],
	[{strategy: 'targeted', goal: {kind: 'everything'}}, []],
	[{strategy: 'worm', goal: {kind: 'jewels'}}, []],
];
for (const [spec, names] of told) {
	test(`a ${spec.strategy} attacker after ${spec.goal?.kind} is told ${names.join(' and ') || 'no name'}`, t => {
		t.deepEqual(goals(world, scenario(spec), matches), names);
	});
}

const weak: readonly (readonly [Scenario['weak'], 'declared' | 'all', readonly string[]])[] = [
	[null, 'declared', ['db.prod:22', 'web.prod:80']],
	[null, 'all', ['db.prod:5432', 'db.prod:22', 'vault.prod:80', 'web.prod:80', 'web.prod:22']],
	[{kind: 'declared'}, 'all', ['db.prod:22', 'web.prod:80']],
	[{kind: 'all'}, 'declared', ['db.prod:5432', 'db.prod:22', 'vault.prod:80', 'web.prod:80', 'web.prod:22']],
	[{kind: 'selector', selector: selector({workload: 'vault'})}, 'all', ['vault.prod:80']],
];
for (const [assumed, weakByDefault, services] of weak) {
	test(`a scenario that assumes ${assumed?.kind ?? 'nothing'} of a topology with ${weakByDefault} finds ${services}`, t => {
		const isWeak = weakness({...world, weakByDefault}, scenario({weak: assumed}), matches, 1);
		const found = world.workloads.flatMap(workload =>
			workload.services.filter(one => isWeak(workload, one)).map(({port}) => `${workload.name}:${port}`),
		);
		t.deepEqual(found, services);
	});
}
