// Every kind of source, in the order in which help tells them.
import {compose} from './compose.ts';
import {containerlab} from './containerlab.ts';
import {csv} from './csv.ts';
import type {Importer} from './importer.ts';
import {kubernetes} from './kubernetes.ts';

export const importers: readonly Importer[] = [kubernetes, compose, containerlab, csv];
