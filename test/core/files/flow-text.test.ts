import test from 'ava';
import fc from 'fast-check';
import {parseFlowText} from '../../../core/files/flow-text.ts';
import {renderFlow} from '../../../core/model/flow.ts';
import {smallShop} from './small-shop.ts';

const flowsOf = (text: string): readonly string[] => {
	const parsed = parseFlowText(text, smallShop);
	return parsed.kind === 'ok' ? parsed.flows.map(renderFlow) : [`${parsed.what} (${parsed.mend})`];
};

for (const [text, expected] of [
	['wiki.dev -> db.prod:5432/tcp', ['wiki.dev -> db.prod:5432/tcp', 'wiki.dev -> db.prod:5432/tcp (IPv6)']],
	['wiki.dev→db.prod:postgres (IPv6)', ['wiki.dev -> db.prod:5432/tcp (IPv6)']],
	['wiki.dev ▸ db.prod:53/udp (1 of 2)', ['wiki.dev -> db.prod:53/udp', 'wiki.dev -> db.prod:53/udp (IPv6)']],
	['wiki.dev -> db.prod:names (IPv4)', ['wiki.dev -> db.prod:53/udp']],
	['wiki.dev -> db.prod:22 (IPv4)', ['wiki.dev -> db.prod:22/tcp']],
	['wiki.dev -> db.prod:icmp (IPv4)', ['wiki.dev -> db.prod:icmp']],
	['wiki -> internet:https (IPv4)', ['wiki.dev -> internet:443/tcp']],
	['web.prod -> db.prod:5432 (IPv4)', ['web-1.prod -> db.prod:5432/tcp', 'web-2.prod -> db.prod:5432/tcp']],
	['web.prod -> web.prod:443 (IPv4)', ['web-1.prod -> web-2.prod:443/tcp', 'web-2.prod -> web-1.prod:443/tcp']],
	['wiki.dev -> api:ssh (IPv4)', ['wiki.dev -> api.dev:22/tcp', 'wiki.dev -> api.prod:22/tcp']],
	['wiki.dev -> db.prod:dynamic (IPv4)', ['wiki.dev -> db.prod:40000/tcp', 'wiki.dev -> db.prod:40010/tcp']],
	['wiki.dev -> db:dynamic (IPv4)', ['wiki.dev -> db.prod:40000/tcp', 'wiki.dev -> db.prod:40010/tcp']],
	['wiki.dev', ['"wiki.dev" is not a flow (a flow is written web.prod -> db.prod:5432/tcp)']],
	['wiki.dev -> db.prod', ['"wiki.dev -> db.prod" is not a flow (a flow is written web.prod -> db.prod:5432/tcp)']],
	['wkii.dev -> db.prod:1', ['there is no workload wkii.dev (did you mean wiki.dev?)']],
	['wiki.dev -> db.prd:1', ['there is no workload db.prd (did you mean db.prod?)']],
	['wiki.dev -> db.prod:posgres', ['db.prod has no service named posgres (it has postgres, names, dynamic)']],
	['wiki.dev -> db.prod:0', ['"0" is not a port (ports go from 1 to 65535)']],
	['wiki.dev -> db.prod:tcp', ['a flow has one port, and tcp is all of them (write one, such as 443/tcp)']],
	['wiki.dev -> db.prod:1-9', ['a flow has one port, and 1-9 is several (write a flow for each port that matters)']],
	[
		'wiki.dev -> wiki.dev:80',
		['wiki.dev and wiki.dev have no pair of addresses to talk between (a workload always reaches itself)'],
	],
] as const)
	test(text, t => t.deepEqual(flowsOf(text), [...expected]));

test('what reports print of a flow is read as that flow alone', t => {
	const parsed = parseFlowText('web -> db:postgres', smallShop);
	if (parsed.kind === 'wrong') return t.fail(parsed.what);
	t.is(parsed.flows.length, 3 * 2 * 2);
	for (const flow of parsed.flows.filter(({family}) => family === 6)) {
		const again = parseFlowText(renderFlow(flow), smallShop);
		t.deepEqual(again.kind === 'ok' && again.flows, [flow]);
	}
});

test('any text is flows or a reason', t => {
	const parts = fc.constantFrom('wiki.dev', 'db', ' -> ', '->', '→', ':', '5432/tcp', 'icmp', '(IPv6)', '\n', '0', '@');
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string({unit: 'binary'}),
				fc.array(parts).map(all => all.join('')),
			),
			text => {
				const parsed = parseFlowText(text, smallShop);
				return parsed.kind === 'ok' ? parsed.flows.length > 0 : parsed.what !== '';
			},
		),
		{seed: 3},
	);
	t.pass();
});
