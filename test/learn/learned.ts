// What is open under a learned policy, beside what needs and notes say.
import {parsePolicies} from '../../core/files/policy.ts';
import {renderYaml} from '../../core/files/render-yaml.ts';
import type {LeastPolicy} from '../../core/learn/least-policy.ts';
import type {Stack} from '../../core/model/policy.ts';
import {renderProblem} from '../../core/model/problem.ts';
import type {Dependency, Topology} from '../../core/model/topology.ts';
import {type PortSet, portSet, samePorts, union} from '../../core/reach/port-set.ts';
import {createReach} from '../../core/reach/reach.ts';
import {place} from '../builders/place.ts';

/** `web.prod -> db.prod:5432`, as a flow log gives it. */
export function need(text: string): Dependency {
	const [, from = '', to = '', port = '', protocol = 'tcp'] = /^(\S+) -> ([^:]+):(\d+)(?:\/(\w+))?$/.exec(text) ?? [];
	return {
		from,
		to,
		protocol: protocol as 'tcp',
		port: Number(port),
		service: null,
		dangling: false,
		vital: false,
		source: 'learned',
		where: place('flows.csv', 1),
	};
}

export function stackOf({value, notes}: LeastPolicy, known: Topology): Stack {
	const text = renderYaml(value, notes);
	const stack = parsePolicies([{file: 'first.policy.yaml', text}], known);
	if (stack.kind === 'wrong') throw new Error(`${stack.problems.map(renderProblem).join('\n')}\n${text}`);
	return stack.value;
}

export const rulesOf = ({value}: LeastPolicy): readonly Readonly<Record<string, unknown>>[] =>
	(value.rules ?? []) as readonly Readonly<Record<string, unknown>>[];

/** Pairs of workloads for which what is open is not what needs and notes say, of each with a need between them. */
export function differences(known: Topology, needs: readonly Dependency[], learned: LeastPolicy): readonly string[] {
	const reach = createReach(known, stackOf(learned, known));
	const wanted = new Map<string, PortSet>();
	const want = (from: string, to: string, ports: PortSet): void => {
		const key = `${from} ${to}`;
		wanted.set(key, union(wanted.get(key) ?? [], ports));
	};
	const servicesOf = (kind: string) => known.workloads.find(one => one.kind === kind)?.services ?? [];
	for (const {from, to, protocol, port} of needs) {
		const service = servicesOf(to).find(one => one.protocol === protocol && one.port <= port && port <= one.lastPort);
		want(from, to, portSet([{protocol, first: service?.port ?? port, last: service?.lastPort ?? port}]));
	}
	for (const {from, to, on} of learned.further) {
		const service = servicesOf(to).find(({name}) => name === on);
		const [port = '', protocol = 'tcp'] = on.split('/');
		want(
			from,
			to,
			service === undefined
				? portSet([{protocol: protocol as 'tcp', first: Number(port), last: Number(port)}])
				: portSet([{protocol: service.protocol, first: service.port, last: service.lastPort}]),
		);
	}
	return known.workloads.flatMap(source =>
		known.workloads.flatMap(destination => {
			// Between two ends without an enforcer no policy is asked.
			if (source === destination || !(source.managed || destination.managed)) return [];
			const open = reach.open(reach.classOf(source.name), reach.classOf(destination.name), 4);
			const expected = wanted.get(`${source.kind} ${destination.kind}`) ?? [];
			return samePorts(open, expected) ? [] : [`${source.name} -> ${destination.name}: ${open} and not ${expected}`];
		}),
	);
}
