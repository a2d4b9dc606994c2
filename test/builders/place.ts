import type {Place} from '../../core/model/problem.ts';

/** A place in a file that does not exist. */
export const place = (file: string, line: number): Place => ({file, line, column: 1});
