import test from 'ava';
import {answer} from '../../core/explain/answer.ts';
import {parseQuestion} from '../../core/explain/question.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {allow, deny, policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';

const shop = topology({
	'web-1.prod': {labels: {tier: 'web'}, addresses: ['198.18.0.2', 'fd00::2'], services: ['http:80']},
	'web-2.prod': {labels: {tier: 'web'}, addresses: ['198.18.0.3', 'fd00::3'], services: ['http:80']},
	'web.dev': {labels: {tier: 'web'}, addresses: ['198.18.1.2'], services: ['http:8080']},
	'db.prod': {labels: {tier: 'db'}, addresses: ['198.18.0.9', 'fd00::9'], services: ['postgres:5432', 'names:53/udp']},
	internet: {outside: true, addresses: ['203.0.113.1'], labels: {kind: 'world'}},
});
const stack = policies({
	guardrails: [deny('environments do not mix', {differ: ['env']})],
	rules: [
		allow('web reads', {from: {tier: 'web'}, to: {tier: 'db'}, on: ['5432/tcp']}),
		allow('partners', {from: {cidr: '192.0.2.0/25'}, to: {tier: 'web'}, on: ['http']}),
	],
});

/** `flows: verdict by rule: members` of each answer, or the problems. */
function ask(...words: readonly string[]): readonly string[] {
	const question = parseQuestion(words, shop);
	if (question.kind === 'wrong') return question.problems.map(renderProblem);
	const answered = answer({topology: shop, stack}, question.value, 'host');
	if (answered.kind === 'wrong') return answered.problems.map(renderProblem);
	return answered.value.groups.map(({flows, members, explanation: {verdict}}) => {
		const who = members.map(({source, destination, port}) => `${source}>${destination}:${port.port}/${port.protocol}`);
		return `${flows} ${verdict.action} ${verdict.rule.id}: ${who.join(' ')}`;
	});
}

const asked: readonly (readonly [what: string, words: readonly string[], answers: readonly string[]])[] = [
	['three words', ['web.prod', 'db.prod', '5432'], ['4 allow p0.r1: web.prod>db.prod:5432/tcp']],
	['a flow as one word', ['web-1.prod -> db.prod:postgres'], ['2 allow p0.r1: web.prod>db.prod:5432/tcp']],
	[
		'an arrow that a report printed',
		['web-1.prod ▸ db.prod:5432/tcp (IPv6)'],
		['1 allow p0.r1: web.prod>db.prod:5432/tcp'],
	],
	['two words with a port', ['web-1.prod', 'db.prod:53/udp'], ['2 deny p0.default: web.prod>db.prod:53/udp']],
	[
		'no port: each service',
		['web-1.prod', 'db.prod'],
		['2 allow p0.r1: web.prod>db.prod:5432/tcp', '2 deny p0.default: web.prod>db.prod:53/udp'],
	],
	[
		'a base: every environment',
		['web', 'db.prod', '5432'],
		['4 allow p0.r1: web.prod>db.prod:5432/tcp', '1 deny p0.g1: web.dev>db.prod:5432/tcp'],
	],
	['labels', ['tier=web,env!=prod', '{tier: db}', '5432'], ['1 deny p0.g1: web.dev>db.prod:5432/tcp']],
	[
		'replicas to one another, never to themselves',
		['web.prod', 'web.prod', '80'],
		['4 deny p0.default: web.prod>web.prod:80/tcp'],
	],
	['an address that a workload owns', ['198.18.0.2', 'db.prod', '5432'], ['1 allow p0.r1: web.prod>db.prod:5432/tcp']],
	['an address of nobody', ['192.0.2.7', 'web-1.prod', 'http'], ['1 allow p0.r2: 192.0.2.7>web.prod:80/tcp']],
	[
		'an IPv6 address with a port',
		['web-1.prod', '[2001:db8::1]:443'],
		['1 deny p0.default: web.prod>2001:db8::1:443/tcp'],
	],
	[
		'a range, cut where a rule cuts it',
		['192.0.2.0/24', 'web-1.prod', 'http'],
		['1 deny p0.default: 192.0.2.128…>web.prod:80/tcp', '1 allow p0.r2: 192.0.2.0…>web.prod:80/tcp'],
	],
	[
		'a range with workloads in it',
		['198.18.0.0/29', 'db.prod', '5432'],
		['2 allow p0.r1: web.prod>db.prod:5432/tcp', '1 deny p0.default: 198.18.0.0/29>db.prod:5432/tcp'],
	],
	[
		'a service that means another port elsewhere',
		['web-2.prod', 'web-1.prod,web.dev', 'http'],
		['2 deny p0.default: web.prod>web.prod:80/tcp', '1 deny p0.g1: web.prod>web.dev:8080/tcp'],
	],
	['icmp', ['web-1.prod', 'db.prod', 'icmp'], ['2 deny p0.default: web.prod>db.prod:0/icmp']],
];

for (const [what, words, answers] of asked) {
	test(`${what}: ${words.join(' ')}`, t => {
		t.deepEqual(ask(...words), answers);
	});
}

const wrong: readonly (readonly [words: readonly string[], problem: RegExp])[] = [
	[['wbe.prod', 'db.prod', '1'], /^SRC:1:1: there is no workload wbe\.prod \(did you mean web\.prod\?\)$/],
	[['web.prod', 'nothing-like-it', '1'], /^DST:1:1: there is no workload nothing-like-it/],
	[
		['web.prod', 'db.prod', 'postgras'],
		/^PORT:1:1: db\.prod has no service named postgras \(it has postgres, names\)$/,
	],
	[['web.prod', 'db.prod', '70000'], /^PORT:1:1: "70000" is not a port/],
	[['web.prod', 'db.prod', 'tcp'], /a flow has one port, and tcp is all of them/],
	[['web.prod', 'db.prod', '1-9'], /a flow has one port, and 1-9 is several/],
	[['web.dev', 'web.dev', '80'], /no pair of addresses .*\(a workload always reaches itself\)$/],
	[['web.dev', 'fd00::9', '80'], /no pair of addresses .*\(they share no address family\)$/],
	[['tier=wbe', 'db.prod', '1'], /^SRC:1:\d+: no workload has the label tier=wbe \(did you mean web\?\)$/],
	[['tier=web,env=prod,tier=db', 'db.prod', '1'], /is not a list of labels/],
	[['tier=db,env=dev', 'db.prod', '1'], /^SRC:1:1: no workload is "tier=db,env=dev"$/],
	[['{tier: [web', 'db.prod', '1'], /^SRC:1:\d+: not YAML/],
	[['web.prod'], /^FLOW:1:1: "web\.prod" is not a flow/],
	[['web.prod', '8.8.8.8'], /^PORT:1:1: which port of 8\.8\.8\.8\?/],
	[['10.0.0.1/8', 'db.prod', '1'], /^SRC:1:1: .*bits beyond its prefix \(did you mean 10\.0\.0\.0\/8\?\)$/],
];

for (const [words, problem] of wrong) {
	test(`${words.join(' ')} is wrong: ${problem.source}`, t => {
		t.regex(ask(...words)[0] ?? '', problem);
	});
}
