// Records a lab that stays after this command has ended: `firebreak watch --record`, in a session of its own. It ends with
// the lab.
import {type ChildProcess, spawn} from 'node:child_process';
import {resolve} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {FirebreakError} from '../../core/model/failure.ts';
import {withoutInherited} from '../../lab/inherited-descriptors.ts';

const own = import.meta.url;
const program = fileURLToPath(new URL(`../main${own.slice(own.lastIndexOf('.'))}`, own));

/** Resolves when the file is there and everything is heard. @throws FirebreakError `no-recording` */
export async function keepRecording(lab: string, path: string): Promise<void> {
	// Nobody reads what it prints, so it is to print little.
	const words = ['watch', '--lab', lab, '--record', resolve(path), '--only', 'policy'];
	type Stream = 'ignore' | 'pipe' | number;
	// Nothing waits for it: neither a terminal that closes, nor a reader of what this command was given to write.
	const child = withoutInherited<Stream, ChildProcess>(['ignore', 'ignore', 'pipe'], stdio =>
		spawn(process.execPath, ['--no-warnings', program, ...words], {detached: true, stdio}),
	);
	const stderr = child.stderr!;
	const said: string[] = [];
	for await (const line of createInterface({input: stderr})) {
		if (line.startsWith(`watching ${lab}`)) {
			stderr.destroy();
			child.unref();
			return;
		}
		said.push(line);
	}
	throw new FirebreakError(
		'no-recording',
		`${lab} is up, and is not recorded: ${said.join(' ')}`,
		`firebreak watch --lab ${lab} --record FILE records it`,
	);
}
