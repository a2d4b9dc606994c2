import {allow, deny} from '../builders/policy.ts';
import {cidr, db, own, testKinds, web} from './kind-cases.ts';

testKinds({
	'never-matches': [
		{
			title: 'a relation that holds between no two',
			policies: [{rules: [allow('never', {from: {...web, env: 'prod'}, to: {...db, env: 'dev'}, same: ['env']})]}],
			tells: ['warning "never"'],
		},
		{
			title: 'a service that nobody there has',
			policies: [{rules: [allow('never', {to: db, on: ['http']})]}],
			tells: ['warning "never"'],
		},
		{
			title: 'ends that the policy does not speak for, and none that it speaks for in one direction',
			policies: [
				{
					applies: web,
					directions: ['ingress'],
					rules: [allow('never', {from: web, to: db}), allow('in', {from: db, to: web})],
				},
			],
			tells: ['warning "never"'],
		},
		{
			title: 'ends at which nothing can be enforced',
			policies: [{rules: [allow('never', {from: {outside: true}, to: {app: 'scanner'}})]}],
			tells: ['warning "never"'],
		},
		{
			title: 'exceptions that take all of it',
			policies: [{rules: [allow('never', {from: web, to: db, unless: [{from: {env: ['prod', 'dev']}}]})]}],
			tells: ['warning "never"'],
		},
		{
			title: 'no rule that counts only while it observes',
			policies: [{guardrails: [deny('watch', {from: web, mode: 'observe'})]}],
			tells: [],
		},
	],
	'selector-matches-nothing': [
		{
			title: 'labels that nobody has together, once for the rule',
			policies: [{rules: [allow('lost', {from: {tier: 'web', app: 'wiki'}, to: db})]}],
			tells: ['warning "lost"'],
		},
		{
			title: 'one entry of several, in a rule that works',
			policies: [{rules: [allow('half', {from: [web, {tier: 'web', app: 'wiki'}], to: db})]}],
			tells: ['warning "half"'],
		},
		{
			title: 'a policy for nobody, and not each of its rules',
			policies: [{applies: {tier: 'web', app: 'wiki'}, rules: [own]}],
			tells: ['warning'],
		},
		{
			title: 'no range, which always means some address',
			policies: [{rules: [allow('r', {to: cidr('192.0.2.0/24')})]}],
			tells: [],
		},
	],
	'shadowed-rule': [
		{
			title: 'a deny behind an allow',
			policies: [{guardrails: [allow('first', {from: web}), deny('late', {from: web, to: db})]}],
			tells: ['warning "late" web.dev -> db.dev:5432/tcp'],
		},
		{
			title: 'a second line of defence as a note',
			policies: [{guardrails: [deny('first', {from: web}), deny('late', {from: web, to: db})]}],
			tells: ['note "late" web.dev -> db.dev:5432/tcp'],
		},
		{
			title: 'no deny that still decides for one replica class',
			policies: [{guardrails: [allow('first', {from: {...web, env: 'prod'}}), deny('late', {from: web, to: db})]}],
			tells: [],
		},
	],
	'redundant-rule': [
		{
			title: 'an allow under a default that allows',
			policies: [{default: 'allow', rules: [own]}],
			tells: ['note "own" web.dev -> db.dev:5432/tcp'],
		},
		{
			title: 'no allow that a baseline would deny',
			policies: [{default: 'allow', rules: [own], baseline: [deny('rest', {})]}],
			tells: [],
		},
	],
	'dead-under-guardrail': [
		{
			title: 'a rule that a guardrail denies whole',
			policies: [
				{
					guardrails: [deny('no mixing', {differ: ['env']})],
					rules: [allow('dead', {from: {...web, env: 'dev'}, to: {...db, env: 'prod'}})],
				},
			],
			tells: ['warning "dead" web.dev -> db.prod:5432/tcp'],
		},
		{
			title: 'a rule that another file’s guardrail denies at the other end',
			policies: [
				{applies: web, rules: [own]},
				{applies: db, guardrails: [deny('closed', {to: db})], default: 'allow'},
			],
			tells: ['warning "own" web.dev -> db.dev:5432/tcp'],
		},
		{
			title: 'no rule of which a guardrail takes a part',
			policies: [{guardrails: [deny('no mixing', {differ: ['env']})], rules: [allow('wide', {from: web, to: db})]}],
			tells: [],
		},
	],
	'other-direction-missing': [
		{
			title: 'egress that no ingress meets',
			policies: [
				{applies: web, rules: [own]},
				{applies: db, directions: ['ingress'], rules: []},
			],
			tells: ['warning "own" web.dev -> db.dev:5432/tcp'],
		},
		{
			title: 'ingress that no egress meets',
			policies: [
				{applies: db, rules: [own]},
				{applies: web, directions: ['egress'], rules: []},
			],
			tells: ['warning "own" web.dev -> db.dev:5432/tcp'],
		},
		{
			title: 'no egress of which one flow leaves the topology',
			policies: [
				{applies: web, rules: [allow('out', {from: web, to: [db, cidr('192.0.2.0/24')]})]},
				{applies: db, directions: ['ingress'], rules: []},
			],
			tells: [],
		},
		{title: 'no egress to ends that no policy speaks for', policies: [{applies: web, rules: [own]}], tells: []},
		{
			title: 'no wide egress of which one flow arrives',
			policies: [
				{applies: web, rules: [allow('wide', {from: web})]},
				{applies: db, directions: ['ingress'], rules: []},
			],
			tells: [],
		},
		{
			title: 'no egress to an end where nothing is enforced',
			policies: [{rules: [allow('scan', {from: {app: 'scanner'}, to: db})]}],
			tells: [],
		},
	],
});
