// Makes the README's pictures again, from real runs in labs of their own:
//
//   node scripts/pictures.mjs          all of them
//   node scripts/pictures.mjs NAME …   these: console, report, cast
//
// It imports the sources, so it runs under Node 24 (node_modules/.bin/node); report and cast need script(1).
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {argv, chdir, stdout} from 'node:process';
import {takeDown} from '../lab/labs.ts';
import {makeCast} from './pictures/cast.mjs';
import {makeConsole} from './pictures/console.mjs';
import {makeReport} from './pictures/report.mjs';
import {folder} from './prepare.mjs';

const makers = {console: makeConsole, report: makeReport, cast: makeCast};
const own = mkdtempSync(join(tmpdir(), 'firebreak-pictures-'));
process.env.XDG_RUNTIME_DIR = own;
chdir(folder);
mkdirSync('docs', {recursive: true});
try {
	for (const name of argv.length > 2 ? argv.slice(2) : Object.keys(makers))
		for (const path of await makers[name]()) stdout.write(`${path}\n`);
} finally {
	// Where one was not made its lab may be up still.
	await takeDown('shop');
	rmSync(own, {recursive: true});
}
