/** The one door to ssh2: 50 to 700 ms to load, so at the first conversation and not before. */
export const loadSsh2 = async (): Promise<typeof import('ssh2')> => (await import('ssh2')).default;

/** The command that hands over what whoever is inside a workload can see. */
export const lookCommand = 'firebreak-look';

/** The command of a deploy server, for its order key alone: what it prints is what `firebreak-look` prints. */
export const orderCommand = 'firebreak-order';

/** Reads a file from its input, keeps nothing, and prints its SHA-256 and length. */
export const receiveCommand = 'firebreak-receive';
