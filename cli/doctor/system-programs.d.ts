export interface SystemProgram {
	readonly name: string;
	/** Words that make it say its version, and what it then answers; the first group is the version. */
	readonly asks: readonly string[];
	readonly answers: RegExp;
	/** What a lab uses it for. */
	readonly purpose: string;
}

/** What a lab needs: nft (nftables), ip (iproute2), unshare (util-linux). */
export const systemPrograms: readonly SystemProgram[];

/** Where it lies, outside node_modules, and its version; undefined where no program of that name answers as it should. */
export function tryProgram(program: SystemProgram): {readonly path: string; readonly version: string} | undefined;

/** Those of `systemPrograms` that are not there. */
export function missingPrograms(): readonly SystemProgram[];

/** The one command that installs them here, with `sudo` for an ordinary user; a sentence where no package manager is known. */
export function installCommand(programs: readonly SystemProgram[], user: 'root' | 'ordinary'): string;

/** Installs them, as root, asking nothing; output on stderr. Whether it worked says `missingPrograms`. */
export function installPrograms(programs: readonly SystemProgram[]): void;
