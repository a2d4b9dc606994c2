import test from 'ava';
import {renderProblem} from '../../../core/model/problem.ts';
import {parseRecording} from '../../../core/recording/parse-recording.ts';
import {recordedRehearsal} from '../../../core/recording/recorded.ts';
import {renderHead} from '../../../core/recording/render-recording.ts';
import {applied, inForce, shop, sources, story} from '../../tui/console/shop-story.ts';

const head = {
	...{version: '0.0.0', lab: 'shop', startedAt: 1, nowMs: 0, rehearsal: shop, inForce: inForce('segmented')},
	...{compromised: [{workload: 'wiki.dev', from: null, technique: null}], sources: Object.fromEntries(sources)},
};
const first = renderHead(head).trimEnd();
const lines = [first, ...story.map(event => JSON.stringify(event))];

const problems = (found: readonly string[]): readonly string[] => {
	const parsed = parseRecording('run.ndjson', found);
	return parsed.kind === 'wrong' ? parsed.problems.map(renderProblem) : ['none'];
};

test('what was written is read again, event by event', t => {
	const parsed = parseRecording('run.ndjson', [...lines, '']);
	t.is(parsed.kind, 'ok');
	if (parsed.kind === 'wrong') return;
	t.deepEqual(parsed.warnings, []);
	t.deepEqual(parsed.value.events, JSON.parse(JSON.stringify(story)));
	t.deepEqual(parsed.value.head.rehearsal, JSON.parse(JSON.stringify(recordedRehearsal(shop))));
	t.is(parsed.value.head.sources['zones.policy.yaml'], sources.get('zones.policy.yaml'));
});

test('a cut last line is said, and what stands before it is read', t => {
	const whole = lines.length;
	for (const cut of [1, 20, lines.at(-1)!.length - 1]) {
		const parsed = parseRecording('run.ndjson', [...lines.slice(0, -1), lines.at(-1)!.slice(0, cut)]);
		t.is(parsed.kind, 'ok');
		if (parsed.kind === 'wrong') return;
		t.is(parsed.value.events.length, whole - 2);
		t.deepEqual(parsed.warnings.map(renderProblem), [
			`run.ndjson:${whole}:1: the last line is cut: the recording ends before it`,
		]);
	}
});

const beginning = 'a recording begins with a line that has the schema firebreak/recording/v1';

for (const [name, found, expected] of [
	['nothing', [], `1:1: this file is empty (${beginning})`],
	['blank lines', ['', ' '], `1:1: this file is empty (${beginning})`],
	['no JSON', ['policy: mine'], `1:1: this is no recording (${beginning})`],
	['other JSON', ['[1]'], `1:1: this is no recording (${beginning})`],
	['null', ['null'], `1:1: this is no recording (${beginning})`],
	['a report', ['{"schema": "firebreak/report/v1"}'], `1:1: this is no recording (${beginning})`],
	['a cut head', [first.slice(0, 500)], `1:1: this is no recording (${beginning})`],
	['an event without its head', [lines[1]!], `1:1: this is no recording (${beginning})`],
	[
		'a later one',
		['{"schema": "firebreak/recording/v2"}'],
		'1:1: this recording is firebreak/recording/v2, and this release reads firebreak/recording/v1 (play it with the release that wrote it, or a later one)',
	],
] as const)
	test(`${name}: ${expected}`, t => {
		t.deepEqual(problems(found), [`run.ndjson:${expected}`]);
	});

test('every line that is wrong is named, each by its number', t => {
	const found = problems([first, lines[1]!, 'nonsense', '{"kind":"note","atMs":1}', '{"atMs":1}', '7', lines[2]!]);
	t.deepEqual(
		found.map(one => one.replace(/:1: (this \S+ \S+ \S+).*/, ': $1')),
		[
			'run.ndjson:3: this line is no',
			'run.ndjson:4: this event (note) is',
			'run.ndjson:5: this line is no',
			'run.ndjson:6: this line is no',
		],
	);
	t.true(problems([first, ...Array.from({length: 500}, () => '7')]).length <= 21);
});

test('events of a kind that a later release tells are left out, and said', t => {
	const parsed = parseRecording('run.ndjson', [
		first,
		'{"kind":"moon","atMs":1}',
		lines[1]!,
		'{"kind":"moon","atMs":2}',
	]);
	t.is(parsed.kind, 'ok');
	if (parsed.kind === 'wrong') return;
	t.is(parsed.value.events.length, 1);
	t.regex(parsed.warnings.map(renderProblem).join(), /^run\.ndjson:2:1: 2 events of a kind .*\(moon\) are left out$/);
});

/** Each value of an object once in place of something else. */
function* spoilt(value: unknown, path: readonly string[] = []): Generator<readonly [string, unknown]> {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		const put = (other: unknown): unknown =>
			Array.isArray(value) ? value.with(Number(key), other) : {...value, [key]: other};
		const wrong = typeof inner === 'object' && inner !== null ? 7 : {};
		yield [[...path, key].join('.'), put(wrong)];
		for (const [where, changed] of spoilt(inner, [...path, key])) yield [where, put(changed)];
	}
}

/** Nobody who draws reads them. */
const unread =
	/micros|arrival$|probes|answers|technique|limits|knows|run$|image|command$|variables|note$|turn|expected|established|denied$|assumptions|applyMs|tactic|goal|weak$|where|objectKind|ticket|user$|prefixes|atMs|fixed/;

test('an event with anything of the wrong kind in it is refused', t => {
	const kinds = new Map(story.map(event => [event.kind, event]));
	kinds.set('packet', {
		...{kind: 'packet', site: 'a', family: 4, protocol: 'tcp', port: 1, atMs: 1},
		log: {direction: 'ingress', decision: 'deny', rule: 'p0.r1', placement: 'host'},
		source: {workload: 'a', address: '10.0.0.1'},
		destination: {workload: null, address: '10.0.0.2'},
	} as never);
	let count = 0;
	for (const event of kinds.values())
		for (const [path, changed] of spoilt({...event, ...(event.kind === 'policy-applied' ? applied('zones', 1) : {})})) {
			// Without its kind it is no event, and of another one it is left out.
			if (unread.test(path) && !path.includes('atMs')) continue;
			count++;
			t.not(problems([first, JSON.stringify(changed)])[0], 'none', `${event.kind}: ${path}`);
		}
	t.true(count > 100, `${count}`);
});
