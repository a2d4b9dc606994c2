// Rules with their hits: the kernel's counters under their generated names, traffic beside them, and what is idle.
import test from 'ava';
import {rulesText} from '../../cli/lab/rules-text.ts';
import {noPaint} from '../../cli/report/paint.ts';
import {parsePolicies} from '../../core/files/policy.ts';
import type {Stack} from '../../core/model/policy.ts';
import {addCounters, parseCounters} from '../../lab/read-counters.ts';
import {isIdle, ruleHits} from '../../rehearsals/rule-hits.ts';
import {topology} from '../builders/topology.ts';

const lab = topology({web: {labels: {app: 'web'}}, db: {labels: {app: 'db'}, services: ['postgres:5432']}});
function stackOf(mode: string): Stack {
	const text = `policy: p\nmode: ${mode}\ndefault: deny\nrules:\n  - allow: web may use db\n    from: { app: web }\n    to: { app: db }\n  - allow: nobody needs this\n    from: { app: db }\n    to: { app: web }\n`;
	const parsed = parsePolicies([{file: 'p.policy.yaml', text}], lab);
	if (parsed.kind === 'wrong') throw new Error(JSON.stringify(parsed.problems));
	return parsed.value;
}
const stack = stackOf('enforce');
const [used] = stack[0]!.rules;
const name = used!.id.replaceAll('.', '_');
const printed = (packets: number) =>
	`table inet firebreak_x {\n\tcounter c_egress_${name} {\n\t\tpackets ${packets} bytes 60\n\t}\n\tcounter c_ingress_p0_default {\n\t\tpackets 4 bytes 0\n\t}\n}\n`;
const inForce = {name: 'p', stack, placement: 'host', observed: false} as const;

test('counters of all workloads are summed by rule, beside what traffic alone hit', t => {
	const counted = addCounters([parseCounters(printed(3)), parseCounters(printed(5)), parseCounters('')]);
	const hits = ruleHits({inForce, counted, ofTraffic: {[`egress ${used!.id}`]: 2, 'ingress p0.default': 1}});
	t.deepEqual(
		hits.map(({rule, action, egress, ingress, traffic}) => [rule.name, action, egress, ingress, traffic]),
		[
			['web may use db', 'allow', 8, 0, 2],
			['nobody needs this', 'allow', 0, 0, 0],
			['default', 'deny', 0, 8, 1],
			['no policy speaks', 'allow', 0, 0, 0],
			['packets of no connection', 'deny', 0, 0, 0],
		],
	);
	t.deepEqual(
		hits.filter(isIdle).map(({rule}) => rule.name),
		['nobody needs this'],
	);
	const text = rulesText('blue', {inForce, since: 0}, hits, {width: 120, paint: noPaint});
	t.regex(text, /never hit: 1 rule of 3\n {4}p\.policy\.yaml:8 "nobody needs this"\n$/);
});

test('of a policy that observes no rule is called idle: it is not asked about what it agrees with', t => {
	const observing = {...inForce, stack: stackOf('observe'), observed: true};
	const hits = ruleHits({
		inForce: observing,
		counted: {c_egress_would_p0_default: {packets: 2, bytes: 1}},
		ofTraffic: {},
	});
	t.deepEqual(hits.filter(isIdle), []);
	t.is(hits.find(({rule}) => rule.id === 'p0.default')!.would, 2);
});
