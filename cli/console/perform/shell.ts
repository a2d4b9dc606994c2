import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import type {Said} from '../../../tui/console/message.ts';
import type {Doing} from '../live.ts';
import {said} from './said.ts';

/** `firebreak shell` in this terminal, and back. */
export async function shell(workload: string, {app, lab}: Doing): Promise<Said> {
	const own = import.meta.url;
	const main = fileURLToPath(new URL(`../../main${own.slice(own.lastIndexOf('.'))}`, own));
	const words = ['--no-warnings', main, 'shell', workload, '--lab', lab.name];
	const code = await app.screen.lend(
		() =>
			new Promise<number | null>((resolve, reject) => {
				spawn(process.execPath, words, {stdio: 'inherit'}).once('error', reject).once('exit', resolve);
			}),
	);
	return code === 0 || code === null
		? said(`back from ${workload}`)
		: said(`the shell in ${workload} ended with ${code}`, 'bad');
}
