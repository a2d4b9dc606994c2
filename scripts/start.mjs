// `npm start`: install what is missing, then rehearse `shop`. Where the system's programs cannot be had, the same
// rehearsal runs in the model alone, and the exit code still says that the machine could not: nothing was measured.
import {argv, exit, stderr} from 'node:process';
import {prepare} from './prepare.mjs';
import {node, run} from './run.mjs';

const {mend} = prepare();
const words = ['cli/main.ts', 'rehearse', 'shop', ...argv.slice(2)];
if (mend === undefined) {
	const code = await run(node, words);
	if (code === 0 && argv.length === 2)
		stderr.write('\nnext, with a policy of your own: npx firebreak init my-prod; npx firebreak rehearse my-prod\n');
	exit(code);
}

stderr.write('until then, the same rehearsal by the model alone: no packet is sent, nothing is measured\n\n');
await run(node, [...words, '--model-only']);
stderr.write(`\nto measure it: ${mend} && npm start\n`);
exit(3);
