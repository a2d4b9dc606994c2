import test from 'ava';
import {topologyChange} from '../../../core/model/topology-change.ts';
import {topology} from '../../builders/topology.ts';

const before = topology({web: {labels: {tier: 'web'}, services: ['http:80']}, db: {services: ['postgres:5432']}});

test('the same topology is no change', t => {
	t.deepEqual(topologyChange(before, structuredClone(before)), {gone: [], added: [], relabelled: []});
});

test('other labels are no other machine; their order is none', t => {
	const after = topology({web: {labels: {tier: 'api'}, services: ['http:80']}, db: {services: ['postgres:5432']}});
	t.deepEqual(topologyChange(before, after), {gone: [], added: [], relabelled: ['web']});
	const two = topology({web: {labels: {a: '1', b: '2'}}});
	t.deepEqual(topologyChange(two, topology({web: {labels: {b: '2', a: '1'}}})).relabelled, []);
});

test('who comes is new, who is not there any more is gone', t => {
	const after = topology({web: {labels: {tier: 'web'}, services: ['http:80']}, cache: {}});
	t.deepEqual(topologyChange(before, after), {gone: ['db'], added: ['cache'], relabelled: []});
});

for (const [what, spec] of [
	['address', {services: ['postgres:5432'], addresses: ['198.18.0.77']}],
	['service', {services: ['postgres:5433']}],
] as const) {
	test(`another ${what} is another machine: it goes and comes again`, t => {
		const after = topology({web: {labels: {tier: 'web'}, services: ['http:80']}, db: spec});
		t.deepEqual(topologyChange(before, after), {gone: ['db'], added: ['db'], relabelled: []});
	});
}
