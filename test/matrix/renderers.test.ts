import test from 'ava';
import {type MatrixFormat, matrixFormats, renderMatrix} from '../../cli/matrix/formats.ts';
import type {MatrixJson} from '../../cli/matrix/json.ts';
import type {MatrixSubject} from '../../cli/matrix/matrix-subject.ts';
import {noPaint} from '../../cli/report/paint.ts';
import {hostile, ring, sample} from './sample-subject.ts';

function render(format: MatrixFormat, subject: MatrixSubject, width = 100): string {
	const rendered = renderMatrix(format, subject, {width, paint: noPaint});
	return rendered.kind === 'ok' ? [...rendered.pieces].join('') : `refused: ${rendered.what}`;
}

test('csv quotes what must be quoted, and no name becomes a formula', t => {
	const lines = render('csv', hostile()).split('\n');
	t.is(lines[0], 'source,source section,destination,destination section,ports,ipv4,ipv6,replicas');
	t.true(lines.some(line => line.startsWith(`'=cmd|x,,"a""b\\n",,tcp udp`) || line.startsWith(`'=cmd|x,,"a""b`)));
	t.false(lines.some(line => line.startsWith('=')));
	t.true(lines.some(line => line.startsWith('"x,y",')));
});

test('csv has the families where they differ, and says where replicas do', t => {
	const csv = render('csv', sample());
	t.true(csv.includes('wiki.dev,dev,db.prod,prod,22/tcp,none,22/tcp,all\n'), csv);
	t.true(csv.includes('web.prod,prod,db.prod,prod,5432-5433/tcp 53/udp,,,some\n'), csv);
});

test('json holds every peer and every open pair, and can be read', t => {
	const {schema, peers, open, families} = JSON.parse(render('json', sample())) as MatrixJson;
	t.is(schema, 'firebreak/matrix/v1');
	t.deepEqual(families, [4, 6]);
	t.deepEqual(
		peers.filter(({kind}) => kind === 'owner').map(({name, workloads, jewel}) => [name, workloads, jewel]),
		[
			['db.prod', 1, true],
			['internet', 1, false],
			['web.prod', 2, false],
			['wiki.dev', 1, false],
		],
	);
	t.deepEqual(
		open.filter(({from}) => from === 'wiki.dev'),
		[{from: 'wiki.dev', to: 'db.prod', ports: ['22/tcp'], ipv4: [], ipv6: ['22/tcp'], everywhere: true}],
	);
	const names = new Set(peers.map(({name}) => name));
	t.true(open.every(({from, to}) => names.has(from) && names.has(to)));
});

for (const format of matrixFormats)
	test(`${format} prints no character that a terminal takes for an order`, t => {
		// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
		t.notRegex(render(format, hostile()), /[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
	});

test('markdown escapes borders, code and tags', t => {
	const text = render('markdown', hostile());
	t.true(text.includes('p\\|q\\`r\\`'), text);
	t.true(text.includes('&lt;script\\>'));
	t.notRegex(text, /<script/);
});

test('dot escapes quotes and backslashes, and puts each environment into a cluster', t => {
	t.true(render('dot', hostile()).includes('label="a\\"b\\\\n"'));
	const text = render('dot', sample());
	t.regex(text, /subgraph cluster_\d \{\n\t\tlabel="prod";\n\t\tn0 \[label="◆ db\.prod", peripheries=2\];/);
	t.regex(text, /n3 -> n0 \[label="22\/tcp", style=bold\];/);
	t.is(text.match(/\{/g)!.length, text.match(/\}/g)!.length);
});

test('svg is one self-contained picture: no script, no link, every name escaped', t => {
	const text = render('svg', hostile());
	t.notRegex(text, /<script|href|url\(/);
	t.true(text.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
	t.regex(text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/);
	t.is(text.match(/<g>/g)!.length, text.match(/<\/g>/g)!.length);
});

test('svg refuses what would be no picture', t => {
	t.is(render('svg', ring(230)), 'refused: a picture of 231 rows shows nothing');
	t.regex(render('svg', ring(30)), /^<svg /);
});

test('connlist is sorted, has the addresses beyond, and no pair that is closed', t => {
	const lines = render('connlist', sample()).trimEnd().split('\n');
	t.deepEqual(lines, [...lines].sort());
	t.true(lines.includes('web.prod => db.prod : TCP 5432-5433,UDP 53'));
	t.true(lines.includes('internet => web.prod : TCP 443'));
	t.false(lines.some(line => line.includes('No Connections')));
});
