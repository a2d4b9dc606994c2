// What `flows` prints: stable, sanitised, and the CSV can be learned from again.
import test from 'ava';
import {renderFlowsCsv} from '../../../cli/flows/csv.ts';
import type {FlowsSubject} from '../../../cli/flows/flows-subject.ts';
import {flowsFormats, renderFlows} from '../../../cli/flows/formats.ts';
import {noPaint} from '../../../cli/report/paint.ts';
import {dependencyMap} from '../../../core/flows/dependency-map.ts';
import type {FlowRow} from '../../../core/flows/flow-row.ts';
import {parseFlowLog} from '../../../core/learn/flow-log.ts';
import {seenNeeds} from '../../../core/learn/seen-needs.ts';
import type {Topology} from '../../../core/model/topology.ts';
import {topology} from '../../builders/topology.ts';
import {row, rule} from '../../flows/rows.ts';
import {need} from '../../learn/learned.ts';

const known: Topology = {
	...topology({'web-1.prod': {}, 'web-2.prod': {}, 'db.prod': {services: ['postgres:5432'], jewel: true}}),
	dependencies: [need('web.prod -> db.prod:5432'), need('db.prod -> web.prod:80')],
};
const rows: readonly FlowRow[] = [
	row('web-1.prod', 'db.prod:5432', {count: 3}),
	row('web-2.prod', 'db.prod:5432', {would: 'would-deny', wouldRule: rule('default', 3)}),
	row('web-2.prod', 'db.prod:22', {verdict: 'deny', egress: rule('default', 3), ingress: null}),
	row('web-1.prod', '@203.0.113.9:443', {egress: null, ingress: null, inForce: null}),
];
const now = new Date(2026, 0, 1, 12, 0, 30).getTime();

function subject(these: readonly FlowRow[] = rows, of: Topology = known): FlowsSubject {
	return {
		lab: 'blue',
		rehearsal: 'shop',
		seen: {since: now - 30_000, rows: these, uncounted: 0, lost: 2, unasked: 0},
		map: dependencyMap(of, these, 'kinds'),
		whole: true,
		now,
	};
}
const page = {width: 140, paint: noPaint};

test('the table is the same whatever the order in which flows were seen', t => {
	const text = renderFlows('text', subject(), page);
	t.is(text, renderFlows('text', subject(rows.toReversed()), page));
	t.is(
		text,
		`  blue since 12:00:00 (30 s): 4 flows, 6 connections; probes and attackers are not among them

  from      to                    service            verdict     count  dependency  rule
  web.prod  203.0.113.9 (nobody)  443/tcp            allow       1      undeclared  seen in connection tracking alone
  web.prod  db.prod               22/tcp             deny        1      undeclared  segmented.policy.yaml:3 "default"
  web.prod  db.prod               postgres 5432/tcp  allow       3      learned     segmented.policy.yaml:7 "web may use db"
  web.prod  db.prod               postgres 5432/tcp  would-deny  1      learned     segmented.policy.yaml:3 "default"

  logs were lost (2 times): flows may be missing
  never seen: 1 dependency of the topology: db.prod -> web.prod:80/tcp
`,
	);
});

test('the CSV gives back what was allowed, and nothing that was denied', t => {
	const log = parseFlowLog('flows.csv', renderFlowsCsv(subject()));
	if (log.kind === 'wrong') return t.fail(JSON.stringify(log.problems));
	t.is(log.value.flows.length, 4);
	t.deepEqual(log.value.flows.map(({verdict, count}) => [verdict, count]).sort(), [
		['allowed', 1],
		['allowed', 1],
		['allowed', 3],
		['denied', 1],
	]);
	const {needs} = seenNeeds(known, [log.value]);
	t.deepEqual(needs.map(({from, to, port}) => `${from} ${to} ${port}`).sort(), [
		'web.prod db.prod 5432',
		'web.prod internet 443',
	]);
});

test('colour is never the only sign: each verdict has a line and a sign of its own', t => {
	const dot = renderFlows('dot', subject(), page)!;
	t.regex(dot, /postgres 5432\/tcp ×3", color="#2e7d32", fontcolor="#2e7d32", style=solid/);
	t.regex(dot, /22\/tcp ×1, deny, undeclared", color="#c62828", fontcolor="#c62828", style=dashed/);
	t.regex(dot, /would-deny", color="#b26a00", fontcolor="#b26a00", style=dotted/);
	t.regex(dot, /80\/tcp never seen", color="#9aa3b2"/);
	const svg = renderFlows('svg', subject(), page)!;
	t.regex(svg, /postgres 5432\/tcp allow ×3; postgres 5432\/tcp would-deny ×1/);
	t.regex(svg, /x denied/);
	t.regex(svg, /logs were lost/);
});

test('no form lets a name move the cursor or end its string', t => {
	const evil = 'a\u001b[2J"]<script>\n=x';
	const wicked: Topology = {
		...known,
		workloads: known.workloads.map(one =>
			one.kind === 'db.prod'
				? {...one, kind: evil, name: evil, services: one.services.map(own => ({...own, name: evil}))}
				: one,
		),
		dependencies: [{...need('web.prod -> db.prod:5432'), to: evil, port: 81}],
	};
	const these = [row('web-1.prod', 'db.prod:5432', {ingress: rule(evil)})].map(one => ({
		...one,
		destination: {...one.destination, workload: evil},
		inForce: evil,
	}));
	for (const format of flowsFormats) {
		const text = renderFlows(format, {...subject(these, wicked), lab: 'blue'}, page)!;
		t.false(text.includes('\u001b'), format);
		t.notRegex(text, /^=x/m, format);
	}
	t.notThrows(() => JSON.parse(renderFlows('json', subject(these, wicked), page)!));
	t.notRegex(renderFlows('svg', subject(these, wicked), page)!, /<script/);
});
