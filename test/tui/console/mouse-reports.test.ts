import test from 'ava';
import {mouseReports} from '../../../tui/console/mouse-reports.ts';

const csi = '\x1b[';

for (const [bytes, events, keys, rest] of [
	[`${csi}<0;10;5M`, ['press 9,4'], '', ''],
	[`${csi}<0;10;5m`, [], '', ''],
	[`${csi}<64;300;100M${csi}<65;300;100M`, ['wheel-up 299,99', 'wheel-down 299,99'], '', ''],
	[`j${csi}<0;1;1Mk`, ['press 0,0'], 'jk', ''],
	[`${csi}A${csi}<20;1;1M`, ['press 0,0'], `${csi}A`, ''],
	[`${csi}<2;1;1M${csi}<32;1;1M${csi}<35;7;7M`, [], '', ''],
	[`a${csi}<0;1`, [], 'a', `${csi}<0;1`],
	['\x1b', [], '\x1b', ''],
	['<0;1;1M', [], '<0;1;1M', ''],
] as const)
	test(`${JSON.stringify(bytes)} is ${events.join(', ') || 'no event'}, and ${JSON.stringify(keys)} for the keys`, t => {
		const heard = mouseReports(bytes);
		t.deepEqual(
			heard.events.map(({action, column, row}) => `${action} ${column},${row}`),
			[...events],
		);
		t.is(heard.keys, keys);
		t.is(heard.rest, rest);
	});

test('however a report is cut in two, it is heard once and no part of it is a key', t => {
	const whole = `${csi}<65;120;36M`;
	for (let at = 3; at < whole.length; at++) {
		const first = mouseReports(whole.slice(0, at));
		const second = mouseReports(first.rest + whole.slice(at));
		t.deepEqual([first.keys, second.keys, first.events.length, second.events.length], ['', '', 0, 1]);
	}
});
