// LANGUAGE "Meaning", a sentence a test.
import {allow, deny, pass, policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';
import {verdicts} from './verdict-table.ts';

const lab = topology({
	web: {labels: {tier: 'web'}},
	api: {labels: {tier: 'api'}},
	db: {labels: {tier: 'db'}},
	old: {managed: false},
	world: {outside: true},
});
const web = {tier: 'web'};
const api = {tier: 'api'};
const db = {tier: 'db'};

verdicts('an empty stack allows everything, by none', {topology: lab, stack: []}, [['web', 'db:1', 'allow none']]);

verdicts(
	'silence under default deny is a deny by the default, of the source first',
	{topology: lab, stack: policies({rules: [allow('a', {from: web, to: api})]})},
	[
		['web', 'api:1', 'allow p0.r1'],
		['api', 'web:1', 'deny p0.default at egress'],
		['world', 'web:1', 'deny p0.default at ingress'],
	],
);

verdicts(
	'the first guardrail that matches decides, whatever the rules say',
	{
		topology: lab,
		stack: policies({
			guardrails: [allow('one', {to: db, on: ['1/tcp']}), deny('two', {to: db}), allow('three', {to: db})],
			rules: [allow('all')],
		}),
	},
	[
		['web', 'db:1', 'allow p0.g1'],
		['web', 'db:2', 'deny p0.g2'],
		['web', 'api:2', 'allow p0.r1'],
	],
);

verdicts(
	'pass skips all later guardrails, those of later files too, and goes on with the rules',
	{
		topology: lab,
		stack: policies(
			{guardrails: [pass('left to rules', {from: web}), deny('never')], rules: [allow('a', {to: api})]},
			{guardrails: [deny('nor this')], rules: [allow('b', {to: db}), allow('c', {to: {workload: 'old'}})]},
		),
	},
	[
		['web', 'api:1', 'allow p0.r1'],
		['web', 'world:1', 'deny p0.default at egress'],
		['api', 'db:1', 'deny p0.g2 at egress'],
		['web', 'old:1', 'allow p1.r2 at egress'],
	],
);

verdicts(
	'unless makes that guardrail not match, and later ones still may',
	{
		topology: lab,
		stack: policies({
			default: 'allow',
			guardrails: [deny('one', {to: db, unless: [{from: web}, {on: ['9/tcp']}]}), deny('two', {on: ['9/tcp']})],
		}),
	},
	[
		['api', 'db:1', 'deny p0.g1'],
		['web', 'db:1', 'allow p0.default'],
		['api', 'db:9', 'deny p0.g2'],
	],
);

verdicts(
	'what the rules leave open goes on to the baseline, in order, and then to the default',
	{
		topology: lab,
		stack: policies({
			default: 'allow',
			rules: [allow('r', {to: db, on: ['1/tcp']})],
			baseline: [deny('no', {to: db, on: ['2/tcp']}), allow('yes', {to: db}), deny('late', {to: db})],
		}),
	},
	[
		['web', 'db:1', 'allow p0.r1'],
		['web', 'db:2', 'deny p0.b1'],
		['web', 'db:3', 'allow p0.b2'],
		['web', 'api:3', 'allow p0.default'],
	],
);

verdicts(
	'a policy speaks only for the ends that applies and directions select; other ends are free',
	{
		topology: lab,
		stack: policies(
			{applies: db, rules: [allow('in', {from: api, to: db})]},
			{applies: web, directions: ['egress'], rules: []},
		),
	},
	[
		['api', 'db:1', 'allow p0.r1'],
		['old', 'db:1', 'deny p0.default at ingress'],
		['db', 'api:1', 'deny p0.default at egress'],
		['web', 'api:1', 'deny p1.default at egress'],
		['api', 'web:1', 'allow none'],
	],
);

verdicts(
	"one team's file never opens another team's workloads",
	{
		topology: lab,
		stack: policies({applies: web, rules: [allow('everything')]}, {applies: db, rules: []}),
	},
	[
		['web', 'api:1', 'allow none'],
		['web', 'db:1', 'deny p1.default at ingress'],
	],
);

verdicts(
	'several policies: guardrails in the order of the files, the union of the rules, the strictest default',
	{
		topology: lab,
		stack: policies(
			{default: 'allow', guardrails: [allow('g', {on: ['1/tcp']})], baseline: [allow('b', {on: ['4/tcp']})]},
			{
				guardrails: [deny('h', {on: ['1-2/tcp']})],
				rules: [allow('r', {on: ['3/tcp']})],
				baseline: [deny('c', {on: ['4/tcp']})],
			},
		),
	},
	[
		['web', 'db:1', 'allow p0.g1'],
		['web', 'db:2', 'deny p1.g1'],
		['web', 'db:3', 'allow p1.r1'],
		['web', 'db:4', 'allow p0.b1'],
		['web', 'db:5', 'deny p1.default'],
	],
);

verdicts(
	'where every default allows, the first policy names it',
	{topology: lab, stack: policies({default: 'allow'}, {default: 'allow'})},
	[['web', 'db:5', 'allow p0.default']],
);

verdicts(
	'outside hosts and unmanaged workloads judge nothing; the other end still does',
	{topology: lab, stack: policies({applies: {any: true}, rules: [allow('up', {from: web})]})},
	[
		['world', 'old:1', 'allow none'],
		['old', 'web:1', 'deny p0.default at ingress'],
		['web', 'old:1', 'allow p0.r1 at egress'],
		['db', 'world:1', 'deny p0.default at egress'],
	],
);

verdicts(
	'an address that no workload owns is met by anything and cidr only, and judged at the other end',
	{topology: lab, stack: policies({rules: [allow('all'), allow('far', {to: {cidr: '203.0.113.0/24'}})]})},
	[
		['web', '@203.0.113.7:1', 'allow p0.r2 at egress'],
		['web', '@203.0.114.7:1', 'deny p0.default at egress'],
		['@203.0.113.7', 'web:1', 'deny p0.default at ingress'],
	],
);

verdicts(
	'a flow of a workload to itself is always allowed',
	{topology: lab, stack: policies({guardrails: [deny('all')]})},
	[['web', 'web:1', 'allow none']],
);

verdicts(
	'kubernetes isolation denies what no rule of any policy allowed, before the baseline; its default never denies',
	{
		topology: lab,
		stack: policies(
			{dialect: 'kubernetes', default: 'allow', isolates: true, directions: ['ingress'], applies: db},
			{
				dialect: 'kubernetes',
				default: 'deny',
				directions: ['ingress'],
				rules: [allow('r', {from: api, direction: 'ingress'}), allow('other way', {from: web, direction: 'egress'})],
				baseline: [allow('late', {to: db})],
			},
		),
	},
	[
		['api', 'db:1', 'allow p1.r1'],
		['web', 'db:1', 'deny p0.isolation'],
		['web', 'api:1', 'allow p1.default'],
	],
);
