// Inventories with the dirt that they have: a topology in one go, and each gap told with its line.
import test from 'ava';
import {parsePolicies} from '../../core/files/policy.ts';
import {parseTopology} from '../../core/files/topology.ts';
import {parseInventory} from '../../core/inventory/inventory.ts';
import {parseFlowLog} from '../../core/learn/flow-log.ts';
import {learnFlows} from '../../core/learn/learn-flows.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {nativeFiles} from '../../core/native/native-files.ts';
import {hasPort} from '../../core/reach/port-set.ts';
import {createReach} from '../../core/reach/reach.ts';
import {dirtyInventory} from '../builders/dirty-inventory.ts';

const read = (text: string, said: readonly string[] = []) => {
	const parsed = parseInventory({file: 'w.csv', text}, {name: 'estate', said});
	if (parsed.kind === 'wrong') return {problems: parsed.problems.map(renderProblem), workloads: [], decisions: []};
	return {
		problems: [],
		workloads: parsed.value.topology.workloads.map(({name, labels, addresses, managed}) => ({
			name,
			labels,
			addresses: addresses.map(({address}) => address),
			managed,
		})),
		decisions: parsed.warnings.map(renderProblem),
	};
};

test('headings of Illumio’s export are known, with interfaces, semicolons, a mark and CRLF', t => {
	const {workloads, problems} = read(
		'\ufeffhostname;name;role;app;env;loc;interfaces;managed\r\nw1;;web;"a;b";prod;FRA;"eth0:10.1.0.1/24;eth1:fd00::1/64,lo:127.0.0.1";false\r\n',
	);
	t.deepEqual(problems, []);
	t.deepEqual(workloads, [
		{
			name: 'w1.prod',
			labels: {role: 'web', app: 'a;b', env: 'prod', loc: 'FRA'},
			addresses: ['10.1.0.1', 'fd00::1'],
			managed: false,
		},
	]);
});

test('headings of ServiceNow are known, and others are said', t => {
	const known = read('Name,IP Address,Used for,Application\nw1,10.1.0.1,Production,Shop\n');
	t.deepEqual(known.workloads[0]?.labels, {env: 'prod', app: 'Shop'});
	const said = read('Kiste,Adresse,Stufe,Team\nw1,10.1.0.1,live,red\n', [
		'name=kiste',
		'address=Adresse',
		'env=Stufe',
		'team=Team',
	]);
	t.deepEqual(said.workloads[0]?.labels, {env: 'prod', team: 'red'});
});

interface Dirt {
	readonly title: string;
	readonly rows: string;
	readonly names: readonly string[];
	readonly told: RegExp;
}

const dirt: readonly Dirt[] = [
	{
		title: 'spellings of one environment are one',
		rows: 'a,10.0.0.1,prod\nb,10.0.0.2,Prod\nc,10.0.0.3,PROD \nd,10.0.0.4,production',
		names: ['a.prod', 'b.prod', 'c.prod', 'd.prod'],
		told: /^w\.csv:3:1: env prod \(1\), Prod \(1\), PROD \(1\), production \(1\): taken as one, prod/,
	},
	{
		title: 'a host that stands twice is one, with both addresses',
		rows: 'a,10.0.0.1,prod\nA,10.0.0.2,prod',
		names: ['a.prod'],
		told: /^w\.csv:3:1: A stands in line 2 too: taken as one, with the addresses of both/,
	},
	{
		title: 'an address that two have is the first one’s',
		rows: 'a,10.0.0.1,prod\nb,10.0.0.1,prod',
		names: ['a.prod', 'b.prod'],
		told: /^w\.csv:3:1: 10\.0\.0\.1 of b is also the address of a \(line 2\)/,
	},
	{
		title: 'a name in two environments is two hosts',
		rows: 'a,10.0.0.1,prod\na,10.0.0.2,dev',
		names: ['a.dev', 'a.prod'],
		told: /^$/,
	},
	{
		title: 'without an environment it is in none',
		rows: 'a,10.0.0.1,n/a\nb,10.0.0.2,prod',
		names: ['a', 'b.prod'],
		told: /^w\.csv:2:1: no env: it is in no environment/,
	},
	{
		title: 'what is no address is left out',
		rows: 'a,10.0.0.999,prod',
		names: ['a.prod'],
		told: /^w\.csv:2:1: 10\.0\.0\.999 is no address of a host/,
	},
	{
		title: 'names lose their domain, and what files may not have',
		rows: 'a.corp.example,10.0.0.1,prod\njump box,10.0.0.2,prod',
		names: ['a.prod', 'jump-box.prod'],
		told: /^w\.csv:2:1: names have no dot, blank or slash: a\.corp\.example is called a, and so are 1 more/,
	},
	{
		title: 'names that only their domains tell apart keep them',
		rows: 'a.red.example,10.0.0.1,prod\na.blue.example,10.0.0.2,prod',
		names: ['a-blue-example.prod', 'a-red-example.prod'],
		told: /a\.red\.example is called a-red-example/,
	},
	{
		title: 'without a name it is called after its address',
		rows: ',10.0.0.1,prod',
		names: ['host-10-0-0-1.prod'],
		told: /10\.0\.0\.1 is called host-10-0-0-1/,
	},
];

