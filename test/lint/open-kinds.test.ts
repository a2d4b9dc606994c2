import {allow, deny, pass} from '../builders/policy.ts';
import {cidr, db, everywhere, own, testKinds, web} from './kind-cases.ts';

testKinds({
	'dependency-not-allowed': [
		{
			title: 'a need that is allowed in one environment and not in the other',
			policies: [{rules: [allow('prod', {from: {...web, env: 'prod'}, to: db})]}],
			tells: [
				'warning db.prod -> web.prod:80/tcp',
				'warning db.prod -> wiki:80/tcp',
				'warning web.dev -> db.dev:5432/tcp',
			],
		},
		{title: 'no need that a default allows', policies: [{default: 'allow'}], tells: []},
	],
	'dns-forgotten': [
		{title: 'a name server that nobody may ask', policies: [{rules: [own]}], tells: ['warning web.prod -> dns:53/udp']},
		{
			title: 'no server that may be asked by udp',
			policies: [{rules: [allow('ask', {to: {app: 'dns'}, on: ['53/udp']})]}],
			tells: [],
		},
	],
	'dns-udp-only': [
		{
			title: 'udp without tcp',
			policies: [{rules: [allow('ask', {to: {app: 'dns'}, on: ['53/udp']})]}],
			tells: ['warning "ask" db.dev -> dns:53/tcp'],
		},
		{
			title: 'no udp beside a rule of its own for tcp',
			policies: [
				{
					rules: [
						allow('ask', {to: {app: 'dns'}, on: ['53/udp']}),
						allow('again', {to: {app: 'dns'}, on: ['1-100/tcp']}),
					],
				},
			],
			tells: [],
		},
		{
			title: 'no service that has both',
			policies: [{rules: [allow('ask', {to: {app: 'dns'}, on: ['names']})]}],
			tells: [],
		},
		{
			title: 'no port 53 to what is no name server',
			policies: [{rules: [allow('odd', {to: db, on: ['53/udp']})]}],
			tells: [],
		},
	],
	'pass-skips-guardrail': [
		{
			title: 'a deny of another file that a pass lets flows by',
			policies: [
				{guardrails: [pass('ours', {from: web})], default: 'allow'},
				{guardrails: [deny('theirs', {to: db})], default: 'allow'},
			],
			tells: ['warning "ours" web.dev -> db.dev:5432/tcp'],
		},
		{
			title: 'a deny of the same file as a note',
			policies: [{guardrails: [pass('ours', {from: web}), deny('late', {to: db})], default: 'allow'}],
			tells: ['note "ours" web.dev -> db.dev:5432/tcp'],
		},
		{
			title: 'no pass whose flows end denied all the same',
			policies: [{guardrails: [pass('ours', {from: web}), deny('late', {to: db})]}],
			tells: [],
		},
	],
	'guardrail-skips-unlabelled': [
		{
			title: 'a workload without the label that gets through',
			policies: [{guardrails: [deny('no mixing', {differ: ['env']})], rules: [everywhere]}],
			tells: ['warning "no mixing" dns -> db.dev:5432/tcp'],
		},
		{
			title: 'a note where nothing gets through',
			policies: [{guardrails: [deny('no mixing', {differ: ['env']})], rules: [own]}],
			tells: ['note "no mixing"'],
		},
		{
			title: 'no workload that the guardrail does not mean',
			policies: [{guardrails: [deny('no mixing', {from: web, to: db, differ: ['env']})], rules: [everywhere]}],
			tells: [],
		},
		{
			title: 'no exception of the guardrail as a hole',
			policies: [
				{
					guardrails: [deny('no mixing', {differ: ['env'], unless: [{from: {app: 'wiki'}}]})],
					rules: [allow('wiki reads', {from: {app: 'wiki'}, to: db})],
				},
			],
			tells: ['note "no mixing"'],
		},
	],
	'allow-all': [
		{
			title: 'everybody to everybody',
			policies: [{rules: [everywhere]}],
			tells: ['warning "everywhere" db.dev -> db.prod:5432/tcp'],
		},
		{
			title: 'all of tcp and udp by name',
			policies: [{rules: [allow('all', {on: ['tcp', 'udp']})]}],
			tells: ['warning "all" db.dev -> db.prod:5432/tcp'],
		},
		{
			title: 'no rule that is everybody by what labels there are',
			policies: [{rules: [allow('r', {from: {env: ['prod', 'dev']}})]}],
			tells: [],
		},
		{title: 'no rule with a relation', policies: [{rules: [allow('r', {same: ['env']})]}], tells: []},
	],
	'whole-internet': [
		{
			title: 'every port to every address',
			policies: [{rules: [allow('out', {from: web, to: cidr('0.0.0.0/0')})]}],
			tells: ['warning "out" web.dev -> 203.0.113.10:443/tcp'],
		},
		{
			title: 'two halves as a note where ports are named',
			policies: [{rules: [allow('in', {from: {cidr: ['0.0.0.0/1', '128.0.0.0/1']}, to: web, on: ['http']})]}],
			tells: ['note "in" 203.0.113.10 -> web.dev:80/tcp'],
		},
		{title: 'no half of it', policies: [{rules: [allow('out', {from: web, to: cidr('0.0.0.0/1')})]}], tells: []},
	],
	'metadata-reachable': [
		{
			title: 'a range that takes it in',
			policies: [{rules: [allow('out', {from: web, to: cidr('169.0.0.0/8')})]}],
			tells: ['warning "out" web.dev -> 169.254.169.254:80/tcp'],
		},
		{
			title: 'no range that excepts it',
			policies: [{rules: [allow('out', {from: web, to: cidr('0.0.0.0/0', '169.254.0.0/16')})]}],
			tells: [],
		},
		{
			title: 'no other port',
			policies: [{rules: [allow('out', {from: web, to: cidr('0.0.0.0/0'), on: ['443/tcp']})]}],
			tells: [],
		},
		{
			title: 'no range behind a guardrail',
			policies: [
				{
					guardrails: [deny('never', {to: cidr('169.254.169.254/32')})],
					rules: [allow('out', {from: web, to: cidr('0.0.0.0/0')})],
				},
			],
			tells: [],
		},
		{
			title: 'no range from which it would come in',
			policies: [{rules: [allow('in', {from: cidr('0.0.0.0/0'), to: web})]}],
			tells: [],
		},
	],
	'one-family-only': [
		{
			title: 'a deny of one family beside an open other one',
			policies: [{default: 'allow', guardrails: [deny('out', {from: web, to: cidr('198.18.1.0/24')})]}],
			tells: ['warning "out" web.dev -> db.prod:5432/tcp (IPv6)'],
		},
		{
			title: 'an allow of one family as a note',
			policies: [{rules: [allow('out', {from: web, to: cidr('198.18.1.2/32'), on: ['postgres']})]}],
			tells: ['note "out" web.dev -> db.prod:5432/tcp'],
		},
		{
			title: 'no deny that a default repeats',
			policies: [{guardrails: [deny('out', {from: web, to: cidr('198.18.1.0/24')})]}],
			tells: [],
		},
		{
			title: 'no partner without a counterpart',
			policies: [{rules: [allow('partner', {from: web, to: cidr('192.0.2.0/24')})]}],
			tells: [],
		},
		{
			title: 'no prefix whose counterpart stands in another rule',
			policies: [
				{
					rules: [
						allow('four', {from: web, to: cidr('198.18.1.2/32')}),
						allow('six', {from: web, to: cidr('fd00::2/128')}),
					],
				},
			],
			tells: [],
		},
	],
	'loose-rule': [
		{
			title: 'what it opens beyond the needs',
			policies: [{rules: [allow('any web', {from: web, to: db, on: ['postgres']})]}],
			tells: ['note "any web" web.prod -> db.dev:5432/tcp'],
		},
		{title: 'no rule that is as wide as the needs', policies: [{rules: [own]}], tells: []},
	],
});
