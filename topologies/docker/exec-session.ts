// A command in a container that runs, by Docker's own exec: as the container's root, with the container's rights.
import type {Duplex, Writable} from 'node:stream';
import {connectDocker} from './connect.ts';
import {dockerFailure} from './docker-failure.ts';

export interface ExecRequest {
	/** Docker's socket. */
	readonly socket: string;
	readonly container: string;
	readonly words: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
	/** The command has a terminal of its own there: its output is one stream. */
	readonly tty: boolean;
}

export interface ExecSession {
	/** What is written is the command's input; its end is the input's end. */
	readonly stream: Duplex;
	/** Both streams of the command's output, each as it is. Resolves with its end. */
	output(out: Writable, err: Writable): Promise<void>;
	resize(columns: number, rows: number): Promise<void>;
	/** Of this machine; undefined before it runs and after it ended. */
	pid(): Promise<number | undefined>;
	/** Whether the container is there and runs. */
	containerRuns(): Promise<boolean>;
	/** Once the output has ended. 126 and 127: it could not be started. */
	exitCode(): Promise<number>;
}

/** @throws FirebreakError as `connectDocker`, `docker-refused` */
export async function openExec({socket, container, words, environment, tty}: ExecRequest): Promise<ExecSession> {
	const {docker} = await connectDocker(socket);
	try {
		const exec = await docker.getContainer(container).exec({
			Cmd: [...words],
			Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
			AttachStdin: true,
			AttachStdout: true,
			AttachStderr: true,
			Tty: tty,
		});
		const stream = await exec.start({hijack: true, stdin: true, Tty: tty});
		const look = async () => (await exec.inspect()) as {Running: boolean; ExitCode: number | null; Pid: number};
		return {
			stream,
			output(out, err) {
				if (tty) stream.on('data', chunk => out.write(chunk));
				else docker.modem.demuxStream(stream, out, err);
				return new Promise(resolve => {
					stream.once('end', resolve);
					stream.once('close', resolve);
					stream.once('error', () => resolve());
				});
			},
			resize: async (columns, rows) => {
				await exec.resize({w: columns, h: rows}).catch(() => undefined);
			},
			containerRuns: () =>
				docker
					.getContainer(container)
					.inspect()
					.then(
						({State}) => State.Running,
						() => false,
					),
			async pid() {
				const {Running, Pid} = await look();
				return Running && Pid > 0 ? Pid : undefined;
			},
			async exitCode() {
				// The output's end is heard of before the end of the process.
				for (let tries = 0; tries < 50; tries++) {
					const {Running, ExitCode} = await look();
					if (!Running && ExitCode !== null) return ExitCode;
					await new Promise(resolve => setTimeout(resolve, 10));
				}
				return 0;
			},
		};
	} catch (error) {
		throw dockerFailure(error, 'run a command in the container', 'firebreak status says whether the lab is well');
	}
}
