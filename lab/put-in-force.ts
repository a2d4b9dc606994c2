// Rules come into force, and everybody who waits for what they log knows it.
import {fabricSite, type Ruleset} from '../core/contracts/enforcer.ts';
import type {Applied} from '../core/contracts/lab.ts';
import type {Parts} from './engine-lab.ts';
import {farAccepts} from './far-accepts.ts';

/** The kernel hands a group’s logs over at its next tick, 4 to 10 ms; observations come by another group than accepts. */
const observationMs = 25;

/** Rules that root of a pivot took away are there again, and every workload is heard. */
export async function mendTampered({
	rules,
	prober,
	runtime,
}: Pick<Parts, 'rules' | 'prober' | 'runtime'>): Promise<void> {
	if (prober.tampered.size === 0) return;
	await rules.mend(runtime.sites.filter(({workload}) => prober.tampered.has(workload.name)));
	prober.tampered.clear();
}

/** Probes wait for what the fabric's rules log, where those rules change. */
export function expectFar({request, prober}: Pick<Parts, 'request' | 'prober'>, rulesets: readonly Ruleset[]): void {
	const fabric = rulesets.find(({site}) => site === fabricSite);
	if (fabric !== undefined) prober.expect(farAccepts(request.topology, fabric));
}

/** Puts rules in force, where all workloads are heard again. @throws FirebreakError `apply-refused`, `rollback-failed` */
export async function apply(parts: Parts, rulesets: readonly Ruleset[]): Promise<Applied> {
	const {rules, runtime, prober} = parts;
	await mendTampered(parts);
	const applied = await rules.load(rulesets, runtime.sites);
	expectFar(parts, rulesets);
	prober.wait(rulesets.some(({text}) => text.includes(' would-')) ? observationMs : 0);
	return applied;
}