for (const {title, rows, names, told} of dirt)
	test(title, t => {
		const {workloads, decisions} = read(`name,ip,env\n${rows}\n`);
		t.deepEqual(
			workloads.map(({name}) => name),
			names,
		);
		t.regex(decisions.join('\n'), told, decisions.join('\n'));
	});

test('only what makes a topology impossible is refused, with its line', t => {
	t.regex(read('').problems.join(), /^w\.csv:1:1: the file is empty/);
	t.regex(read('name,ip\n').problems.join(), /^w\.csv:1:1: there is no row below the headings/);
	t.regex(
		read('foo,bar\n1,2\n').problems.join(),
		/^w\.csv:1:1: no column is headed name or address: it has foo, bar \(say which: --columns name="foo"\)/,
	);
	t.regex(read('name,ip\na,10.0.0.1\n', ['name=Hots']).problems.join(), /no column is headed Hots/);
	t.regex(read('name,ip,x\na,10.0.0.1,1\n', ['network=x']).problems.join(), /no label can be called network/);
	t.regex(read('name,ip\na,"10.0.0.1\nb,2\n').problems.join(), /a quoted cell does not end/);
});

test('400 rows with the usual dirt give a rehearsal without a problem, and every need is allowed', t => {
	const made = dirtyInventory(400);
	const parsed = parseInventory({file: 'w.csv', text: made.workloads}, {name: 'estate', said: []});
	if (parsed.kind === 'wrong') return t.fail(parsed.problems.map(renderProblem).join('\n'));
	const log = parseFlowLog('f.csv', made.flows);
	if (log.kind === 'wrong') return t.fail(log.problems.map(renderProblem).join('\n'));
	const {topology, aliases} = parsed.value;
	t.is(topology.workloads.length, made.hosts);
	const told = parsed.warnings.map(renderProblem);
	const count = (what: RegExp) => told.filter(one => what.test(one)).length;
	t.is(count(/stands in line \d+ too/), made.dirt.duplicates);
	t.is(count(/is no address of a host/), made.dirt.malformed + count(/is no address of a host.*also/));
	t.true(count(/is also the address of/) >= made.dirt.clashes - made.dirt.malformed);
	t.is(count(/no env: /), 1, 'rows with the same gap are one decision');
	t.true(told.length < 40, `${told.length} decisions`);
	const learned = learnFlows(topology, [log.value], aliases);
	const strangers = learned.decisions.filter(({what}) => /^172\.16\.\d+\.9 is not in the topology/.test(what));
	t.is(strangers.length, made.dirt.strangers);
	const files = nativeFiles({topology: learned.topology, stack: []}, {name: 'estate', source: 'w.csv'});
	const textOf = (end: string) =>
		files.filter(({path}) => path.endsWith(end)).map(({path, text}) => ({file: path, text}));
	const again = parseTopology(textOf('.topology.yaml'));
	if (again.kind === 'wrong') return t.fail(again.problems.map(renderProblem).join('\n'));
	const stack = parsePolicies(textOf('.policy.yaml'), again.value);
	if (stack.kind === 'wrong') return t.fail(stack.problems.map(renderProblem).join('\n'));
	t.is(again.value.workloads.length, made.hosts + 1, 'and the internet');
	const reach = createReach(again.value, stack.value);
	t.true(again.value.dependencies.length > 300);
	for (const {from, to, protocol, port} of again.value.dependencies)
		t.true(hasPort(reach.open(reach.classOf(from), reach.classOf(to), 4), protocol, port), `${from} -> ${to}:${port}`);
});
