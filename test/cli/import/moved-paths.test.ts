import test from 'ava';
import {movedPaths} from '../../../cli/import/moved-paths.ts';
import type {Topology, Workload} from '../../../core/model/topology.ts';

const where = {file: '/work/app/compose.yaml', line: 1, column: 1};
const build = {context: './api', dockerfile: null, args: {}, target: null, where};
const workload = (image: string, more: Partial<Workload>) => ({base: 'api', image, ...more}) as Workload;
const moved = (one: Workload, folder: string) =>
	movedPaths({workloads: [one], assumptions: []} as unknown as Topology, folder);

test('volumes are written relative to the new folder, wherever that is', t => {
	const one = workload('i', {volumes: [{source: './a.conf', target: '/a', where}]});
	const source = (folder: string) => moved(one, folder).workloads[0]!.volumes![0]!.source;
	t.is(source('/work/lab'), '../app/a.conf');
	t.is(source('/work'), './app/a.conf');
});

test('a folder to build stays where it lies below the new one; else the image’s own name does, and that is said', t => {
	const below = moved(workload('./api', {build}), '/work');
	t.deepEqual([below.workloads[0]!.build?.context, below.assumptions], ['./app/api', []]);
	const beside = moved(workload('./api', {build}), '/work/lab');
	t.deepEqual([beside.workloads[0]!.build, beside.workloads[0]!.image], [undefined, null]);
	t.regex(beside.assumptions[0]!, /^the image of api is not built/);
	t.is(moved(workload('shop/api', {build}), '/work/lab').workloads[0]!.image, 'shop/api');
});
