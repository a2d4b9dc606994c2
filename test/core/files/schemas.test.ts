import {globSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import test from 'ava';
import {readDocument} from '../../../core/files/document.ts';
import {inputKinds, renderJsonSchema, schemaFile} from '../../../core/files/schemas.ts';
import {validate} from '../../../core/files/validate.ts';
import {renderProblem} from '../../../core/model/problem.ts';

const root = join(import.meta.dirname, '../../..');

for (const kind of inputKinds)
	test(`schemas/${schemaFile(kind)} is what the code says (npm run schemas writes it)`, t => {
		t.is(readFileSync(join(root, 'schemas', schemaFile(kind)), 'utf8'), renderJsonSchema(kind));
	});

interface Json {
	readonly [key: string]: unknown;
}

/** Every object under `properties`, with its path. */
function* propertiesOf(value: unknown, path = ''): Generator<readonly [string, Json]> {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, entry] of Object.entries(value)) {
		if (key === 'properties' && !path.endsWith('/properties'))
			for (const [name, property] of Object.entries(entry as Json)) yield [`${path}/${name}`, property as Json];
		yield* propertiesOf(entry, `${path}/${key}`);
	}
}

test('every key of a topology is described to editors', t => {
	const [topology] = inputKinds;
	const all = [...propertiesOf(JSON.parse(renderJsonSchema(topology!)))];
	t.true(all.length > 40);
	const silent = all.filter(
		([path, {description}]) => description === undefined && !/\/jewel\/|\/not$|metadata/.test(path),
	);
	t.deepEqual(
		silent.map(([path]) => path),
		[],
	);
});

test('unknown keys are errors for editors too', t => {
	const {properties} = JSON.parse(renderJsonSchema(inputKinds[0]!));
	t.is(properties.workloads.additionalProperties.additionalProperties, false);
	t.deepEqual(properties.networks.additionalProperties.required, ['cidr']);
	t.is(properties.workloads.additionalProperties.properties.replicas.default, 1);
});

const catalogue = globSync(
	['topologies/catalog/**/*.yaml', 'scenarios/catalog/**/*.yaml', 'rehearsals/catalog/**/*.yaml'],
	{
		cwd: root,
	},
).sort();

/** The kind that the file's first key names. */
const kindOf = (text: string) => inputKinds.find(({kind}) => /^(\w+):/m.exec(text)?.[1] === kind);

for (const file of catalogue) {
	const text = readFileSync(join(root, file), 'utf8');
	const kind = kindOf(text);
	if (kind === undefined) continue;
	test(`${file} fits its schema`, t => {
		const document = readDocument(basename(file), text);
		const valid = document.kind === 'ok' ? validate(document.value, kind.schema) : document;
		t.deepEqual(valid.kind === 'wrong' ? valid.problems.map(renderProblem) : [], []);
	});
}
