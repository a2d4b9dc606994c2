// Every kind of source, in the order in which help tells them.
import type {Importer} from './importer.ts';
import {kubernetes} from './kubernetes.ts';

export const importers: readonly Importer[] = [kubernetes];
