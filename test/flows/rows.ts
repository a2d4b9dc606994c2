// Rows of a ledger as a test reads them: `row('web-1.prod', 'db.prod:5432', {verdict: 'deny'})`.
import type {FlowRow} from '../../core/flows/flow-row.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import {flow} from '../builders/flow.ts';
import {place} from '../builders/place.ts';

export const rule = (name: string, line = 7): RuleRef => ({
	id: `p0.${line}`,
	name,
	policy: 'segmented',
	tier: 'rules',
	where: place('segmented.policy.yaml', line),
});

export function row(from: string, to: string, rest: Partial<FlowRow> = {}): FlowRow {
	const {source, destination, family, protocol, port} = flow(from, to, rest.family ?? 4);
	return {
		source,
		destination,
		family,
		protocol,
		port,
		verdict: 'allow',
		would: null,
		egress: rule('web may use db'),
		ingress: rule('web may use db'),
		wouldRule: null,
		inForce: 'segmented',
		count: 1,
		firstAt: 0,
		lastAt: 0,
		open: null,
		...rest,
	};
}
