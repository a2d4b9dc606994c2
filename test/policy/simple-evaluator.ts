// LANGUAGE "Meaning" read a second time, by nobody but the sentences: no caches, no code of the evaluator. Slow on
// purpose; the evaluator must agree with it on whatever chance brings up.
import type {Flow} from '../../core/model/flow.ts';
import type {Direction, Match, Policy, Requirement, Rule, Selector, Stack} from '../../core/model/policy.ts';
import type {Topology, Workload} from '../../core/model/topology.ts';

export interface SimpleEnd {
	readonly action: 'allow' | 'deny';
	readonly id: string;
}

/** What the end says, at placement `host`; null where no enforcer is. */
export function simpleEnd(
	topology: Topology,
	stack: Stack,
	flow: Flow,
	direction: Direction,
	asIf: boolean,
): SimpleEnd | null {
	const find = (name: string | null) => topology.workloads.find(workload => workload.name === name) ?? null;
	const ends = {from: find(flow.source.workload), to: find(flow.destination.workload)};
	const local = direction === 'egress' ? ends.from : ends.to;
	const localAddress = direction === 'egress' ? flow.source.address : flow.destination.address;
	if (local === null || local.outside || !local.managed) return null;
	if (ends.from === ends.to) return {action: 'allow', id: 'none'};
	const means = (selector: Selector, workload: Workload | null, address: string): boolean =>
		selector.some(term => {
			if (term.reach === 'workloads' && (workload === null || workload.outside)) return false;
			if (term.reach === 'outside' && !workload?.outside) return false;
			return term.requirements.every(requirement => fulfils(topology, requirement, workload, address, means));
		});

	const speak = stack.filter(
		policy =>
			policy.directions.includes(direction) &&
			means(policy.applies, local, localAddress) &&
			(asIf || (policy.mode === 'enforce' && means(policy.enforce, local, localAddress))),
	);
	if (speak.length === 0) return {action: 'allow', id: 'none'};

	const matchHolds = (match: Match): boolean =>
		means(match.from, ends.from, flow.source.address) &&
		means(match.to, ends.to, flow.destination.address) &&
		match.same.every(key => alike(key, ends.from, ends.to) === true) &&
		(match.differ.length === 0 || match.differ.some(key => alike(key, ends.from, ends.to) === false)) &&
		(match.on === null || match.on.some(on => portHolds(on, flow, ends.to)));
	const ruleHolds = (rule: Rule): boolean =>
		(asIf || rule.mode === 'enforce') &&
		(rule.direction === null || rule.direction === direction) &&
		matchHolds(rule) &&
		!rule.unless.some(matchHolds);

	for (const rule of speak.flatMap(policy => policy.guardrails)) {
		if (!ruleHolds(rule)) continue;
		if (rule.action === 'pass') break;
		return {action: rule.action, id: rule.id};
	}
	for (const rule of speak.flatMap(policy => policy.rules)) if (ruleHolds(rule)) return {action: 'allow', id: rule.id};
	for (const policy of speak) if (policy.isolates) return {action: 'deny', id: `${policy.id}.isolation`};
	for (const rule of speak.flatMap(policy => policy.baseline))
		if (ruleHolds(rule)) return {action: rule.action as 'allow' | 'deny', id: rule.id};
	const denies = (policy: Policy): boolean => policy.dialect !== 'kubernetes' && policy.default === 'deny';
	const denying = speak.find(denies);
	return denying === undefined
		? {action: 'allow', id: `${speak[0]!.id}.default`}
		: {action: 'deny', id: `${denying.id}.default`};
}

function fulfils(
	topology: Topology,
	requirement: Requirement,
	workload: Workload | null,
	address: string,
	means: (selector: Selector, workload: Workload | null, address: string) => boolean,
): boolean {
	if (requirement.kind === 'is') return means(requirement.selector, workload, address);
	if (requirement.kind === 'cidr')
		return requirement.cidrs.some(cidr => lies(address, cidr)) && !requirement.except.some(cidr => lies(address, cidr));
	if (!('names' in requirement)) {
		const labels = new Map(
			Object.entries((requirement.kind === 'label' ? workload?.labels : workload?.namespaceLabels) ?? {}),
		);
		const value = labels.get(requirement.key);
		const found = value !== undefined && (requirement.values === null || requirement.values.includes(value));
		return requirement.wanted ? found : !found;
	}
	const names = workload === null ? [] : namesOf(topology, requirement.kind, workload);
	const found = names.some(name => name !== null && requirement.names.includes(name));
	return requirement.wanted ? found : !found;
}

function namesOf(topology: Topology, kind: 'workload' | 'namespace' | 'network', workload: Workload) {
	if (kind === 'workload') return [workload.name, workload.kind, workload.base];
	if (kind === 'namespace') return [workload.namespace];
	return topology.segments
		.filter(segment => workload.segments.includes(segment.name))
		.flatMap(segment => [segment.name, segment.network]);
}

function alike(key: string, left: Workload | null, right: Workload | null): boolean | null {
	const values = (workload: Workload | null): readonly string[] => {
		if (workload === null) return [];
		if (key === 'network') return workload.segments;
		if (key === 'workload') return [workload.kind];
		if (key === 'env') return workload.environment === null ? [] : [workload.environment];
		return Object.keys(workload.labels).includes(key) ? [workload.labels[key]!] : [];
	};
	if (values(left).length === 0 || values(right).length === 0) return null;
	return values(left).some(value => values(right).includes(value));
}

function portHolds(on: NonNullable<Match['on']>[number], flow: Flow, destination: Workload | null): boolean {
	if (on.kind === 'protocol') return flow.protocol === on.protocol;
	if (on.kind === 'range') return flow.protocol === on.protocol && flow.port >= on.first && flow.port <= on.last;
	return (
		destination?.services.some(
			service =>
				service.name === on.name &&
				(on.protocol === null || on.protocol === service.protocol) &&
				flow.protocol === service.protocol &&
				flow.port >= service.port &&
				flow.port <= service.lastPort,
		) ?? false
	);
}

const bits = (address: string): string => {
	if (!address.includes(':'))
		return address
			.split('.')
			.map(part => Number(part).toString(2).padStart(8, '0'))
			.join('');
	const [head = '', tail] = address.split('::');
	const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'));
	const zeros = Array.from({length: 8 - groups(head).length - groups(tail).length}, () => '0');
	return [...groups(head), ...(tail === undefined ? [] : zeros), ...groups(tail)]
		.map(group => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
		.join('');
};

function lies(address: string, cidr: string): boolean {
	const [network = '', length] = cidr.split('/');
	const [left, right] = [bits(address), bits(network)];
	return left.length === right.length && left.slice(0, Number(length ?? 128)) === right.slice(0, Number(length ?? 128));
}
