// The JSON Schemas of the files a user writes, for editors. They come from the same zod schemas that check the files.
import {type ZodType, z} from 'zod';
import {dependenciesSchema} from './dependencies-schema.ts';
import {policySchema} from './policy-schema.ts';
import {rehearsalSchema} from './rehearsal-schema.ts';
import {scenarioSchema} from './scenario-schema.ts';
import {topologySchema} from './topology-schema.ts';

/** A kind of file that a user writes. */
export interface InputKind {
	/** Its first key; the file of dependencies has none of its own. */
	readonly kind: 'topology' | 'policy' | 'scenario' | 'rehearsal' | 'dependencies';
	/** What its files are called: `*.topology.yaml`. */
	readonly files: string;
	readonly schema: ZodType;
}

/** Every kind of file that is checked by a schema. Add a kind here, and `npm run schemas` writes its JSON Schema. */
export const inputKinds: readonly InputKind[] = [
	{kind: 'topology', files: '*.topology.yaml', schema: topologySchema},
	{kind: 'policy', files: '*.policy.yaml', schema: policySchema},
	{kind: 'scenario', files: '*.scenario.yaml', schema: scenarioSchema},
	{kind: 'rehearsal', files: 'rehearsal.yaml', schema: rehearsalSchema},
	{kind: 'dependencies', files: 'firebreak.dependencies.yaml', schema: dependenciesSchema},
];

/**
 * JSON Schema (draft 7, which editors read best) of a kind of file, as text that ends in a newline. It knows the shape
 * and not what the names mean.
 */
export function renderJsonSchema({kind, files, schema}: InputKind): string {
	const {$schema, ...rest} = z.toJSONSchema(schema, {io: 'input', target: 'draft-7'});
	return `${JSON.stringify({$schema, title: `Firebreak ${kind} (${files})`, ...rest}, null, '\t')}\n`;
}

/** Name of the file in `schemas/`. */
export const schemaFile = ({kind}: InputKind): string => `${kind}.schema.json`;
