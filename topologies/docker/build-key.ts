import type {Build} from '../../core/model/topology.ts';

/** The same for builds that give the same image. */
export const buildKey = ({context, dockerfile, args, target}: Build): string =>
	JSON.stringify([context, dockerfile, Object.entries(args).sort(), target]);
