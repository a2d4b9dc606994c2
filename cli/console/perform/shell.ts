import {fileURLToPath} from 'node:url';
import type {Said} from '../../../tui/console/message.ts';
import type {Doing} from '../live.ts';
import {inTerminal} from './in-terminal.ts';
import {said} from './said.ts';

/** `firebreak shell` in this terminal, and back. */
export async function shell(workload: string, doing: Doing): Promise<Said> {
	const own = import.meta.url;
	const main = fileURLToPath(new URL(`../../main${own.slice(own.lastIndexOf('.'))}`, own));
	const words = [process.execPath, '--no-warnings', main, 'shell', workload, '--lab', doing.lab.name] as const;
	const code = await inTerminal(words, doing, {tied: true});
	return code === 0 ? said(`back from ${workload}`) : said(`the shell in ${workload} ended with ${code}`, 'bad');
}
