import test from 'ava';
import {parseFilter} from '../../../tui/console/flows/filter.ts';
import type {Verdict} from '../../../tui/console/world/world.ts';
import {topology} from '../../builders/topology.ts';

const shop = topology({'web-1.prod': {}, 'db.prod': {}, 'db.test': {}, monitor: {}});
const rule = (name: string, id: string) => ({id, name, policy: 'p0', tier: 'rules' as const, where: null});
const verdict = (from: string, to: string, rest: Partial<Verdict> = {}): Verdict => ({
	...{from, to, family: 4, protocol: 'tcp', port: 5432, decision: 'deny', by: 'probe', site: null, atMs: 0},
	rule: rule('default', 'p0.default'),
	...rest,
});
const all = {
	denied: verdict('web-1.prod', 'db.prod', {by: 'attack'}),
	allowed: verdict('web-1.prod', 'db.test', {decision: 'allow', rule: rule('web reads the data', 'p0.r1')}),
	would: verdict('monitor', 'db.prod', {decision: 'would-deny', port: 22}),
	name: verdict('monitor', '198.18.0.7', {protocol: 'udp', port: 53, decision: 'closed', rule: null, by: 'traffic'}),
	echo: verdict('db.test', '2001:db8::1', {protocol: 'icmp', port: 0, decision: 'inconclusive', rule: null}),
};

for (const [text, kept] of [
	['', ['denied', 'allowed', 'would', 'name', 'echo']],
	['  ', ['denied', 'allowed', 'would', 'name', 'echo']],
	['deny', ['denied']],
	['is:deny', ['denied']],
	['allow', ['allowed']],
	['would', ['would']],
	['closed', ['name']],
	['!deny', ['allowed', 'would', 'name', 'echo']],
	['to:db', ['denied', 'allowed', 'would']],
	['to:db.prod', ['denied', 'would']],
	['TO:DB.PROD', ['denied', 'would']],
	['from:web', ['denied', 'allowed']],
	['any:db.test', ['allowed', 'echo']],
	['env:prod', ['denied', 'allowed', 'would']],
	['env:test', ['allowed', 'echo']],
	['env:pro', []],
	['port:22', ['would']],
	['port:0', []],
	['proto:udp', ['name']],
	['by:attack', ['denied']],
	['rule:default', ['denied', 'would']],
	['rule:p0.r1', ['allowed']],
	['!rule:default', ['allowed', 'name', 'echo']],
	['deny to:db env:prod by:attack rule:default port:5432 proto:tcp', ['denied']],
	['deny to:db.test', []],
	['monitor', ['would', 'name']],
	['53/udp', ['name']],
	['to:2001:db8::1', ['echo']],
	['2001:db8::1', ['echo']],
] as const)
	test(`"${text}" keeps ${kept.join(', ') || 'nothing'}`, t => {
		const {holds, problems} = parseFilter(text);
		t.deepEqual(problems, []);
		t.deepEqual(
			Object.entries(all).flatMap(([name, one]) => (holds(one, shop) ? [name] : [])),
			[...kept],
		);
	});

for (const [text, what, mend] of [
	['form:web', 'nothing is called "form" here', 'did you mean from?'],
	['port:http', '"http" is no port', 'a number: port:22'],
	['proto:tpc', '"tpc" is no protocol', 'did you mean tcp?'],
	['by:atack', '"atack" is no sender', 'did you mean attack?'],
	['is:denny', '"denny" is no verdict', 'did you mean deny?'],
	['to:', 'to: says nothing yet', 'to:db'],
	['!', '! says nothing yet', '!to:db'],
] as const)
	test(`"${text}": ${what}, and the other words still filter`, t => {
		const {holds, problems} = parseFilter(`${text} by:attack`);
		t.deepEqual(problems, [{what, mend}]);
		t.true(holds(all.denied, shop));
		t.false(holds(all.allowed, shop));
	});
