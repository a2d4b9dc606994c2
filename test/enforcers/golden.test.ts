import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import test from 'ava';
import {compileFar} from '../../enforcers/compile/far.ts';
import {compileHost} from '../../enforcers/compile/host.ts';
import {goldenCases} from './golden-cases.ts';
import {loaded, missing} from './real-nft.ts';

const folder = new URL('golden/', import.meta.url);

for (const [name, {topology, stack, site}] of Object.entries(goldenCases)) {
	const input = {lab: 'golden', topology, stack};
	const {text, table} =
		typeof site === 'string'
			? compileHost({...input, workload: topology.workloads.find(one => one.name === site)!})
			: compileFar(input, site.in);
	const file = new URL(`${name}.nft`, folder);

	test(`${name}: what is compiled is what the golden file says`, t => {
		if (process.env.GOLDEN === 'rewrite') writeFileSync(file, text);
		t.is(text, readFileSync(file, 'utf8'));
	});

	const kernel = missing === undefined ? test : test.skip;
	kernel(`${name}: the kernel takes it, in place of itself${missing === undefined ? '' : ` (${missing})`}`, t => {
		const listing = loaded(table, readFileSync(file, 'utf8'));
		t.deepEqual(names(listing, 'table inet'), [table]);
		t.deepEqual(names(listing, 'chain'), names(text, 'chain'));
		t.deepEqual(names(listing, 'counter'), names(text, 'counter'));
	});
}

test('every golden file belongs to a case', t => {
	t.deepEqual(
		readdirSync(folder).sort(),
		Object.keys(goldenCases)
			.map(name => `${name}.nft`)
			.sort(),
	);
});

const names = (text: string, kind: string): readonly string[] =>
	[...text.matchAll(new RegExp(`^\\t?${kind} (\\w+) \\{`, 'gm'))].map(([, name]) => name!).sort();
