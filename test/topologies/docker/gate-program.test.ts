import test from 'ava';
import {parseTopology} from '../../../core/files/topology.ts';
import {containerSpec} from '../../../topologies/docker/container-spec.ts';
import {gateProgram} from '../../../topologies/docker/gate-program.ts';
import {gateWords, imageProgram} from '../../../topologies/docker/image-program.ts';
import {isStatic} from '../../../topologies/docker/minimal-image.ts';

const words = (config: object, command: readonly string[] | null = null, variables: Record<string, string> = {}) =>
	gateWords(imageProgram({Config: config} as Parameters<typeof imageProgram>[0]), {command, variables});

test('the gate is a static program of under 500 bytes on both machines', t => {
	for (const machine of ['x64', 'arm64'] as const) {
		t.true(gateProgram(machine).length < 500);
		t.true(isStatic(gateProgram(machine)));
	}
});

test('a command takes the place of the image’s own, and never of its entrypoint', t => {
	t.deepEqual(words({Entrypoint: ['/init'], Cmd: ['run', 'it']}), ['/init', '', '/init', 'run', 'it']);
	t.deepEqual(words({Entrypoint: ['/init'], Cmd: ['run']}, ['-v', '']), ['/init', '', '/init', '-v', '']);
	t.deepEqual(words({Cmd: ['/bin/a']}, ['/bin/b']), ['/bin/b', '', '/bin/b']);
	t.deepEqual(words({Entrypoint: null, Cmd: null}), []);
});

test('a name without a slash is looked for in the workload’s PATH, else in the image’s, else in Docker’s', t => {
	const env = {Cmd: ['nginx', '-g'], Env: ['A=b', 'PATH=/own:/bin']};
	t.deepEqual(words(env), ['/own/nginx', '/bin/nginx', '', 'nginx', '-g']);
	t.deepEqual(words(env, null, {PATH: '/other'}), ['/other/nginx', '', 'nginx', '-g']);
	t.true(words({Cmd: ['nginx']}).includes('/usr/local/bin/nginx'));
	t.deepEqual(words({Cmd: ['./run']}), ['./run', '', './run']);
});

test('a container with a gate starts that with the volume of the holder, read-only', t => {
	const parsed = parseTopology([{file: 't', text: 'topology: t\nworkloads: { a: { image: i, command: [run] } }\n'}]);
	if (parsed.kind === 'wrong') throw new Error('the topology is wrong');
	const place = {lab: 'l', engine: '0123456789ab', at: 0, image: 'i', hosts: []};
	const gate = {holder: 'h', words: ['/bin/run', '', 'run']};
	const spec = containerSpec(parsed.value.workloads[0]!, {...place, gate});
	t.deepEqual([spec.Entrypoint, spec.Cmd], [['/.firebreak/gate'], gate.words]);
	t.deepEqual(spec.HostConfig?.VolumesFrom, ['h:ro']);
});
