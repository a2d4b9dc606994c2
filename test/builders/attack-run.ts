// Attackers' histories as a test reads them: `attack('wiki.dev', ['wiki.dev -> api.prod:22 by reuse-ssh-key'])`.
import type {AttackRun, Fall} from '../../core/contracts/attack-run.ts';
import type {ActionRecord} from '../../core/contracts/event.ts';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';

const attacks: Readonly<Record<string, string>> = {
	'exploit-service': 'T1210',
	'reuse-ssh-key': 'T1021.004',
	'reuse-password': 'T1078',
};

/**
 * A run in which each line is one action that brought one workload down: actions 1, 2, 3 …, ATT&CK's numbers with them.
 *
 * @param falls - `wiki.dev -> api.prod:8080`, `… by reuse-ssh-key`; an exploit unless it says otherwise
 */
export function attack(
	foothold: string,
	falls: readonly string[] = [],
	{
		evidence = [],
		...rest
	}: {readonly evidence?: readonly (readonly Evidence[])[]} & Partial<Omit<AttackRun, 'evidence'>> = {},
): AttackRun {
	const steps: Fall[] = [
		{workload: foothold, action: 0, from: null, hops: 0, pivot: true, technique: null, protocol: null, port: null},
	];
	for (const [at, text] of falls.entries()) {
		const [, from = '', workload = '', port = '', technique = 'exploit-service'] =
			/^(\S+) -> ([^:\s]+):(\d+)(?: by (\S+))?$/.exec(text) ?? [];
		if (workload === '') throw new Error(`no fall: ${text}`);
		const hops = steps.find(step => step.workload === from)!.hops + 1;
		steps.push({workload, action: at + 1, from, hops, pivot: true, technique, protocol: 'tcp', port: Number(port)});
	}
	return {
		foothold,
		seed: 7,
		ended: 'exhausted',
		timeline: steps.slice(1).map(record),
		falls: steps,
		evidence: evidence.map((seen, at) => ({action: at + 1, evidence: seen})),
		labSeconds: 0.5,
		...rest,
	};
}

const record = ({workload, action, from, technique, protocol, port}: Fall): ActionRecord => ({
	action,
	atMs: action * 10,
	technique: technique as TechniqueName,
	attack: attacks[technique!] ?? '–',
	from: from!,
	to: workload,
	protocol,
	port,
	result: 'success',
	probes: 1,
	answers: {open: 1},
	compromised: workload,
	pivot: true,
	detail: `${workload} entered`,
});
