import test from 'ava';
import fc from 'fast-check';
import {readDocument} from '../../core/files/document.ts';
import {jsonPlaces} from '../../core/kubernetes/json-places.ts';
import {readManifestText} from '../../core/kubernetes/manifest-text.ts';

const paths = (value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] =>
	typeof value !== 'object' || value === null
		? [path]
		: [
				path,
				...Object.entries(value).flatMap(([key, one]) =>
					paths(one, [...path, Array.isArray(value) ? Number(key) : key]),
				),
			];

test('places are those that the YAML reader gives, for any JSON, however it is laid out', t => {
	const key = fc.stringMatching(/^[a-z"\\:,{}[\]]{1,6}$/);
	const {value} = fc.letrec(tie => ({
		value: fc.oneof(
			{depthSize: 'small'},
			key,
			fc.integer(),
			fc.boolean(),
			fc.constant(null),
			fc.array(tie('value'), {maxLength: 3}),
			fc.dictionary(key, tie('value'), {maxKeys: 3}),
		),
	}));
	fc.assert(
		fc.property(fc.dictionary(key, value, {maxKeys: 4}), fc.constantFrom(undefined, 1, 4), (object, indent) => {
			const text = JSON.stringify(object, null, indent);
			const document = readDocument('a', text);
			if (document.kind === 'wrong') throw new Error(document.problems[0]!.what);
			const place = jsonPlaces('a', text);
			for (const path of paths(object))
				for (const part of ['key', 'value'] as const)
					t.deepEqual(place(path, part), document.value.place(path, part), `${text} ${JSON.stringify(path)}`);
			t.deepEqual(place(['not there', 3]), document.value.place(['not there', 3]));
		}),
		{numRuns: 200},
	);
});

test('a dump over the limit of YAML files is read as JSON, with places, in no time', t => {
	const items = Array.from({length: 20_000}, (_, at) => ({
		kind: 'Pod',
		metadata: {name: `p-${at}`, labels: {app: 'x'.repeat(60)}},
	}));
	const text = JSON.stringify({kind: 'List', items}, null, 2);
	t.true(text.length > 2_000_000);
	const started = performance.now();
	const read = readManifestText('a.json', text);
	t.deepEqual(read.kind === 'ok' && read.value.place(['items', 19_999, 'metadata', 'name']), {
		file: 'a.json',
		line: 4 + 19_999 * 9 + 3,
		column: 17,
	});
	t.true(performance.now() - started < 3000);
});

test('other text over the limit is refused, with a way out', t => {
	for (const text of [`{"a": ${'1'.repeat(1_000_001)}`, `a: ${'x'.repeat(1_000_001)}`]) {
		const read = readManifestText('a.yaml', text);
		t.regex(read.kind === 'wrong' ? read.problems[0]!.mend : '', /kubectl get … -o json/);
	}
});
