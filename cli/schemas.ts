// `npm run schemas`: writes schemas/*.schema.json from the code. Not a command of firebreak.
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {inputKinds, renderJsonSchema, schemaFile} from '../core/files/schemas.ts';

const folder = join(import.meta.dirname, '../schemas');
await mkdir(folder, {recursive: true});
for (const one of inputKinds) {
	await writeFile(join(folder, schemaFile(one)), renderJsonSchema(one));
	process.stderr.write(`schemas/${schemaFile(one)}\n`);
}
