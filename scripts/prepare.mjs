// What a fresh clone lacks, installed where that may be done and named where not: npm packages, then the programs of the
// system. Quiet when nothing is missing. It runs before node_modules exists, under whatever Node the machine has (18
// and up). All it says goes to stderr.
import {dirname} from 'node:path';
import {argv, exit, getuid, platform, stderr} from 'node:process';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {installCommand, installPrograms, missingPrograms} from '../cli/doctor/system-programs.js';
import {installPackages, packagesAreInstalled} from './packages.mjs';

/** The folder of the checkout. */
export const folder = dirname(dirname(fileURLToPath(import.meta.url)));

const say = line => stderr.write(`${line}\n`);

function preparePackages() {
	if (packagesAreInstalled(folder)) return;
	say('installing the npm packages (npm ci), about half a minute');
	installPackages(folder);
}

/** The command that installs what is still missing, or undefined when all is there. */
function preparePrograms() {
	if (platform !== 'linux') return undefined;
	const missing = missingPrograms();
	if (missing.length === 0) return undefined;
	const names = missing.map(({name, purpose}) => `${name} (${purpose})`).join(', ');
	if (getuid() !== 0) {
		const mend = installCommand(missing, 'ordinary');
		say(`missing on this machine: ${names}. Type: ${mend}`);
		return mend;
	}
	say(`missing on this machine: ${names}. Installing: ${installCommand(missing, 'root')}`);
	installPrograms(missing);
	const left = missingPrograms();
	return left.length === 0 ? undefined : installCommand(left, 'root');
}

/**
 * Gives `{mend}`: the command that installs what a lab still needs, or undefined. Ends the process with exit 3 and one
 * line where the npm packages cannot be installed.
 */
export function prepare() {
	try {
		preparePackages();
	} catch (error) {
		say(error.message);
		exit(3);
	}
	return {mend: preparePrograms()};
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
	if (argv[2] === '--packages') preparePackages();
	else prepare();
}
