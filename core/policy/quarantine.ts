// A workload cut off from everything, whatever else is in force: a policy of its own, before all others.
import type {Policy, Rule, Selector, Stack} from '../model/policy.ts';
import type {Place} from '../model/problem.ts';

/** No file has a name with a blank in it: whoever reads the name knows what this is. */
const prefix = 'quarantine ';
const nowhere: Place = {file: 'quarantine', line: 1, column: 1};
const everybody: Selector = [{reach: 'workloads', requirements: [], where: nowhere}];
const anything: Selector = [{reach: 'anything', requirements: [], where: nowhere}];

/** The workloads that a stack quarantines, in their order. */
export const quarantinedBy = (stack: Stack): readonly string[] =>
	stack.filter(({name}) => name.startsWith(prefix)).map(({name}) => name.slice(prefix.length));

/** The stack without any quarantine: what was in force before. */
export const withoutQuarantine = (stack: Stack): Stack => stack.filter(({name}) => !name.startsWith(prefix));

/**
 * The stack, and before it these workloads cut off: nothing leaves them and nothing enters, at their own ends and at all
 * others, and connections that are open are cut.
 *
 * @param workloads - names of workloads
 */
export const withQuarantine = (stack: Stack, workloads: readonly string[]): Stack => [
	...workloads.map(quarantine),
	...withoutQuarantine(stack),
];

function quarantine(workload: string, at: number): Policy {
	const id = `q${at}`;
	const own: Selector = [
		{
			reach: 'anything',
			requirements: [{kind: 'workload', names: [workload], wanted: true}],
			where: nowhere,
		},
	];
	const deny = (number: number, from: Selector, to: Selector): Rule => ({
		id: `${id}.g${number}`,
		name: `${workload} is quarantined`,
		action: 'deny',
		mode: 'enforce',
		direction: null,
		...{from, to, same: [], differ: [], on: null, unless: [], note: null, where: nowhere},
	});
	return {
		name: `${prefix}${workload}`,
		id,
		dialect: 'native',
		default: 'allow',
		mode: 'enforce',
		enforce: everybody,
		applies: everybody,
		directions: ['ingress', 'egress'],
		established: 'cut',
		denied: 'drop',
		guardrails: [deny(1, own, anything), deny(2, anything, own)],
		rules: [],
		baseline: [],
		isolates: false,
		where: nowhere,
	};
}
