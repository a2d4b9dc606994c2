// What the linter finds of a stack, as tests read it.
import {type Found, lint} from '../../core/lint/lint.ts';
import {renderFlow} from '../../core/model/flow.ts';
import type {Dependency, Topology} from '../../core/model/topology.ts';
import {place} from '../builders/place.ts';
import {type PolicySpec, policies} from '../builders/policy.ts';

export const today = '2026-06-01';

export const findings = (lab: Topology, ...specs: readonly PolicySpec[]): readonly Found[] =>
	lint({topology: lab, stack: policies(...specs), placement: 'host', today});

/** Those of one kind: `warning "rule" web.prod -> db.prod:5432/tcp`, as far as there is a rule and a witness. */
export const told = (id: string, lab: Topology, ...specs: readonly PolicySpec[]): readonly string[] =>
	findings(lab, ...specs)
		.filter(finding => finding.id === id)
		.map(toldOf);

export const toldOf = ({severity, rule, witness}: Found): string =>
	[
		severity,
		...(rule === null ? [] : [`"${rule.name}"`]),
		...(witness === null ? [] : [renderFlow(witness.flow)]),
	].join(' ');

/** `web.prod -> db.prod:5432/tcp`. */
export const needing = (lab: Topology, ...texts: readonly string[]): Topology => ({
	...lab,
	dependencies: texts.map((text): Dependency => {
		const [, from = '', to = '', port = '', protocol = ''] = /^(.+) -> (.+):(\d+)\/(\w+)$/.exec(text)!;
		return {
			from,
			to,
			protocol: protocol as 'tcp',
			port: Number(port),
			service: null,
			dangling: false,
			vital: false,
			source: 'declared',
			where: place('lab.topology.yaml', 9),
		};
	}),
});
